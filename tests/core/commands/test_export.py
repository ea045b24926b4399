"""From good pictures to a folder that judges pictures by itself."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import onnx
import pytest
import tifffile
import torch
from PIL import Image

from core.backbones.weights import weights_folder
from core.commands.entry import main
from core.datasets.demo.plan import DemoPlan
from core.datasets.demo.write import write_demo
from core.deployed.manifest import Manifest
from core.deployed.runner import Runner
from core.errors import DataError, ExitCode
from core.monitor import Monitor
from core.sample import Sample
from tests.core.methods.reverse_distillation.stand_in import made_up_teacher

PLAN = DemoPlan(classes=("flange",), train=6, validation=0, test=6, size=96)
SMALL = ("teacher=resnet18", "image_size=64", "epochs=2", "batch_size=4")
ALLOWED = {"numpy", "PIL", "tifffile", "onnxruntime"}
"""Whatever else the deployed program would import is not there where it runs."""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Pictures, a project with a trained model, and its export; weights are drawn."""
    place = tmp_path_factory.mktemp("way 路")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("INSPECTOR_HOME", str(place / "home"))
        weights_folder().mkdir(parents=True)
        torch.save(made_up_teacher().state_dict(), weights_folder() / "resnet18_tv.pth")
        write_demo(place / "data", PLAN, Monitor(), layout="mvtec_2d")
        words = [word for value in SMALL for word in ("--set", value)]
        project = str(place / "project")
        assert main(["import", str(place / "data"), "--out", project, "--quiet"]) == 0
        method = ["--class", "flange", "--method", "reverse_distillation", *words]
        assert main(["train", project, *method, "--device", "cpu", "--quiet"]) == 0
        out = str(place / "exports")
        assert main(["export", project, "--class", "all", "--out", out, "--quiet"]) == 0
        yield place


@pytest.fixture
def export(place: Path) -> Path:
    return place / "exports" / "flange"


@pytest.fixture
def pictures(place: Path) -> list[Path]:
    return sorted((place / "data" / "flange" / "test").rglob("*.png"))


@pytest.mark.slow
def test_an_export_tells_its_files_its_line_and_its_parameters(export: Path) -> None:
    told = Manifest.read(export)
    assert set(told.files) | {"manifest.json"} == {file.name for file in export.iterdir()}
    assert told.graphs["inference"].outputs == tuple(
        f"{who}{level}" for who in ("teacher", "student") for level in range(3)
    )
    assert (told.class_name, told.method, told.sensors) == ("flange", "reverse_distillation", ("rgb",))
    assert told.picture is not None
    assert told.picture.side == 64
    assert told.config["epochs"] == 2
    assert told.line is not None
    assert not told.is_prepared


def test_the_graph_has_the_told_opset_and_nothing_that_is_never_used(export: Path) -> None:
    graph = onnx.load(export / "inference.onnx")
    assert [entry.version for entry in graph.opset_import if entry.domain == ""] == [
        Manifest.read(export).opset
    ]
    names = " ".join(entry.name for entry in graph.graph.initializer)
    assert "conv4" not in names
    assert "layer4" not in names


def test_pictures_alone_and_together_get_the_same_answer(export: Path, pictures: list[Path]) -> None:
    runner = Runner.open(export)
    given = [Sample(path.stem, np.asarray(Image.open(path).convert("RGB"))) for path in pictures[:3]]
    together = runner.inspect(given)
    for sample, found in zip(given, together, strict=True):
        alone = runner.inspect([sample])[0].score_map
        np.testing.assert_allclose(alone.pixels, found.score_map.pixels, rtol=0, atol=1e-5)


def test_the_exported_model_says_what_the_program_says(
    place: Path,
    export: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("INSPECTOR_HOME", str(place / "home"))
    project, data = str(place / "project"), place / "data" / "flange" / "test"
    assert main(["inspect", project, "--class", "flange", "--json", "--device", "cpu"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    stayed = {line["sample"]: line for line in lines if line.get("sample")}
    assert main(["infer", str(export), str(data), "--out", str(tmp_path), "--batch", "4", "--json"]) == 0
    left = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    found = [line for line in left if line["type"] == "result"]
    assert len(found) == len(stayed) == PLAN.test
    for line in found:
        file = Path(line["file"])
        known = stayed[f"flange/test/{file.parent.name}/{file.stem}"]
        assert line["score"] == pytest.approx(known["score"], rel=1e-4)
        assert line["verdict"] == known["verdict"]
        results = tmp_path / file.relative_to(data)
        assert tifffile.imread(results / "map.tiff").max() == pytest.approx(line["score"], rel=1e-6)
        assert {entry.name for entry in results.iterdir()} == {
            "map.tiff",
            "ad.png",
            "org.png",
            "beside.png",
        }


def test_the_program_beside_an_export_needs_four_libraries_only(
    export: Path, pictures: list[Path], tmp_path: Path
) -> None:
    blocked = [
        name
        for name in ("torch", "timm", "sklearn", "scipy", "sqlalchemy", "PySide6", "onnx", "platformdirs")
        if name not in ALLOWED
    ]
    site = tmp_path / "site"
    site.mkdir()
    (site / "sitecustomize.py").write_text(f"import sys; sys.modules.update(dict.fromkeys({blocked!r}))")
    copied = shutil.copytree(export, tmp_path / "line 1 产线")
    done = subprocess.run(
        [sys.executable, copied / "inspect.pyz", *pictures, "--out", tmp_path / "out"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(site), "PYTHONSAFEPATH": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    *verdicts, times, saved = done.stdout.splitlines()
    assert len(verdicts) == len(pictures)
    assert times.startswith("preprocess_time(ms): ")
    assert ", inference_time(ms): " in times
    assert saved.startswith("Outputs saved in ")


def test_a_file_that_is_no_picture_is_one_failure_among_others(
    export: Path, pictures: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "broken.png").write_bytes(pictures[0].read_bytes()[:50])
    assert main(["infer", str(export), str(tmp_path / "broken.png"), str(pictures[0]), "--json"]) == 0
    first, second, *_ = [json.loads(line) for line in capsys.readouterr().out.splitlines() if "score" in line]
    assert first["score"] is None
    assert "broken.png" in first["failure"]
    assert second["score"] > 0


def test_nothing_but_broken_pictures_is_a_fault_of_the_data(export: Path, tmp_path: Path) -> None:
    (tmp_path / "broken.png").write_bytes(b"no picture")
    assert main(["infer", str(export), str(tmp_path), "--quiet"]) == ExitCode.DATA


def test_a_folder_without_pictures_is_refused(export: Path, tmp_path: Path) -> None:
    assert main(["infer", str(export), str(tmp_path), "--quiet"]) == ExitCode.DATA


@pytest.mark.parametrize("name", ["inference.onnx", "inspect.pyz"])
def test_a_changed_or_missing_file_is_refused(export: Path, tmp_path: Path, name: str) -> None:
    copied = shutil.copytree(export, tmp_path / "copy")
    with (copied / name).open("ab") as file:
        file.write(b"x")
    with pytest.raises(DataError, match="is not the file that was exported"):
        Runner.open(copied)
    (copied / name).unlink()
    with pytest.raises(DataError, match="is not the file that was exported") as caught:
        Runner.open(copied)
    assert "Copy the whole folder" in caught.value.remedy


@pytest.mark.parametrize("manifest", [None, "", "{}", '{"format": 99}', "[]"])
def test_a_folder_that_is_no_export_is_refused(tmp_path: Path, manifest: str | None) -> None:
    if manifest is not None:
        (tmp_path / "manifest.json").write_text(manifest, encoding="utf-8")
    with pytest.raises(DataError, match="is no exported model"):
        Runner.open(tmp_path)


def test_a_method_without_an_export_is_refused_with_those_that_have_one(
    trained: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["export", str(trained), "--class", "bagel", "--out", str(tmp_path / "out")]
    assert main(words) == ExitCode.WRONG_USE
    said = capsys.readouterr().err
    assert "has no export" in said
    assert "reverse_distillation" in said
    assert not (tmp_path / "out").exists()


def test_an_export_never_takes_the_place_of_something_else(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INSPECTOR_HOME", str(place / "home"))
    (tmp_path / "flange").mkdir()
    (tmp_path / "flange" / "thesis.txt").write_text("x")
    words = ["export", str(place / "project"), "--class", "flange", "--out", str(tmp_path), "--quiet"]
    assert main(words) == ExitCode.WRONG_USE
    assert (tmp_path / "flange" / "thesis.txt").read_text() == "x"


def test_the_extra_names_the_libraries_of_the_export() -> None:
    told = tomllib.loads((Path(__file__).parents[3] / "pyproject.toml").read_text(encoding="utf-8"))
    extra = told["project"]["optional-dependencies"]["export"]
    assert [entry.partition(">")[0] for entry in extra] == ["onnx", "onnxscript", "onnxruntime"]


def test_the_evaluation_tells_the_figures_by_the_published_rules_too(
    place: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INSPECTOR_HOME", str(place / "home"))
    assert main(["evaluate", str(place / "project"), "--device", "cpu"]) == 0
    (line,) = [line for line in capsys.readouterr().out.splitlines() if line.startswith("Class flange, ")]
    assert ", Sample Auroc" in line
    assert ", Pixel Aupro" in line
    assert main(["evaluate", str(place / "project"), "--device", "cpu", "--json"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    (found,) = [line for line in lines if "aupro_rd" in line]
    assert 0 <= found["aupro_rd"] <= 1
