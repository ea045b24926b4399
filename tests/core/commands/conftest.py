"""A project made by the commands themselves."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from core.commands.entry import main
from core.methods import registry
from tests.core.commands.stopping_detector import METHOD as STOPPING
from tests.core.tasks.plain_detector import METHOD
from tests.core.tasks.small_data import write_data

Lines = Callable[..., list[dict[str, Any]]]


@pytest.fixture(autouse=True)
def more_methods(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two rows more in the registry."""
    monkeypatch.setattr(registry, "METHODS", (*registry.METHODS, METHOD, STOPPING))


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "new parts 新零件"
    write_data(folder)
    return folder


@pytest.fixture
def folder(tmp_path: Path, source: Path) -> Path:
    """An imported project."""
    place = tmp_path / "my project 项目"
    assert main(["import", str(source), "--out", str(place), "--quiet"]) == 0
    return place


@pytest.fixture
def trained(folder: Path) -> Path:
    assert main(["train", str(folder), "--class", "bagel", "--method", "plain", "--quiet"]) == 0
    return folder


@pytest.fixture
def lines(capsys: pytest.CaptureFixture[str]) -> Lines:
    """What was printed since the last look, as JSON objects; all of them, or those of one type."""

    def read(kind: str = "") -> list[dict[str, Any]]:
        found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        return [line for line in found if not kind or line["type"] == kind]

    return read
