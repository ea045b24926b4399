"""Dialogs as widgets: what they show, what they give back."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeySequence
from pytestqt.qtbot import QtBot

from core.datasets.finding import Check, Finding
from core.datasets.layout import Recognition
from core.errors import DataError
from core.phrase import say
from core.settings import Settings
from core.tasks.import_folder import Checked
from gui.dialogs.check_dialog import CheckDialog
from gui.dialogs.error_dialog import ErrorDialog
from gui.dialogs.save_demo_dialog import SaveDemoDialog
from gui.dialogs.settings_dialog import SettingsDialog
from gui.dialogs.settings_rows import PAGES, ROWS
from gui.dialogs.stop_work_dialog import StopWorkDialog
from gui.theme import Theme
from tests.core.state.rows import part
from workers.failure import failure_of

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def test_a_failure_is_told_with_its_remedy_and_the_trace_only_when_asked_for(
    qtbot: QtBot, theme: Theme
) -> None:
    failure = failure_of(DataError(say("017.png is cut off."), remedy=say("Copy it again.")))
    dialog = ErrorDialog(theme, failure)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.message.text() == "017.png is cut off."
    assert dialog.remedy.text() == "Copy it again."
    assert not dialog.details.isVisible()
    dialog.fold.setChecked(True)
    assert dialog.details.isVisible()
    qtbot.mouseClick(dialog.copy, Qt.MouseButton.LeftButton)
    assert "Copy it again." in QGuiApplication.clipboard().text()


def test_every_setting_acts_at_once(qtbot: QtBot, theme: Theme) -> None:
    dialog = SettingsDialog(theme, Settings())
    qtbot.addWidget(dialog)
    said: list[Settings] = []
    dialog.changed.connect(said.append)
    qtbot.mouseClick(dialog.themes.segment("dark"), Qt.MouseButton.LeftButton)
    dialog.font_size.setValue(15)
    dialog.motion.setChecked(True)
    dialog.threads.setValue(3)
    assert said[-1] == Settings(theme="dark", font_percent=150, reduced_motion=True, threads=3)
    dialog.show_page("appearance")
    dialog.reset.click()
    assert said[-1] == Settings(threads=3)


def test_a_setting_is_found_by_its_words(qtbot: QtBot, theme: Theme) -> None:
    dialog = SettingsDialog(theme, Settings())
    qtbot.addWidget(dialog)
    dialog.search.setText("prepared")
    assert list(PAGES)[dialog.pages_list.currentRow()] == "storage"
    assert {name for rows in ROWS.values() for name, _ in rows} == set(dialog.controls.widgets)


def test_a_key_that_is_taken_is_refused_by_the_name_of_its_action(qtbot: QtBot, theme: Theme) -> None:
    dialog = SettingsDialog(theme, Settings())
    qtbot.addWidget(dialog)
    said: list[Settings] = []
    dialog.changed.connect(said.append)
    field = dialog.keys.fields["view.heatmap"]
    field.setKeySequence(QKeySequence("K"))
    field.editingFinished.emit()
    assert "Contour" in dialog.keys._trouble.text()
    assert field.keySequence().toString() == "H"
    field.setKeySequence(QKeySequence("J"))
    field.editingFinished.emit()
    assert said[-1].keys == ("view.heatmap=J",)


@pytest.mark.parametrize(("button", "answer"), [("save", "save"), ("leave", "leave"), ("stay", "stay")])
def test_closing_a_demo_has_three_answers(qtbot: QtBot, theme: Theme, button: str, answer: str) -> None:
    dialog = SaveDemoDialog(theme)
    qtbot.addWidget(dialog)
    getattr(dialog, button).click()
    assert dialog.answer == answer


def test_an_import_tells_what_is_ready_and_what_is_wrong(qtbot: QtBot, theme: Theme, tmp_path: Path) -> None:
    refs = (part(1).ref, part(2, "dent").ref)
    finding = Finding(
        kind="unreadable",
        severity="error",
        message=say("{file} is empty (0 bytes).", file="x.png"),
        remedy=say("Put the file back, or skip this sample."),
        sample=refs[0].name,
        choices=("skip",),
    )
    reason = say("The folder fits as one class.")
    found = Recognition(tmp_path, "mvtec_3d", "MVTec 3D-AD", 1.0, reason, (), refs)
    dialog = CheckDialog(theme, Checked(found, Check((finding,), 2)))
    qtbot.addWidget(dialog)
    assert len(dialog.rows) == 1
    assert tmp_path.name in dialog.title.text()


@pytest.mark.parametrize(("button", "may_stop"), [("stop", True), ("stay", False)])
def test_work_is_stopped_only_by_the_users_word(
    qtbot: QtBot, theme: Theme, button: str, may_stop: bool
) -> None:
    dialog = StopWorkDialog(theme)
    qtbot.addWidget(dialog)
    QTimer.singleShot(0, getattr(dialog, button).click)
    assert dialog.ask() is may_stop


def test_ways_out_are_buttons_that_close_the_dialog(qtbot: QtBot, theme: Theme) -> None:
    dialog = ErrorDialog(theme, failure_of(DataError(say("Out of memory."), remedy=say("Use less."))))
    qtbot.addWidget(dialog)
    taken: list[str] = []
    way = dialog.offer("Try again", lambda: taken.append("again"))
    with qtbot.waitSignal(dialog.accepted):
        way.click()
    assert taken == ["again"]
