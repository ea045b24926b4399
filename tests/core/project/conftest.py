"""Small projects to test with."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from core.project.project import Project
from core.project.records import ModelRecord
from core.sample import SampleRef


def refs_in(folder: Path, count: int = 2) -> list[SampleRef]:
    """Parts whose picture files exist and hold a few bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    refs = []
    for index in range(count):
        rgb = folder / f"{index:03}.png"
        rgb.write_bytes(b"picture")
        refs.append(SampleRef("bagel", "train", "good", f"{index:03}", rgb=rgb))
    return refs


def draft(class_name: str = "bagel", method: str = "quick_look") -> ModelRecord:
    """A model as a training hands it over."""
    return ModelRecord(
        id=0,
        class_name=class_name,
        method=method,
        version=0,
        name="Quick look",
        config={"seed": 0},
        seed=0,
        sensors=frozenset({"rgb"}),
        trained_on=2,
        data_hash="a91f",
        seconds=1.0,
        made=datetime(2026, 1, 1),
    )


def write_nothing(folder: Path) -> None:
    """A model without files."""


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    project = Project.create(tmp_path / "line 3 检测", "Line 3")
    yield project
    project.close()
