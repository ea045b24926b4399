"""Words become exit codes, failures become sentences, and Ctrl+C keeps what was finished."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from core.commands.console import Console
from core.commands.entry import COMMANDS, guarded, main
from core.errors import ExitCode, WeightsMissing
from core.project.project import Project
from tests.core.commands.conftest import Lines


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0

    shown = capsys.readouterr().out
    assert all(name in shown for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([name, "--help"]) == 0
    assert "--json" in capsys.readouterr().out


@pytest.mark.parametrize(
    "words", [["paint"], ["train"], ["train", "x", "--method"], ["demo", "x", "--train", "many"]]
)
def test_words_that_make_no_sense_are_wrong_use(words: list[str]) -> None:
    assert main(words) == ExitCode.WRONG_USE


def test_a_folder_without_project_is_a_data_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", str(tmp_path)]) == ExitCode.DATA
    assert "holds no project" in capsys.readouterr().err


def test_an_unknown_parameter_is_refused_before_any_work(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["train", str(folder), "--class", "bagel", "--method", "plain", "--set", "size=3"]

    assert main(words) == ExitCode.WRONG_USE
    assert "gain, power" in capsys.readouterr().err


def test_failures_in_json_carry_message_remedy_and_code(tmp_path: Path, lines: Lines) -> None:
    main(["evaluate", str(tmp_path), "--json"])

    (error,) = lines("error")
    assert error["exit_code"] == ExitCode.DATA
    assert error["message"]
    assert error["remedy"]


def test_failures_are_said_in_the_wanted_language(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["evaluate", str(tmp_path), "--lang", "zh_CN"])

    assert "没有项目" in capsys.readouterr().err


def test_control_c_keeps_the_finished_samples_and_ends_with_130(folder: Path, tmp_path: Path) -> None:
    main(["train", str(folder), "--class", "bagel", "--method", "stopping", "--quiet"])

    code = main(["inspect", str(folder), "--class", "bagel", "--out", str(tmp_path / "out"), "--quiet"])

    assert code == ExitCode.INTERRUPTED
    rows = (tmp_path / "out" / "scores.csv").read_text(encoding="utf-8").splitlines()
    assert [row.split(",")[0][-3:] for row in rows[1:]] == ["000", "001", "002"]
    project = Project.open(folder)
    model = project.active_model("bagel")
    assert model is not None
    tested = {record.id for record in project.samples("bagel", "test")}
    assert len(tested & project.inspections(model.id).keys()) == 3
    project.close()


@pytest.mark.parametrize(
    ("problem", "code"),
    [
        (MemoryError(), ExitCode.OUT_OF_MEMORY),
        (WeightsMissing("The weights are missing."), ExitCode.WEIGHTS_MISSING),
        (ZeroDivisionError("division by zero"), ExitCode.OTHER),
        (KeyboardInterrupt(), ExitCode.INTERRUPTED),
    ],
)
def test_every_kind_of_failure_has_its_exit_code(problem: BaseException, code: ExitCode) -> None:
    def fail() -> int:
        raise problem

    assert guarded(fail, Console(is_quiet=True)) == code


def test_a_config_file_gives_options_that_the_line_can_replace(
    folder: Path, tmp_path: Path, lines: Lines
) -> None:
    config = tmp_path / "train.json"
    config.write_text(json.dumps({"class": "bagel", "method": "plain", "set": {"gain": 2, "power": 3}}))

    assert main(["train", str(folder), "--config", str(config), "--set", "power=4", "--json"]) == 0

    (model,) = lines("result")
    assert (model["config"]["gain"], model["config"]["power"]) == (2.0, 4)


def test_an_unknown_option_in_a_config_file_is_refused(folder: Path, tmp_path: Path) -> None:
    config = tmp_path / "train.toml"
    config.write_text('klass = "bagel"')

    assert main(["train", str(folder), "--config", str(config)]) == ExitCode.WRONG_USE


def test_a_project_open_elsewhere_is_not_worked_on(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    holder = Project.open(folder)

    code = main(["train", str(folder), "--class", "bagel", "--method", "plain"])

    assert code == ExitCode.OTHER
    assert "open elsewhere" in capsys.readouterr().err
    holder.close()


def test_the_program_without_display_names_the_demo(tmp_path: Path) -> None:
    environment = {"PATH": "/usr/bin:/bin", "INSPECTOR_HOME": str(tmp_path)}
    ended = subprocess.run(
        [sys.executable, "main_app.py"], env=environment, capture_output=True, text=True, check=False
    )

    assert ended.returncode == ExitCode.OTHER
    assert "make demo" in ended.stderr
    assert len(ended.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    "options",
    [{"level": "nonsense"}, {"rate": "abc"}, {"rate": {"of": 1}}, {"seed": [1.5]}, {"quiet": "perhaps"}],
)
def test_a_config_file_is_checked_like_the_command_line(
    options: dict[str, Any], folder: Path, tmp_path: Path
) -> None:
    config = tmp_path / "threshold.json"
    config.write_text(json.dumps({"class": ["bagel"], **options}))

    assert main(["threshold", str(folder), "--config", str(config)]) == ExitCode.WRONG_USE


def test_files_named_in_a_config_file_do_not_take_in_the_project(
    trained: Path, source: Path, tmp_path: Path, lines: Lines
) -> None:
    image = next((source / "bagel" / "test").rglob("rgb/*.png"))
    config = tmp_path / "inspect.json"
    config.write_text(json.dumps({"input": [str(image)], "class": "bagel", "json": True}))

    assert main(["inspect", "--config", str(config), str(trained)]) == ExitCode.DONE
    assert any("sample" in line for line in lines("result"))


@pytest.mark.slow
def test_a_reader_that_goes_away_ends_the_command_without_a_word() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    ended = subprocess.run(
        [sys.executable, "main_app.py", "models", "--json"],
        stdout=writer,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writer)

    assert (ended.returncode, ended.stderr) == (ExitCode.OTHER, b"")


def test_a_device_that_nobody_knows_is_wrong_use(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["train", str(folder), "--class", "bagel", "--method", "plain", "--device", "gpu7"]

    assert main(words) == ExitCode.WRONG_USE
    assert "gpu7" in capsys.readouterr().err


@pytest.mark.parametrize(("name", "code"), [("nosuch", ExitCode.WRONG_USE), ("bagel", ExitCode.DATA)])
def test_an_import_of_nothing_leaves_no_empty_project(
    name: str, code: ExitCode, source: Path, tmp_path: Path
) -> None:
    for image in (source / "bagel").rglob("*.png"):
        image.write_bytes(b"")

    assert main(["import", str(source), "--class", name, "--out", str(tmp_path / "new")]) == code
    assert not (tmp_path / "new").exists()


def test_an_inspection_that_could_judge_nothing_is_a_data_error(trained: Path, source: Path) -> None:
    for image in (source / "bagel" / "test").rglob("rgb/*.png"):
        image.write_bytes(b"")

    assert main(["inspect", str(trained), "--class", "bagel", "--quiet"]) == ExitCode.DATA


def test_one_mask_that_cannot_be_read_does_not_end_an_evaluation(
    trained: Path, source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["evaluate", str(trained), "--class", "bagel"]
    main([*words, "--quiet"])
    mask = next(path for path in (source / "bagel" / "test").rglob("gt/*.png") if "good" not in path.parts)
    mask.write_bytes(b"junk")

    assert main([*words, "--out", str(tmp_path / "figures.json")]) == ExitCode.DONE
    assert str(mask) in capsys.readouterr().err
    figures = json.loads((tmp_path / "figures.json").read_text(encoding="utf-8"))
    assert figures["classes"]["bagel"]["image_auroc"] is not None


def test_a_map_that_was_removed_is_made_again_by_an_evaluation(trained: Path) -> None:
    words = ["evaluate", str(trained), "--class", "bagel", "--quiet"]
    main(words)
    kept = sorted((trained / "maps").rglob("*.npy"))
    kept[-1].unlink()

    assert main(words) == ExitCode.DONE
    assert kept[-1].is_file()
