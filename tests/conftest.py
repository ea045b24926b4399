"""What every test gets: no display unless asked for, a home of its own, and no thread left behind."""

from __future__ import annotations

import gc
import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from PySide6.QtWidgets import QApplication

from gui.garbage import due_generation
from tests.patient_bot import PatientBot

WINDOW_LANE = os.environ.get("INSPECTOR_TEST_LANE") == "window"
if not WINDOW_LANE:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ.pop("DISPLAY", None)
    os.environ.setdefault("VTK_DEFAULT_OPENGL_WINDOW", "vtkEGLRenderWindow")
os.environ.setdefault("OMP_NUM_THREADS", "1")
# A slow machine is not a fault.
hypothesis.settings.register_profile("patient", deadline=None)
hypothesis.settings.load_profile("patient")


def pytest_collection_finish() -> None:
    """Leave what the imports made, half a million objects, out of collections; collect between tests only.

    Workers of a test must not free the Qt objects of an earlier one: see gui/garbage.py.
    """
    gc.collect()
    gc.freeze()
    gc.disable()


def pytest_unconfigure() -> None:
    gc.unfreeze()


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> PatientBot:
    """In place of the one of pytest-qt, which waits five seconds."""
    return PatientBot(request)


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A fresh INSPECTOR_HOME, so that no test touches the user's own."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("INSPECTOR_HOME", str(folder))
    monkeypatch.setenv("INSPECTOR_LANG", "en")
    yield folder
    application = QApplication.instance()
    if isinstance(application, QApplication):
        application.setStyleSheet("")  # it names pictures in that folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(autouse=True)
def no_thread_left_behind() -> Iterator[None]:
    """Fail a test that leaves a thread of ours running."""
    before = set(threading.enumerate())
    yield
    generation = due_generation()
    if generation is not None:
        gc.collect(generation)
    if _threads_since(before):
        gc.collect()
    left = _threads_since(before)
    assert not left, f"threads still running: {left}"


def _threads_since(before: set[threading.Thread]) -> list[str]:
    return [t.name for t in threading.enumerate() if t not in before and t.is_alive() and not t.daemon]
