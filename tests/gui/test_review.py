"""Forty parts reviewed by keyboard alone, masks painted by hand, everything undoable, nothing lost."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.datasets.demo.plan import DemoPlan
from core.device import Compute
from core.inspection import Verdict
from core.monitor import Monitor
from core.phrase import say
from core.project.project import Project
from core.tasks.inspect_class import inspect_class, unscored
from core.tasks.make_demo import make_demo
from core.tasks.train_class import train_class
from gui.app import Product
from gui.dialogs.train_dialog import TrainDialog
from gui.dialogs.truth_dialog import TruthDialog
from gui.views.plane_view import PlaneView
from tests.gui.conftest import LONG

pytestmark = [pytest.mark.window, pytest.mark.qt_log_ignore("This plugin does not support", extend=True)]
PARTS = 40
ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="session")
def forty_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A judged class with forty test parts, small ones."""
    folder = tmp_path_factory.mktemp("forty") / "Line 5"
    make_demo(folder, DemoPlan(classes=("flange",), train=3, validation=1, test=PARTS, size=96), Monitor())
    project = Project.open(folder)
    compute = Compute("cpu", 1)
    model = train_class(project, "flange", "quick_look", None, compute, Monitor())
    inspect_class(project, model, unscored(project, model), compute, Monitor())
    project.close()
    return folder


@pytest.fixture
def forty(product: Product, qtbot: QtBot, forty_folder: Path, tmp_path: Path) -> Product:
    """The program in the workspace Review, at the first of forty parts, the keyboard at the views."""
    folder = tmp_path / "Line 5"
    shutil.copytree(forty_folder, folder)
    product.change(product.settings.with_changes(operator="Ada"))
    product.workspace.open_project(folder)
    assert product.workspace.project is not None
    product.workspace.project.who = "Ada"
    shown(product, qtbot)
    product.window.actions_["view.workspace_3"].trigger()
    product.window.activateWindow()
    qtbot.waitUntil(product.window.isActiveWindow, timeout=5000)
    product.window.build().viewer.setFocus()
    return product


def shown(product: Product, qtbot: QtBot) -> None:
    """Wait until the chosen part is on the screen."""
    session = product.workspace.session
    qtbot.waitUntil(
        lambda: (
            session.link is not None
            and session.record is not None
            and session.link.sample.name == session.record.name
        ),
        timeout=LONG,
    )


def press(product: Product, *keys: str) -> None:
    """Keys for the views, as the user's hand gives them."""
    viewer = product.window.build().viewer
    for key in keys:
        combination = QKeySequence(key)[0]
        QTest.keyClick(viewer, combination.key(), combination.keyboardModifiers())


def said(product: Product) -> dict[int, tuple[object, ...]]:
    """What the project holds of all reviews, without times."""
    project = product.workspace.project
    assert project is not None
    return {n: (one.verdict, one.defect_type, one.reason, one.note) for n, one in project.reviews().items()}


def masks(product: Product) -> dict[int, bytes]:
    """What the project holds of all masks."""
    project = product.workspace.project
    assert project is not None
    found = {number: project.own_mask(number) for number in project.marked()}
    return {number: mask.tobytes() for number, mask in found.items() if mask is not None}


def hashes(folder: Path) -> dict[Path, str]:
    return {
        path: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def drag(view: PlaneView, *spots: tuple[float, float]) -> None:
    """Draw with the left button of the mouse over pixels of the picture."""
    places = [view.place_of(*spot).toPoint() for spot in spots]
    target = view.viewport()
    QTest.mousePress(target, Qt.MouseButton.LeftButton, pos=places[0])
    for place in places[1:]:
        QTest.mouseMove(target, place)
    QTest.mouseRelease(target, Qt.MouseButton.LeftButton, pos=places[-1])


def test_forty_parts_are_reviewed_by_keyboard_alone_and_all_of_it_is_undone(
    forty: Product, qtbot: QtBot
) -> None:
    work = forty.workspace
    project = work.project
    assert project is not None
    source = hashes(next(source.folder for source in project.sources()))
    state = work.reviewing.state
    assert len(state.queue) == state.left == PARTS
    trail_before = len(project.trail())
    press(forty, "Ctrl+Return")
    shown(forty, qtbot)
    for turn in range(PARTS):
        if not state.left:
            break
        shown(forty, qtbot)
        before = state.left
        if turn % 4 == 0:
            press(forty, "W", "Return", "Down", "Down", "Return", "Escape", "Alt+1", "N")
        elif turn % 4 == 1:
            press(forty, "A", "E", "Return", "Escape", "O")
        elif turn % 4 == 2:
            press(forty, "U")
        else:
            press(forty, "Ctrl+Return")
        assert state.left == before - 1
    assert state.left == 0
    assert len(said(forty)) == PARTS
    assert len(masks(forty)) >= PARTS // 4
    desk = forty.window.build()
    assert desk.review.end.isVisible()
    assert state.summary().done == PARTS
    full = (said(forty), masks(forty))
    steps = project.trail()[trail_before:]
    assert {entry.who for entry in steps} == {"Ada"}
    assert len({entry.subject for entry in steps if entry.what == "review" and entry.after}) == PARTS
    assert {entry.what for entry in steps} == {"review", "mask"}
    count = 0
    while work.edits.history.undo_name:
        press(forty, "Ctrl+Z")
        count += 1
        assert count <= 200
    assert said(forty) == {}
    assert masks(forty) == {}
    assert state.left == PARTS
    for _ in range(count):
        press(forty, "Ctrl+Shift+Z")
    assert (said(forty), masks(forty)) == full
    assert hashes(next(source.folder for source in project.sources())) == source


def test_a_verdict_brings_the_next_part_of_the_queue_by_itself_and_only_in_a_review(
    forty: Product, qtbot: QtBot
) -> None:
    work = forty.workspace
    state = work.reviewing.state
    work.show(state.queue[0].id)
    shown(forty, qtbot)
    press(forty, "O")
    assert work.session.sample_id == state.queue[1].id
    shown(forty, qtbot)
    forty.window.build().review.back.click()
    assert work.session.sample_id == state.queue[0].id
    shown(forty, qtbot)
    state.advances = False
    press(forty, "N")
    assert work.session.sample_id == state.queue[0].id
    state.advances = True
    forty.window.actions_["view.workspace_1"].trigger()
    press(forty, "N")
    assert work.session.sample_id == state.queue[0].id
    assert work.results.reviews == {state.queue[0].id: Verdict.NG}


@pytest.mark.parametrize("name", ["rgb_view", "depth_view", "heat_view"])
def test_the_mouse_paints_in_every_flat_view_and_a_stroke_is_one_step(
    forty: Product, qtbot: QtBot, name: str
) -> None:
    work, desk = forty.workspace, forty.window.build()
    desk.viewer.set_layout("4")
    press(forty, "W")
    view: PlaneView = getattr(desk.viewer, name)
    assert desk.review.mask_tools.buttons["brush"].isChecked()
    drag(view, (40, 30), (40, 50), (50, 60))
    number = work.session.sample_id
    assert number is not None
    assert work.project is not None
    kept = work.project.own_mask(number)
    assert kept is not None
    assert kept[40, 40]
    assert kept[50, 60]
    assert work.overlay.my_mask is not None
    np.testing.assert_array_equal(work.overlay.my_mask, kept)
    assert work.edits.history.undo_name == "Paint the mask"
    press(forty, "E")
    drag(view, (40, 30), (40, 40))
    again = work.project.own_mask(number)
    assert again is not None
    assert not again[40, 34]
    press(forty, "Ctrl+Z", "Ctrl+Z")
    assert work.project.own_mask(number) is None
    assert work.overlay.my_mask is None
    assert not work.edits.history.undo_name


def test_the_mask_is_seen_in_colour_and_in_3d(forty: Product, qtbot: QtBot) -> None:
    work, desk = forty.workspace, forty.window.build()
    work.overlay.visible = False
    qtbot.wait(600)
    scene = desk.viewer.cloud_view.scene_view
    assert scene is not None
    before_flat, before_3d = desk.viewer.rgb_view.grab().toImage(), scene.grab().toImage()
    press(forty, "W", *["."] * 8)
    drag(desk.viewer.rgb_view, (48, 30), (48, 66))
    qtbot.wait(900)
    after_flat, after_3d = desk.viewer.rgb_view.grab().toImage(), scene.grab().toImage()
    assert after_flat != before_flat
    assert after_3d != before_3d
    place = desk.viewer.rgb_view.place_of(48, 48).toPoint()
    was, now = before_flat.pixelColor(place), after_flat.pixelColor(place)
    assert now.green() - now.red() > was.green() - was.red()


def test_an_outline_by_mouse_and_by_keys(forty: Product, qtbot: QtBot) -> None:
    work, desk = forty.workspace, forty.window.build()
    view = desk.viewer.rgb_view
    press(forty, "Shift+W")
    for spot in ((20, 20), (20, 60), (60, 60)):
        drag(view, spot)
    press(forty, "Shift+W")
    mask = work.reviewing.mask
    assert mask.mask is not None
    assert mask.mask[25, 50]
    assert not mask.mask[55, 30]
    assert work.edits.history.undo_name == "Outline the mask"
    desk.spot.jump((70, 70))
    press(forty, "Return", "Right", "Right", "Right", "Return", "Down", "Down", "Down", "Return", "Backspace")
    assert len(mask.corners) == 2
    press(forty, "Escape")
    assert mask.corners == ()
    assert mask.tool == "polygon"
    press(forty, "Escape")
    assert mask.tool is None


def test_accept_fill_and_clear_act_on_the_whole_mask(forty: Product, qtbot: QtBot) -> None:
    work, actions = forty.workspace, forty.window.actions_
    worst = work.gallery.order[0]
    work.show(worst.id)
    shown(forty, qtbot)
    assert not actions["review.clear_mask"].isEnabled()
    press(forty, "A")
    mask = work.reviewing.mask
    assert mask.mask is not None
    link = work.session.link
    assert link is not None
    assert link.score_map is not None
    assert work.overlay.threshold is not None
    expected = np.count_nonzero(link.score_map.pixels > work.overlay.threshold)
    assert mask.mask.sum() == pytest.approx(expected * mask.mask.size / link.score_map.pixels.size, rel=0.15)
    ring = np.zeros_like(mask.mask)
    ring[10:30, 10:30] = True
    ring[15:20, 15:20] = False
    change = mask.change_to(ring)
    assert change is not None
    work.edits.mark(worst.id, ring, change, say("Paint the mask"))
    actions["review.fill_holes"].trigger()
    assert mask.mask is not None
    assert mask.mask[10:30, 10:30].all()
    actions["review.clear_mask"].trigger()
    assert mask.mask is None
    press(forty, "Ctrl+Z")
    assert mask.mask is not None


def test_a_stroke_that_grows_follows_the_heat(forty: Product, qtbot: QtBot) -> None:
    work, desk = forty.workspace, forty.window.build()
    worst = work.gallery.order[0]
    work.show(worst.id)
    shown(forty, qtbot)
    link = work.session.link
    assert link is not None
    spot = link.hottest()
    assert spot is not None
    work.reviewing.mask.size = 1
    desk.review.mask_tools.grows.setChecked(True)
    press(forty, "W")
    desk.spot.jump(link.to_source(spot))
    press(forty, "Return")
    assert work.reviewing.mask.mask is not None
    assert work.reviewing.mask.mask.sum() > 20


def test_words_that_are_being_typed_belong_to_the_part_they_were_typed_for(
    forty: Product, qtbot: QtBot
) -> None:
    work, panel = forty.workspace, forty.window.build().review
    first = work.session.sample_id
    assert first is not None
    QTest.keyClicks(panel.note, "scratch near the rim")
    QTest.keyClicks(panel.kind.edit, "gouge")
    QTest.keyClicks(panel.reason.edit, "reflection")
    forty.window.actions_["review.ng"].trigger()
    assert work.session.sample_id != first
    shown(forty, qtbot)
    assert work.project is not None
    kept = work.project.review(first)
    assert kept is not None
    assert (kept.verdict, kept.defect_type, kept.reason, kept.note) == (
        Verdict.NG, "gouge", "reflection", "scratch near the rim",
    )  # fmt: skip
    assert panel.note.text() == panel.kind.edit.text() == ""
    assert "gouge" in [panel.kind.itemData(at) for at in range(panel.kind.count())]
    while work.edits.history.undo_name:
        work.edits.undo()
    assert said(forty) == {}


def test_a_note_is_on_disk_soon_after_the_typing_pauses(forty: Product, qtbot: QtBot) -> None:
    work, panel = forty.workspace, forty.window.build().review
    number = work.session.sample_id
    assert number is not None
    QTest.keyClicks(panel.note, "look again")
    qtbot.waitUntil(lambda: number in said(forty), timeout=2000)
    assert said(forty)[number][3] == "look again"


def test_a_reason_that_was_chosen_is_kept_in_english_and_shown_in_the_language(
    forty: Product, qtbot: QtBot
) -> None:
    work, panel = forty.workspace, forty.window.build().review
    number = work.session.sample_id
    assert number is not None
    forty.languages.switch("zh_CN")
    at = panel.reason.findData("dust or dirt")
    panel.reason.setCurrentIndex(at)
    panel.reason.activated.emit(at)
    assert said(forty)[number][2] == "dust or dirt"
    assert panel.reason.edit.text() == "灰尘或脏污"


def test_an_empty_queue_says_why_and_offers_one_thing(forty: Product, qtbot: QtBot) -> None:
    work, panel = forty.workspace, forty.window.build().review
    work.results.take({}, {}, None)
    assert panel.empty.isVisible()
    assert panel.empty.action.text() == "Inspect all"
    work.session.models = ()
    assert panel.empty.action.text() == "Train"
    work.read_class()
    work.gallery.text = "type:nothing"
    assert panel.empty.action.text() == "Review all parts"
    work.gallery.text = ""
    assert not panel.empty.isVisible()


def test_the_figures_with_either_truth_stand_side_by_side(forty: Product, qtbot: QtBot) -> None:
    work = forty.workspace
    missed = next(record for record in work.gallery.order if record.ref.is_good is False)
    work.edits.judge([missed.id], Verdict.OK)
    forty.window.actions_["review.figures"].trigger()
    qtbot.waitUntil(lambda: bool(forty.door.open), timeout=LONG)
    dialog = forty.door.open[-1]
    assert isinstance(dialog, TruthDialog)
    cells = [dialog.table.item(0, column) for column in range(3)]
    assert [int(cell.text()) for cell in cells[1:] if cell is not None] == [
        sum(r.ref.is_good is True for r in work.gallery.order),
        sum(r.ref.is_good is True for r in work.gallery.order) + 1,
    ]
    dialog.reject()


def test_the_review_is_exported_into_a_folder(forty: Product, qtbot: QtBot, tmp_path: Path) -> None:
    work = forty.workspace
    number = work.session.sample_id
    assert number is not None
    press(forty, "W", "Return", "Escape", "N")
    forty.door._ask = lambda title: tmp_path / "out"
    forty.window.actions_["review.export"].trigger()
    qtbot.waitUntil(lambda: work.jobs.open_count == 0, timeout=LONG)
    assert (tmp_path / "out" / "trail.csv").is_file()
    assert len(list((tmp_path / "out" / "masks").rglob("*.png"))) == 1


def test_a_training_offers_reviewed_false_alarms_and_takes_them_only_on_request(
    forty: Product, qtbot: QtBot
) -> None:
    work = forty.workspace
    alarms = [r.id for r in work.gallery.order if work.results.machine_mark(r.id).value == "ng"][:2]
    work.edits.judge(alarms, Verdict.OK)
    forty.window.actions_["run.train"].trigger()
    dialog = forty.door.open[-1]
    assert isinstance(dialog, TrainDialog)
    assert dialog.with_reviewed.isVisible()
    assert "2" in dialog.with_reviewed.text()
    assert not dialog.wish.with_reviewed
    dialog.with_reviewed.setChecked(True)
    assert dialog.wish.with_reviewed
    qtbot.waitUntil(lambda: not work.reader.is_busy, timeout=LONG)
    dialog.reject()


def test_arrows_belong_to_a_slider_that_has_the_keyboard_and_letters_to_the_review(
    forty: Product, qtbot: QtBot
) -> None:
    work, panel = forty.workspace, forty.window.build().review
    first, slider = work.session.sample_id, panel.mask_tools.size_slider
    slider.setFocus()
    QTest.keyClick(slider, Qt.Key.Key_Right)
    QTest.keyClick(slider, Qt.Key.Key_End)
    assert work.session.sample_id == first
    assert work.reviewing.mask.size == 200
    QTest.keyClick(slider, Qt.Key.Key_Comma)
    assert work.reviewing.mask.size == 160
    QTest.keyClick(slider, Qt.Key.Key_O)
    assert first is not None
    assert work.results.reviews == {first: Verdict.OK}


def test_a_reader_sees_masks_and_paints_none(forty: Product, qtbot: QtBot) -> None:
    work, actions = forty.workspace, forty.window.actions_
    work.session.is_read_only = True
    assert not actions["review.brush"].isEnabled()
    assert not actions["review.ng"].isEnabled()
    work.reviewing.dab((40, 40))
    assert work.reviewing.mask.mask is None
    work.session.is_read_only = False


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
