"""The engineer's day in ten steps, by the keyboard alone; the scans on the disk stay as they were."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from core.monitor import Monitor
from core.tasks.make_demo import make_demo
from gui.app import Product
from gui.dialogs.import_wizard import ImportWizard
from gui.dialogs.preprocess_dialog import PreprocessDialog
from gui.dialogs.report_dialog import ReportDialog
from gui.dialogs.train_dialog import TrainDialog
from tests.conftest import WINDOW_LANE
from tests.gui.conftest import TINY
from tests.gui.hand import Hand

pytestmark = [
    pytest.mark.window,
    pytest.mark.qt_log_ignore("This plugin does not support", extend=True),
    pytest.mark.skipif(not WINDOW_LANE, reason="no window gets the keyboard back without a window system"),
]


def fingerprints(folder: Path) -> dict[str, str]:
    """Every file below a folder with the hash of what is in it."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture
def scans(tmp_path: Path) -> Path:
    """New scans of one class on a drive with a Chinese name."""
    make_demo(tmp_path / "made", TINY, Monitor())
    folder = tmp_path / "检测 数据" / "scans"
    shutil.copytree(tmp_path / "made" / "data" / "flange", folder / "法兰")
    shutil.rmtree(tmp_path / "made")
    return folder


def open_yesterdays_project(hand: Hand, folder: Path) -> None:
    """Step 1: one key on the list of recent projects."""
    welcome = hand.product.window.welcome
    hand.product.change(hand.product.settings.with_changes(recent=(str(folder),)))
    hand.wake()
    hand.tab_to(welcome.recent)
    hand.press("Home", "Return")
    hand.qtbot.waitUntil(lambda: hand.product.workspace.session.link is not None)
    hand.wake()


def bring_in(hand: Hand, scans: Path) -> None:
    """Step 2: the wizard says what it recognised; Return goes on."""
    hand.product.door._ask = lambda title: scans
    hand.press("Ctrl+I")
    wizard = hand.dialog
    assert isinstance(wizard, ImportWizard)
    hand.wake(wizard)
    hand.tab_to(wizard.source)
    hand.tab_to(wizard.source.choose)
    hand.press("Space")
    hand.qtbot.waitUntil(lambda: wizard.page == 1 and wizard.on.isEnabled())
    for page in (2, 3):
        hand.tab_to(wizard.on)
        hand.press("Space")
        hand.qtbot.waitUntil(lambda page=page: wizard.page == page)
    hand.qtbot.waitUntil(wizard.on.isEnabled)
    hand.tab_to(wizard.on)
    hand.press("Space")
    work = hand.product.workspace
    hand.qtbot.waitUntil(lambda: "法兰" in work.session.class_names)
    hand.wake()


def check_the_background(hand: Hand) -> None:
    """Step 3: before and after, and take it."""
    hand.press("F7")
    dialog = hand.dialog
    assert isinstance(dialog, PreprocessDialog)
    hand.wake(dialog)
    hand.qtbot.waitUntil(dialog.use.isEnabled)
    hand.tab_to(dialog.use)
    hand.press("Space")
    hand.wake()


def train(hand: Hand) -> None:
    """Step 4: the recommended choice."""
    work = hand.product.workspace
    hand.press("Ctrl+T")
    dialog = hand.dialog
    assert isinstance(dialog, TrainDialog)
    hand.wake(dialog)
    hand.qtbot.waitUntil(dialog.train.isEnabled)
    hand.tab_to(dialog.train)
    hand.press("Space")
    hand.wake()
    hand.qtbot.waitUntil(lambda: work.session.model is not None)
    hand.press("Ctrl+F5")
    shown = work.session.class_records
    hand.qtbot.waitUntil(
        lambda: work.jobs.open_count == 0 and any(work.results.score(r.id) is not None for r in shown),
    )


def look_around(hand: Hand) -> None:
    """Steps 5 and 6: from part to part, the hottest spot in all views."""
    work = hand.product.workspace
    hand.middle()
    first = work.session.sample_id
    hand.press("End", "Home", "Right")
    hand.qtbot.waitUntil(lambda: work.session.sample_id != first or len(work.gallery.order) == 1)
    hand.press("Shift+F", "P", "4", "2", "H", "H", "]", "Escape")


def draw_the_line(hand: Hand) -> None:
    """Step 7: by the next score, by 5 %, by a preset."""
    work = hand.product.workspace
    hand.press("Ctrl+2", "Ctrl+Alt+1")
    before = work.results.threshold
    assert before is not None
    hand.press("Alt+Shift+Up")
    assert work.results.threshold is not None
    assert work.results.threshold > before
    hand.press("Ctrl+Z")
    assert work.results.threshold == pytest.approx(before)
    hand.press("Ctrl+1")


def decide_by_eye(hand: Hand) -> None:
    """Step 8: O and N, a mask painted with the arrow keys, the next one comes by itself."""
    work = hand.product.workspace
    hand.press("Ctrl+3")
    hand.middle()
    first = work.session.sample_id
    hand.press("W", "Return", "Right", "Return", "Escape")
    hand.press("N", "Ctrl+Return")
    hand.qtbot.waitUntil(lambda: work.session.sample_id != first)
    assert first is not None
    assert work.results.is_human(first)
    assert work.project is not None
    assert work.project.review(first) is not None


def compare_with_another(hand: Hand) -> None:
    """Step 9: the same part by both versions, swapped by X."""
    work = hand.product.workspace
    older = work.session.model
    train(hand)
    assert work.session.model != older
    hand.press("Ctrl+4")
    state = work.compare
    hand.qtbot.waitUntil(lambda: state.a is not None and state.b is not None)
    first = (state.a, state.b)
    hand.middle()
    hand.press("X")
    assert (state.a, state.b) == (first[1], first[0])
    mode = state.mode
    hand.press("Shift+X")
    assert state.mode != mode


def export_the_report(hand: Hand) -> Path:
    """Step 10, first half: Ctrl+E, Return."""
    work = hand.product.workspace
    hand.press("Ctrl+1", "Ctrl+E")
    dialog = hand.dialog
    assert isinstance(dialog, ReportDialog)
    path = dialog.path
    hand.wake(dialog)
    hand.press("Return")
    hand.qtbot.waitUntil(lambda: work.jobs.open_count == 0 and path.is_file())
    hand.wake()
    return path


def start_the_shift(hand: Hand, folder: Path) -> None:
    """Step 10, second half: a watched folder is started, and stopped, by F9."""
    live = hand.product.workspace.live
    folder.mkdir()
    hand.product.door._ask = lambda title: folder
    hand.press("Ctrl+5", "F9")
    hand.qtbot.waitUntil(lambda: live.state.choice.folder == str(folder))
    hand.press("F9")
    hand.qtbot.waitUntil(lambda: live.state.phase == "watching")
    hand.press("F9")
    hand.qtbot.waitUntil(lambda: live.state.phase == "stopped")


def choose_class(hand: Hand, name: str) -> None:
    """With the arrow keys in the list of classes."""
    classes = hand.product.window.top_bar.classes
    hand.tab_to(classes)
    for _ in range(classes.count()):
        hand.press("Up")
    while classes.currentData() != name:
        hand.press("Down")
    hand.qtbot.waitUntil(lambda: hand.product.workspace.session.class_name == name)


def test_the_whole_day_goes_by_keyboard_and_the_scans_stay_as_they_were(
    product: Product, qtbot: QtBot, trained_folder: Path, scans: Path, tmp_path: Path
) -> None:
    yesterday = tmp_path / "Line 4"
    shutil.copytree(trained_folder, yesterday)
    before = fingerprints(scans)
    hand = Hand(product, qtbot)
    open_yesterdays_project(hand, yesterday)
    bring_in(hand, scans)
    choose_class(hand, "法兰")
    check_the_background(hand)
    train(hand)
    look_around(hand)
    draw_the_line(hand)
    decide_by_eye(hand)
    compare_with_another(hand)
    report = export_the_report(hand)
    assert "法兰" in report.read_text(encoding="utf-8")
    start_the_shift(hand, tmp_path / "shift")
    assert fingerprints(scans) == before
