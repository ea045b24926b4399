"""Parts on the line: picture and cloud of one name, freed of their background, and the truth beside them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import tifffile
from PIL import Image

from core.commands.entry import main
from core.datasets.demo.plan import DemoPlan
from core.datasets.demo.write import write_demo
from core.deployed.manifest import Manifest
from core.deployed.parts import file_of, given_parts
from core.deployed.pictures import beside_picture
from core.deployed.program import Wish, judge_parts
from core.deployed.runner import Runner
from core.device import Compute
from core.errors import DataError
from core.monitor import Monitor
from core.project.project import Project
from core.sample import Sample
from core.score_map import ScoreMap
from core.tasks.export_model import export_model
from core.tasks.inspect_class import inspect_class
from core.tasks.method_config import method_config
from core.tasks.train_class import train_class

PLAN = DemoPlan(classes=("flange",), train=3, validation=1, test=3, size=128)
COMPUTE = Compute("cpu", 1)
HEAVY = ("torch", "timm", "sklearn", "scipy", "sqlalchemy", "PySide6", "vtkmodules", "onnx", "platformdirs")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Parts with clouds, a project, and the exports of two methods that need no weights."""
    place = tmp_path_factory.mktemp("line 路")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("INSPECTOR_HOME", str(place / "home"))
        write_demo(place / "data", PLAN, Monitor())
        assert main(["import", str(place / "data"), "--out", str(place / "project"), "--quiet"]) == 0
        project = Project.open(place / "project")
        for method, values in (("quick_look", {}), ("btf", {"variant": "fpfh"})):
            config = method_config(method, values)
            model = train_class(project, "flange", method, config, COMPUTE, Monitor())
            inspect_class(project, model, project.samples("flange", "test"), COMPUTE, Monitor())
            export_model(project, model, place / "exports" / method, COMPUTE, Monitor())
        project.close()
        yield place


def scores_in(place: Path, method: str) -> dict[str, float]:
    project = Project.open(place / "project", read_only=True)
    model = next(each for each in project.models("flange") if each.method == method)
    kept, found = project.inspections(model.id), {}
    for record in project.samples("flange", "test"):
        found[f"{record.ref.label}/{record.ref.id}"] = kept[record.id].score or 0.0
    project.close()
    return found


@pytest.mark.slow
@pytest.mark.parametrize("method", ["quick_look", "btf"])
def test_beside_an_export_neither_torch_nor_scipy_is_needed_for_clouds(
    place: Path, method: str, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "sitecustomize.py").write_text(f"import sys; sys.modules.update(dict.fromkeys({HEAVY!r}))")
    copied = shutil.copytree(place / "exports" / method, tmp_path / "line 1 产线")
    done = subprocess.run(
        [sys.executable, copied / "inspect.pyz", place / "data" / "flange" / "test", "--json",
         "--out", tmp_path / "out"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(site), "PYTHONSAFEPATH": "1"},
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    known = scores_in(place, method)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(lines) == len(known) == PLAN.test
    for line in lines:
        file = Path(line["file"])
        assert line["score"] == pytest.approx(known[f"{file.parents[1].name}/{file.stem}"], rel=1e-4)
    assert len(list((tmp_path / "out").rglob("beside.png"))) == PLAN.test


def test_picture_cloud_and_truth_are_found_by_name(place: Path) -> None:
    parts = given_parts([place / "data" / "flange" / "test"], 1.0, None)
    assert [part.sensors for part in parts] == [frozenset({"rgb", "xyz"})] * PLAN.test
    for part in parts:
        assert part.mask is not None
        assert part.mask.parent == file_of(part).parent.parent / "gt"


def test_the_truth_of_mvtec_ad_and_one_that_is_named_are_found(tmp_path: Path) -> None:
    picture = tmp_path / "bottle" / "test" / "broken" / "000.png"
    mask = tmp_path / "bottle" / "ground_truth" / "broken" / "000_mask.png"
    for path in (picture, mask, tmp_path / "own" / "000.png"):
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.new("L", (9, 9)).save(path)
    assert given_parts([picture], 1.0, None)[0].mask == mask
    assert given_parts([picture], 1.0, tmp_path / "own")[0].mask == tmp_path / "own" / "000.png"
    assert given_parts([picture], 1.0, mask)[0].mask == mask
    with pytest.raises(DataError, match="There is no file"):
        given_parts([picture], 1.0, tmp_path / "nowhere")
    Image.new("L", (9, 9)).save(picture.with_name("001.png"))
    with pytest.raises(DataError, match="one part only"):
        given_parts([picture.parent], 1.0, mask)


def test_a_part_without_its_cloud_is_refused_with_what_to_do(place: Path, tmp_path: Path) -> None:
    picture = next((place / "data" / "flange" / "test").rglob("rgb/*.png"))
    shutil.copy(picture, tmp_path / "alone.png")
    runner = Runner.open(place / "exports" / "btf")
    (outcome,) = judge_parts(runner, given_parts([tmp_path / "alone.png"], 1.0, None))
    assert "lacks a sensor" in outcome.failure
    assert "Name picture and cloud" in outcome.failure


def test_parts_that_are_prepared_already_are_taken_as_they_are(place: Path) -> None:
    runner = Runner.open(place / "exports" / "quick_look")
    parts = given_parts([place / "data" / "flange" / "test"], 1.0, None)
    freed = list(judge_parts(runner, parts, Wish(batch=2)))
    as_is = list(judge_parts(runner, parts, Wish(as_is=True)))
    assert [outcome.failure for outcome in (*freed, *as_is)] == [""] * 2 * PLAN.test
    assert all(outcome.sample is not None and outcome.sample.part is not None for outcome in freed)
    assert all(outcome.sample is not None and outcome.sample.part is None for outcome in as_is)


def test_the_manifest_tells_the_preparation_and_the_sensors(place: Path) -> None:
    told = Manifest.read(place / "exports" / "btf")
    assert told.sensors == ("xyz",)
    assert told.is_prepared
    assert told.preparation["plane_distance_mm"] == 5.0
    assert told.graphs == {}


def test_one_bad_part_of_a_batch_does_not_end_the_others(place: Path, tmp_path: Path) -> None:
    shutil.copytree(place / "data" / "flange" / "test", tmp_path / "test")
    cloud = sorted((tmp_path / "test").rglob("xyz/*.tiff"))[0]
    points = np.full(tifffile.imread(cloud).shape, np.nan, np.float32)
    points[60:63, 60:63] = 0.5
    tifffile.imwrite(cloud, points, photometric="rgb")
    runner = Runner.open(place / "exports" / "quick_look")
    outcomes = list(judge_parts(runner, given_parts([tmp_path / "test"], 1.0, None), Wish(batch=3)))
    assert sum(bool(outcome.failure) for outcome in outcomes) == 1
    assert sum(outcome.judged is not None for outcome in outcomes) == PLAN.test - 1


def test_the_picture_beside_the_truth_leaves_out_what_is_unknown() -> None:
    sample = Sample("part", np.zeros((40, 40, 3), np.uint8), mask=np.ones((40, 40), bool))
    pixels = np.linspace(0, 1, 64, dtype=np.float32).reshape(8, 8)
    widths = []
    for line, mask in ((None, None), (0.5, None), (0.5, sample.mask)):
        shown = beside_picture(Sample("part", sample.rgb, mask=mask), ScoreMap(pixels, 1.0), line)
        widths.append(shown.shape[1])
    assert widths == [2 * 384 + 8, 3 * 384 + 16, 4 * 384 + 24]
    assert (shown[:, -384:] == 255).all()
    below, above = shown[5, 2 * 392 + 5], shown[-5, 2 * 392 + 379]
    assert below.max() == 0
    assert above.min() == 255
