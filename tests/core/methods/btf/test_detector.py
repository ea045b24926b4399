"""BTF: its memory, its variants and its weights."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from core.backbones.weights import weights_folder
from core.backbones.wide_resnet import wide_resnet
from core.errors import DataError, WeightsMissing
from core.methods.btf.config import BtfConfig, Variant
from core.methods.btf.detector import Btf
from core.methods.btf.extractors import build_extractor
from core.monitor import Monitor, Progress
from core.patches import PatchFeatures
from core.sample import Sample
from tests.core.methods.parts import defective, good, unseen, without_cloud, without_picture

PLAIN = BtfConfig(variant="raw")


def grey_patches(sample: Sample) -> PatchFeatures:
    """A stand-in extractor: 28 x 28 patches of the red channel, 8 x 8 pixels each."""
    assert sample.rgb is not None
    red = torch.from_numpy(sample.rgb[..., 0].astype(np.float32)).reshape(28, 8, 28, 8)
    return PatchFeatures(red.permute(0, 2, 1, 3).reshape(784, 64), (28, 28))


@pytest.fixture(scope="module")
def network_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A weights file of the right form with arbitrary values."""
    path = tmp_path_factory.mktemp("weights") / "stand_in.pth"
    torch.manual_seed(0)
    torch.save({"state_dict": wide_resnet().state_dict()}, path)
    return path


def put_in_library(source: Path, key: str = "wide_resnet50_2_racm") -> Path:
    weights_folder().mkdir(parents=True, exist_ok=True)
    place = weights_folder() / f"{key}.pth"
    place.symlink_to(source)
    return place


def test_a_whole_memory_finds_its_own_parts_without_a_defect() -> None:
    detector = Btf(replace(PLAIN, keep_fraction=1.0)).fit([good(0), good(1)], Monitor())
    found = detector.predict(good(1), Monitor())
    assert found.whole == 0
    assert (found.pixels == 0).all()


def test_the_defect_lies_where_the_map_is_highest() -> None:
    detector = Btf(PLAIN, extract=grey_patches).fit([good(seed) for seed in range(3)], Monitor())
    pixels = detector.predict(defective(), Monitor()).pixels
    row, column = np.unravel_index(pixels.argmax(), pixels.shape)
    assert np.hypot(row - 118, column - 108) < 12


@pytest.mark.parametrize("blur", ["float", "8bit"])
def test_the_map_has_the_side_that_was_asked_for(blur: str) -> None:
    config = replace(PLAIN, blur=blur, map_size=56)
    found = Btf(config).fit([good(0)], Monitor()).predict(defective(), Monitor())
    assert found.pixels.shape == (56, 56)
    assert len(np.unique(found.pixels)) <= 256 or blur == "float"


@pytest.mark.parametrize(("variant", "width"), [("raw", 64), ("hog", 8), ("sift", 128), ("fpfh", 33)])
def test_every_shape_variant_gives_a_row_per_patch(variant: Variant, width: int) -> None:
    patches = build_extractor(BtfConfig(variant=variant))(good(0))
    assert patches.values.shape == (784, width)
    assert patches.grid == (28, 28)


@pytest.mark.parametrize("variant", ["rgb", "depth", "rgb+fpfh"])
def test_missing_weights_are_named_before_any_part_is_read(variant: Variant) -> None:
    seen: list[Progress] = []
    with pytest.raises(WeightsMissing, match="not on this machine") as caught:
        Btf(BtfConfig(variant=variant)).fit([good(0)], Monitor(report=seen.append))
    assert "wide_resnet50_racm-8234f177.pth" in caught.value.remedy
    assert str(weights_folder()) in caught.value.remedy
    assert not [step for step in seen if "Reading" in step.text]


def test_the_published_variant_needs_both_sensors_and_one_network() -> None:
    config = BtfConfig()
    assert config.sensors_needed == {"rgb", "xyz"}
    assert config.weights_needed == ("wide_resnet50_2_racm",)


def test_one_sensor_suffices_where_the_variant_uses_one() -> None:
    assert BtfConfig(variant="rgb").sensors_needed == {"rgb"}
    assert PLAIN.sensors_needed == {"xyz"}
    assert PLAIN.weights_needed == ()


def test_a_part_without_the_cloud_is_refused_by_name() -> None:
    with pytest.raises(DataError, match="flat has no point cloud"):
        Btf(PLAIN).fit([without_cloud()], Monitor())


def test_a_part_of_which_nothing_was_seen_is_refused_by_name() -> None:
    with pytest.raises(DataError, match="point cloud of unseen is empty"):
        Btf(PLAIN).fit([good(0)], Monitor()).predict(unseen(), Monitor())


@pytest.mark.slow
@pytest.mark.parametrize(("variant", "width"), [("rgb", 1536), ("depth", 1536), ("rgb+fpfh", 1569)])
def test_network_features_come_from_two_layers(network_file: Path, variant: Variant, width: int) -> None:
    put_in_library(network_file)
    assert build_extractor(BtfConfig(variant=variant))(good(0)).values.shape == (784, width)


@pytest.mark.slow
def test_a_part_without_the_picture_is_refused_by_name(network_file: Path) -> None:
    put_in_library(network_file)
    with pytest.raises(DataError, match="blind has no picture"):
        Btf(BtfConfig(variant="rgb")).fit([without_picture()], Monitor())


@pytest.mark.slow
def test_a_saved_detector_scores_with_its_network_and_refuses_another(
    network_file: Path, tmp_path: Path
) -> None:
    place = put_in_library(network_file)
    detector = Btf(BtfConfig()).fit([good(0)], Monitor())
    before = detector.predict(defective(), Monitor())
    detector.save(tmp_path / "model")
    np.testing.assert_array_equal(
        Btf.load(tmp_path / "model").predict(defective(), Monitor()).pixels, before.pixels
    )
    other = torch.load(place, weights_only=True)
    other["state_dict"]["conv1.weight"] *= 1.1
    place.unlink()
    torch.save(other, place)
    with pytest.raises(WeightsMissing, match="not the file that this model was trained with"):
        Btf.load(tmp_path / "model").predict(defective(), Monitor())
