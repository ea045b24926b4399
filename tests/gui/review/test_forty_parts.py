"""Forty parts are reviewed by keyboard alone, everything undoable."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.inspection import Verdict
from gui.app import Product
from tests.gui.review.conftest import PARTS, masks, press, said, shown

pytestmark = [pytest.mark.window, pytest.mark.qt_log_ignore("This plugin does not support", extend=True)]


def hashes(folder: Path) -> dict[Path, str]:
    return {
        path: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.slow
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
