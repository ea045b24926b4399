"""Words are kept with their part; figures, files and trainings come of a review."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.inspection import Verdict
from gui.app import Product
from gui.dialogs.train_dialog import TrainDialog
from gui.dialogs.truth_dialog import TruthDialog
from gui.panels.review_panel import NOTE_MS
from tests.gui.review.conftest import press, said, shown

pytestmark = [pytest.mark.window, pytest.mark.qt_log_ignore("This plugin does not support", extend=True)]


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
    assert NOTE_MS < 2000
    work, panel = forty.workspace, forty.window.build().review
    number = work.session.sample_id
    assert number is not None
    QTest.keyClicks(panel.note, "look again")
    qtbot.waitUntil(lambda: number in said(forty))
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


def test_the_figures_with_either_truth_stand_side_by_side(forty: Product, qtbot: QtBot) -> None:
    work = forty.workspace
    missed = next(record for record in work.gallery.order if record.ref.is_good is False)
    work.edits.judge([missed.id], Verdict.OK)
    forty.window.actions_["review.figures"].trigger()
    qtbot.waitUntil(lambda: bool(forty.door.open))
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
    qtbot.waitUntil(lambda: work.jobs.open_count == 0)
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
    qtbot.waitUntil(lambda: not work.reader.is_busy)
    dialog.reject()
