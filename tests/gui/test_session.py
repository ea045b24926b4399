"""Closing and starting again leads back to the same place; a killed program loses at most two seconds."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from pytestqt.qtbot import QtBot

from core.inspection import Verdict
from core.project.project import Project
from gui.app import Product
from gui.session_keeper import SOON_MS

pytestmark = [pytest.mark.window, pytest.mark.qt_log_ignore("This plugin does not support", extend=True)]
ROOT = Path(__file__).parent.parent.parent


def reopened(product: Product, qtbot: QtBot) -> Product:
    """Close the project and open it again, as another day would."""
    work = product.workspace
    assert work.project is not None
    folder = work.project.folder
    work.close_project()
    qtbot.waitUntil(lambda: not work.reader.is_busy)
    work.open_project(folder)
    qtbot.waitUntil(lambda: work.session.link is not None)
    return product


def test_class_sample_filter_and_sort_come_back(inspected: Product, qtbot: QtBot) -> None:
    work = inspected.workspace
    work.gallery.sort = "name"
    work.gallery.text = "score>-5"
    other = work.gallery.order[2]
    work.show(other.id)
    reopened(inspected, qtbot)
    assert work.session.sample_id == other.id
    assert (work.gallery.sort, work.gallery.text) == ("name", "score>-5")
    desk = inspected.window.desk
    assert desk is not None
    assert desk.gallery.filter.text() == "score>-5"


def test_zoom_camera_layout_and_panels_come_back(inspected: Product, qtbot: QtBot) -> None:
    desk = inspected.window.desk
    assert desk is not None
    desk.viewer.set_layout("4")
    desk.viewer.rgb_view.set_zoom([20, 30, 40, 25])
    shown = desk.viewer.rgb_view.box.viewRect()
    assert desk.viewer.cloud_view.scene_view is not None
    desk.viewer.cloud_view.look("left")
    camera = desk.viewer.pose()["camera"]
    desk.docks.docks["dockLog"].raise_()
    reopened(inspected, qtbot)
    qtbot.waitUntil(lambda: desk.viewer.layout_key == "4")
    again: QRectF = desk.viewer.rgb_view.box.viewRect()
    assert (again.center().x(), again.center().y()) == pytest.approx((shown.center().x(), shown.center().y()))
    assert again.height() == pytest.approx(shown.height(), rel=0.05)
    assert np.allclose(desk.viewer.pose()["camera"], camera)
    qtbot.waitUntil(lambda: not desk.docks.docks["dockLog"].visibleRegion().isEmpty())
    assert sorted(bar.count() for bar in desk.docks.bars()) == sorted(map(len, desk.docks.groups()))


def test_opacity_and_threshold_come_back(inspected: Product, qtbot: QtBot) -> None:
    work = inspected.workspace
    work.overlay.change(opacity=0.35, colour_map="viridis")
    work.lines.drag(2.5)
    work.settle_line()
    contour = work.overlay.threshold
    inspected.display_keeper.settle()
    reopened(inspected, qtbot)
    assert (work.overlay.opacity, work.overlay.colour_map) == (0.35, "viridis")
    assert (work.results.threshold, work.overlay.threshold) == (2.5, contour)


def test_who_does_not_want_it_starts_at_the_first_part(inspected: Product, qtbot: QtBot) -> None:
    work = inspected.workspace
    work.gallery.sort = "name"
    inspected.change(inspected.settings.with_changes(restore_session=False))
    reopened(inspected, qtbot)
    assert work.gallery.sort == "score"


def test_the_place_is_on_disk_soon_after_a_step(inspected: Product, qtbot: QtBot) -> None:
    assert SOON_MS < 2000
    work = inspected.workspace
    project = work.project
    assert project is not None
    work.step(1)
    record = work.session.record
    assert record is not None
    qtbot.waitUntil(lambda: project.value("session").get("sample") == record.name)


def test_a_second_opener_reads_only_and_is_told(inspected: Product, qtbot: QtBot, tmp_path: Path) -> None:
    folder = inspected.workspace.project.folder  # type: ignore[union-attr]
    inspected.workspace.close_project()
    qtbot.waitUntil(lambda: not inspected.workspace.reader.is_busy)
    code = f"import sys; from pathlib import Path; from core.project.project import Project; \
p = Project.open(Path({str(folder)!r})); print('open', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdin is not None
        assert other.stdout.readline().strip() == b"open"
        inspected.workspace.open_project(folder)
        assert inspected.workspace.session.is_read_only
        assert "open elsewhere" in inspected.window.toasts.shown[-1].text.text()
        assert not inspected.window.actions_["review.ok"].isEnabled()
        inspected.workspace.close_project()
        other.stdin.close()


KILLED = """
import sys, time
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from gui.app import Product
from core.inspection import Verdict
app = QApplication([])
product = Product(app)
product.show(Path(sys.argv[1]))
work = product.workspace
def act():
    if work.session.link is None:
        return QTimer.singleShot(50, act)
    for record in work.gallery.order[:3]:
        work.show(record.id)
        work.review(Verdict.NG)
        work.step(1)
    print("judged", flush=True)
QTimer.singleShot(50, act)
app.exec()
"""


def test_a_program_that_is_killed_in_a_review_opens_at_its_last_change_and_says_so(
    inspected: Product, qtbot: QtBot, trained_folder: Path, tmp_path: Path, home: Path
) -> None:
    folder = tmp_path / "killed"
    shutil.copytree(trained_folder, folder)
    environment = {**os.environ, "INSPECTOR_HOME": str(tmp_path / "home"), "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, str(folder)], cwd=ROOT, stdout=subprocess.PIPE, env=environment
    ) as running:
        assert running.stdout is not None
        assert running.stdout.readline().strip() == b"judged"
        time.sleep(0.3)
        running.send_signal(signal.SIGKILL)
    inspected.workspace.open_project(folder)
    project: Project | None = inspected.workspace.project
    assert project is not None
    assert not project.is_read_only
    assert [said.verdict for said in project.reviews().values()] == [Verdict.NG] * 3
    assert "did not end well" in inspected.window.toasts.shown[-1].text.text()
    qtbot.waitUntil(lambda: inspected.workspace.session.link is not None)
