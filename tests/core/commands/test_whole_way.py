"""From a folder of pictures to a report, by commands alone."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import numpy as np
import pytest
import tifffile
from PIL import Image

from core.commands.entry import main
from core.errors import ExitCode
from core.project.project import Project
from tests.core.commands.conftest import Lines


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_check_says_what_is_wrong_and_imports_nothing(source: Path, tmp_path: Path, lines: Lines) -> None:
    broken = source / "bagel" / "train" / "good" / "rgb" / "001.png"
    broken.write_bytes(broken.read_bytes()[:200])

    assert main(["import", str(source), "--check-only", "--json"]) == 0

    (found,) = lines("result")
    assert (found["layout"], found["samples"], found["ready"]) == ("mvtec_3d", 16, 15)
    assert found["findings"][0]["kind"] == "unreadable"


def test_training_tells_the_model_and_its_line(folder: Path, lines: Lines) -> None:
    words = ["train", str(folder), "--class", "all", "--method", "plain", "--set", "gain=2.5", "--seed", "3"]
    assert main([*words, "--json"]) == 0

    (model,) = lines("result")
    assert (model["model"], model["config"]["gain"], model["config"]["seed"]) == (
        "Plain difference v1",
        2.5,
        3,
    )
    assert model["threshold"] > 0


def test_progress_and_results_are_lines_of_json(folder: Path, lines: Lines) -> None:
    main(["train", str(folder), "--class", "bagel", "--method", "plain", "--json"])

    found = lines()
    assert {line["type"] for line in found} == {"progress", "result"}
    assert found[0].keys() >= {"done", "total", "text", "stage", "stages"}


def test_an_inspection_leaves_scores_maps_masks_and_overlays(trained: Path, tmp_path: Path) -> None:
    out = tmp_path / "out 结果"

    assert main(["inspect", str(trained), "--class", "bagel", "--out", str(out), "--quiet"]) == 0

    rows = rows_of(out / "scores.csv")
    assert [row["verdict"] for row in rows if row["label"] == "hole"] == ["ng"] * 3
    project = Project.open(trained)
    model = project.active_model("bagel")
    assert model is not None
    for record in project.samples("bagel", "test"):
        kept = project.score_map(project.inspections(model.id)[record.id])
        row = next(row for row in rows if row["sample"] == record.name)
        assert float(row["score"]) == kept.whole
        np.testing.assert_array_equal(tifffile.imread(out / "maps" / f"{record.name}.tiff"), kept.pixels)
    project.close()
    mask = np.asarray(Image.open(out / "masks" / "bagel" / "test" / "hole" / "000.png"))
    assert mask[10, 12] == 255
    assert mask[0, 0] == 0
    assert (out / "overlays" / "bagel" / "test" / "hole" / "000.png").exists()


def test_fail_on_ng_is_told_by_the_exit_code(trained: Path) -> None:
    words = ["inspect", str(trained), "--class", "bagel", "--quiet"]

    assert main(words) == ExitCode.DONE
    assert main([*words, "--fail-on-ng"]) == ExitCode.NG_FOUND


def test_loose_files_are_inspected_without_a_word_in_the_project(
    trained: Path, source: Path, tmp_path: Path
) -> None:
    loose = tmp_path / "belt.png"
    shutil.copy(source / "bagel" / "test" / "hole" / "rgb" / "000.png", loose)
    before = (trained / "project.sqlite").read_bytes()
    words = ["inspect", str(trained), "--class", "bagel", "--input", str(loose), "--quiet"]

    assert main([*words, "--out", str(tmp_path / "out"), "--fail-on-ng"]) == ExitCode.NG_FOUND

    (row,) = rows_of(tmp_path / "out" / "scores.csv")
    assert (row["sample"], row["verdict"]) == ("bagel/test/unknown/belt", "ng")
    assert (trained / "project.sqlite").read_bytes() == before


def test_a_broken_file_is_a_row_and_the_rest_is_inspected(
    trained: Path, source: Path, tmp_path: Path
) -> None:
    (source / "bagel" / "test" / "good" / "rgb" / "001.png").write_bytes(b"cut off")

    assert main(["inspect", str(trained), "--class", "bagel", "--out", str(tmp_path), "--quiet"]) == 0

    rows = rows_of(tmp_path / "scores.csv")
    assert len(rows) == 7
    assert [row["sample"] for row in rows if row["failure"]] == ["bagel/test/good/001"]


def test_the_figures_are_written_with_the_promised_keys(trained: Path, tmp_path: Path) -> None:
    assert main(["evaluate", str(trained), "--out", str(tmp_path / "f.json"), "--quiet"]) == 0

    found = json.loads((tmp_path / "f.json").read_text(encoding="utf-8"))
    keys = {
        "image_auroc",
        "image_ap",
        "image_f1",
        "pixel_auroc",
        "aupro_30",
        "aupro_10",
        "aupro_05",
        "aupro_01",
    }
    assert found["mean"].keys() >= keys
    assert found["classes"]["bagel"].keys() >= keys | {"defects"}
    assert found["mean"]["image_auroc"] == 1.0


def test_the_same_commands_again_give_the_same_figures(trained: Path, tmp_path: Path) -> None:
    for name in ("first.json", "second.json"):
        main(["train", str(trained), "--class", "bagel", "--method", "plain", "--quiet"])
        main(["evaluate", str(trained), "--out", str(tmp_path / name), "--quiet"])

    first, second = (json.loads((tmp_path / name).read_text()) for name in ("first.json", "second.json"))
    assert first["mean"] == second["mean"]
    assert first["classes"]["bagel"]["threshold"] == second["classes"]["bagel"]["threshold"]


def test_a_line_set_by_command_is_in_force(trained: Path, lines: Lines) -> None:
    words = ["threshold", str(trained), "--class", "bagel", "--preset", "manual", "--value", "12.5", "--json"]
    assert main(words) == 0

    (line,) = lines("result")
    assert (line["threshold"], line["preset"], line["level"]) == (12.5, "manual", "image")


def test_models_lists_methods_and_trained_versions(trained: Path, lines: Lines) -> None:
    assert main(["models", str(trained), "--json"]) == 0

    found = lines("result")
    assert {"quick_look", "plain"} <= {line["key"] for line in found if line["kind"] == "method"}
    assert [line["model"] for line in found if line["kind"] == "model"] == ["Plain difference v1"]


def test_preparing_fills_the_cache_and_names_what_fails(folder: Path, source: Path, lines: Lines) -> None:
    (source / "bagel" / "test" / "good" / "rgb" / "001.png").write_bytes(b"cut off")

    assert main(["preprocess", str(folder), "--json"]) == 0

    (found,) = lines("result")
    assert found["ready"] == 15
    assert "001.png" in found["failures"][0]
    assert len(list((folder / "cache").rglob("*.npz"))) == 15


def test_a_parameter_of_preparing_is_kept_for_the_class(folder: Path) -> None:
    assert main(["preprocess", str(folder), "--set", "cluster_points=50", "--quiet"]) == 0

    project = Project.open(folder)
    assert project.preprocess_config("bagel").cluster_points == 50
    project.close()


def test_a_prepared_data_set_is_written_beside_the_source(folder: Path, tmp_path: Path) -> None:
    assert main(["preprocess", str(folder), "--write-layout", str(tmp_path / "set"), "--quiet"]) == 0

    assert (tmp_path / "set" / "bagel" / "train" / "good" / "rgb" / "000.png").exists()


@pytest.mark.parametrize("command", ["doctor", "checkpoints"])
def test_the_machine_and_the_weights_are_listed(command: str, lines: Lines) -> None:
    assert main([command, "--json"]) == 0
    assert lines("result")


def test_nothing_of_the_source_is_changed_by_a_whole_day(trained: Path, source: Path, tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in source.rglob("*") if path.is_file()}

    main(["inspect", str(trained), "--out", str(tmp_path / "out"), "--quiet"])
    main(["report", str(trained), "--out", str(tmp_path / "report.html"), "--quiet"])

    assert {path: path.read_bytes() for path in source.rglob("*") if path.is_file()} == before


def test_what_will_not_fit_is_refused_before_any_part_is_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch, lines: Lines
) -> None:
    monkeypatch.setattr("core.tasks.preflight.free_memory", lambda: 1_000_000)
    words = ["train", str(folder), "--class", "bagel", "--method", "btf", "--set", "variant=hog", "--json"]

    assert main(words) == ExitCode.OUT_OF_MEMORY

    said = lines()
    assert [line["type"] for line in said] == ["preflight", "error"]
    assert said[0]["memories"]["hog"]["rows"] == 6 * 784
