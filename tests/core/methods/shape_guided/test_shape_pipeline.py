"""The whole of Shape-Guided, from clouds and pictures to figures, against the reference."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from core.methods.shape_guided.colour import network_features
from core.methods.shape_guided.config import Experts, ShapeGuidedConfig
from core.methods.shape_guided.cut import Patches, seen_points, unit_cloud
from core.methods.shape_guided.expert import ShapeExpert
from core.methods.shape_guided.judge import Judged, Learnt, judge, score_map
from core.methods.shape_guided.learn import alignment_of, alignment_parts, learn
from core.methods.shape_guided.looks import Eyes
from core.methods.shape_guided.patch_files import grid_file, write_grid
from core.metrics.aupro import aupro, pixel_auroc
from core.metrics.auroc import auroc
from core.metrics.pixels import pixel_scores
from core.monitor import Monitor
from core.sample import Sample
from core.score_map import ScoreMap
from core.scoring.align import Alignment
from tests.core.methods.shape_guided.stand_in import colour_network, dome, sdf_network
from tests.golden import fill
from tests.golden_vectors import sizes, vectors

pytestmark = pytest.mark.golden
WHOSE: tuple[Experts, ...] = ("RGB", "SDF", "RGB_SDF")


@dataclass(frozen=True, eq=False)
class Done:
    """What came out of the whole pipeline."""

    config: ShapeGuidedConfig
    learnt: Learnt
    own: list[Judged]
    judged: list[Judged]

    def maps(self, whose: Experts) -> list[ScoreMap]:
        config = replace(self.config, experts=whose)
        return [score_map(one, self.learnt.alignment, config) for one in self.judged]


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Done:
    sized, grid = sizes("shape"), tmp_path_factory.mktemp("grid")
    network = colour_network()
    eyes = Eyes(ShapeExpert(sdf_network()), lambda sample: network_features(sample, network))
    config = ShapeGuidedConfig(
        grid_path=str(grid),
        point_num=sized["point_num"],
        group_mul=sized["group_mul"],
        k_number=sized["memory_k"],
        rgb_neighbours=sized["rgb_k"],
        dict_n_component=sized["atoms"],
    )
    normal = [part(name, grid) for name in sized["pipeline_train"]]
    memories = learn(eyes, normal, replace(config, experts="RGB"), Monitor()).memories
    looks = [eyes.look(sample, config) for sample in normal]
    own = [judge(eyes.expert, memories, look, config, number) for number, look in enumerate(looks)]
    asked = [eyes.look(part(name, grid), config) for name in sized["pipeline_test"]]
    judged = [judge(eyes.expert, memories, look, config) for look in asked]
    return Done(config, Learnt(memories, alignment_of(own, config)), own, judged)


def part(name: str, grid: Path) -> Sample:
    """A golden part, whose patches are given as a file of the published form."""
    sized = sizes("shape")
    height, width = sized["pipeline_h"], sized["pipeline_w"]
    xyz = dome(height, width, f"e2e_{name}", sized["pipeline_keep"])
    bump = sized["pipeline_bump"]
    if name == bump["name"]:
        rows, columns = np.mgrid[:height, :width].astype(np.float64)
        away = (columns - bump["x"]) ** 2 + (rows - bump["y"]) ** 2
        raised = xyz[..., 2] - bump["depth"] * np.exp(-away / bump["spread"])
        xyz[..., 2] = np.where((xyz != 0).all(axis=-1), raised, xyz[..., 2])
    sample = Sample(f"golden/train/good/{name}", fill.image(height, width, f"e2e_{name}", sized["salt"]), xyz)
    write_grid(grid_file(grid, sample.name), given_patches(sample, name))
    return sample


def given_patches(sample: Sample, name: str) -> Patches:
    pixels = expected()[f"patch_index_{name}"].astype(np.int64)
    cloud = seen_points(sample, 224)
    points, _ = unit_cloud(cloud.points)
    return Patches(points[np.searchsorted(cloud.pixels, pixels)], pixels)


def expected() -> dict[str, NDArray[Any]]:
    return vectors("shape_pipeline")


def test_shape_pipeline_memories_hold_the_rows_of_the_reference(done: Done) -> None:
    memories = done.learnt.memories
    assert memories.colours is not None
    assert [len(memories.codes), len(memories.colours)] == expected()["memory_rows"].tolist()
    norms = memories.codes.double().norm(dim=1).numpy()
    np.testing.assert_allclose(norms, expected()["memory_sdf_norm"], rtol=2e-4)


def test_shape_pipeline_alignment_is_that_of_the_reference(done: Done) -> None:
    assert len(alignment_parts(len(done.own), done.config)) == len(done.own)
    np.testing.assert_allclose(
        [one.shape_score for one in done.own], expected()["align_sdf_scores"], rtol=2e-4
    )
    np.testing.assert_allclose(
        [one.colour_score for one in done.own], expected()["align_rgb_scores"], rtol=2e-4
    )
    found: Alignment = done.learnt.alignment
    assert found.weight == pytest.approx(float(expected()["weight"]), rel=2e-4)
    assert found.bias == pytest.approx(float(expected()["bias"]), rel=1e-3)


def test_shape_pipeline_scores_of_the_parts_are_those_of_the_reference(done: Done) -> None:
    for whose, name in (("SDF", "sdf_scores"), ("RGB", "rgb_scores"), ("RGB_SDF", "image_scores")):
        scores = [one.whole for one in done.maps(whose)]  # type: ignore[arg-type]  # one of the three
        np.testing.assert_allclose(scores, expected()[name], rtol=2e-4, err_msg=name)


@pytest.mark.parametrize(("whose", "name"), [("SDF", "sdf"), ("RGB", "rgb"), ("RGB_SDF", "fused")])
def test_shape_pipeline_maps_are_those_of_the_reference(done: Done, whose: Experts, name: str) -> None:
    first, end, step = sizes("shape")["pipeline_crop"]
    for one, wanted in zip(done.maps(whose), expected()[f"{name}_maps"], strict=True):
        found = one.pixels[first:end:step, first:end:step]
        assert np.abs(found - wanted).max() <= wanted.max() / 170


@pytest.mark.parametrize("whose", WHOSE)
def test_shape_pipeline_figures_are_those_of_the_reference(done: Done, whose: Experts) -> None:
    sized, maps = sizes("shape"), done.maps(whose)
    truth = sized["pipeline_truth"]
    masks = [np.zeros(one.pixels.shape, bool) for one in maps]
    bad = sized["pipeline_test"].index(truth["name"])
    masks[bad][slice(*truth["rows"]), slice(*truth["columns"])] = True
    pixels = pixel_scores([one.pixels for one in maps], masks)
    is_bad = [mask.any() for mask in masks]
    assert auroc([one.whole for one in maps], is_bad) == pytest.approx(
        float(expected()[f"{whose}_image_auroc"]), abs=0.01
    )
    assert pixel_auroc(pixels) == pytest.approx(float(expected()[f"{whose}_pixel_auroc"]), abs=0.01)
    found = aupro(pixels, sized["pro_limits"])
    np.testing.assert_allclose(found, expected()[f"{whose}_aupro"], atol=0.01)
