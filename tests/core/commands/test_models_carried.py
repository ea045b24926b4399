"""A model goes to another machine and comes back, typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.commands.entry import main
from core.datasets.demo.plan import DemoPlan
from core.errors import ExitCode
from core.monitor import Monitor
from core.tasks.make_demo import make_demo
from tests.core.commands.conftest import Lines

PLAN = DemoPlan(classes=("flange",), train=3, validation=1, test=1, size=96)


@pytest.fixture
def trained(tmp_path: Path) -> Path:
    make_demo(tmp_path / "demo", PLAN, Monitor())
    words = ["train", str(tmp_path / "demo"), "--class", "flange", "--method", "quick_look", "--quiet"]
    assert main(words) == 0
    return tmp_path / "demo"


def test_the_active_model_becomes_a_file_and_a_file_a_version(
    trained: Path, tmp_path: Path, lines: Lines
) -> None:
    file = tmp_path / "flange.inspector-model"
    assert main(["models", str(trained), "--class", "flange", "--save", str(file), "--json"]) == 0
    assert file.is_file()
    lines()
    assert main(["models", str(trained), "--take-in", str(file), "--json"]) == 0
    (found,) = lines("result")
    assert found["missing_weights"] == []
    assert main(["models", str(trained), "--class", "flange", "--save", str(file)]) == ExitCode.WRONG_USE


def test_a_damaged_file_is_a_fault_of_the_data(trained: Path, tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"x")
    assert main(["models", str(trained), "--take-in", str(tmp_path / "x")]) == ExitCode.DATA
    assert main(["models", "--take-in", str(tmp_path / "x")]) == ExitCode.WRONG_USE
