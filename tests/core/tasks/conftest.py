"""A project of small pictures and a method to train on them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.device import Compute
from core.methods import registry
from core.monitor import Monitor
from core.project.project import Project
from core.project.records import ModelRecord
from core.tasks.import_folder import ImportWish, check_folder, import_folder
from core.tasks.train_class import train_class
from tests.core.tasks.plain_detector import METHOD
from tests.core.tasks.small_data import write_data

COMPUTE = Compute("cpu", 1)


@pytest.fixture(autouse=True)
def plain_method(monkeypatch: pytest.MonkeyPatch) -> None:
    """A row more in the registry."""
    monkeypatch.setattr(registry, "METHODS", (*registry.METHODS, METHOD))


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Where the data lie: a path with spaces and Chinese letters."""
    folder = tmp_path / "new parts 新零件"
    write_data(folder)
    return folder


@pytest.fixture
def project(tmp_path: Path, source: Path) -> Iterator[Project]:
    project = Project.create(tmp_path / "my project 项目")
    import_folder(project, check_folder(ImportWish(source), Monitor()))
    yield project
    project.close()


@pytest.fixture
def model(project: Project) -> ModelRecord:
    return train_class(project, "bagel", "plain", None, COMPUTE, Monitor())
