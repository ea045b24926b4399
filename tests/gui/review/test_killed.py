"""A process that is killed in the middle of a review loses next to nothing of it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from core.project.project import Project

pytestmark = [pytest.mark.window, pytest.mark.qt_log_ignore("This plugin does not support", extend=True)]
ROOT = Path(__file__).parents[3]
KILLED = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from core.settings import load_settings, save_settings
from gui.app import Product

application = QApplication(sys.argv[:1])
save_settings(load_settings().settings.with_changes(show_tips=False))
product = Product(application)
product.show()
work = product.workspace
work.open_project(Path(sys.argv[1]))

def review():
    if work.session.link is None or work.session.link.sample.name != work.session.record.name:
        return
    if work.reviewing.mask.is_painting:
        step = product.step = getattr(product, "step", 0) + 1
        work.reviewing.mask.draw((10 + step % 70, 10 + (step * 3) % 70))
        print("stroke", step, flush=True)
        return
    left = work.reviewing.state.left
    if left > 30:
        product.window.actions_["review.ng"].trigger()
        print("judged", 40 - work.reviewing.state.left, flush=True)
    else:
        work.reviewing.mask.tool = "brush"
        work.reviewing.begin_stroke((10, 10))
        print("painting", work.session.sample_id, flush=True)

def begin():
    product.window.actions_["view.workspace_3"].trigger()
    timer.start()

timer = QTimer(interval=30)
timer.timeout.connect(review)
QTimer.singleShot(1500, begin)
application.exec()
"""


@pytest.mark.slow
def test_a_killed_process_loses_at_most_two_seconds_of_a_review(forty_folder: Path, tmp_path: Path) -> None:
    folder = tmp_path / "Line 5"
    shutil.copytree(forty_folder, folder)
    environment = {**os.environ, "INSPECTOR_HOME": str(tmp_path / "home"), "INSPECTOR_LANG": "en"}
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, str(folder)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        judged, number, painted_since = 0, 0, 0.0
        for text in process.stdout:
            what, value = text.split()
            if what == "judged":
                judged = int(value)
            elif what == "painting":
                number, painted_since = int(value), time.monotonic()
            if painted_since and time.monotonic() - painted_since > 3.0:
                break
        process.send_signal(signal.SIGKILL)
    again = Project.open(folder)
    assert "did not end well" in again.notice
    assert len(again.reviews()) == judged == 10
    mask = again.own_mask(number)
    assert mask is not None
    assert mask.sum() > 200
    again.close()
