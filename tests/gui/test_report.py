"""A report from the window: its dialog, its job, its way to the file, and the commands that repeat it."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core.commands.entry import main
from core.metrics.thresholds import ThresholdRule
from core.monitor import Monitor
from core.tasks.set_threshold import ThresholdWish, set_threshold
from gui.app import Product
from gui.dialogs.report_dialog import ReportDialog
from gui.workspace import Workspace

pytestmark = [pytest.mark.window, pytest.mark.qt_log_ignore("This plugin does not support", extend=True)]


def dialog_of(product: Product) -> ReportDialog:
    product.window.actions_["file.report"].trigger()
    dialog = product.door.open[-1]
    assert isinstance(dialog, ReportDialog)
    return dialog


def tune_on_test(work: Workspace) -> None:
    assert work.project is not None
    assert work.session.model is not None
    set_threshold(
        work.project, work.session.model, ThresholdWish("image", ThresholdRule("max_f1")), Monitor()
    )


def written(product: Product, qtbot: QtBot, dialog: ReportDialog, path: Path) -> None:
    dialog.target.setText(str(path))
    qtbot.keyClick(dialog.finish, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: product.workspace.jobs.open_count == 0)


def test_ctrl_e_and_enter_give_one_page_and_a_way_to_open_it(inspected: Product, qtbot: QtBot) -> None:
    dialog = dialog_of(inspected)
    assert dialog.objectName() == "dialogReport"
    page = dialog.path
    opened: list[Path] = []
    inspected.door.report.open_file = opened.append
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.is_file())
    qtbot.waitUntil(lambda: inspected.workspace.jobs.open_count == 0)
    assert [path.name for path in page.parent.iterdir()] == [page.name]
    assert 'src="http' not in page.read_text(encoding="utf-8")
    assert inspected.window.toasts.shown[-1].text.text() == str(page)
    row = next(row for row in inspected.workspace.jobs.rows if "Report" in row.title)
    assert "open" in row.offers
    inspected.workspace.board.act(row.number, "open")
    assert opened == [page]


@pytest.mark.slow
def test_the_badge_of_a_line_tuned_on_the_reported_data_reaches_dialog_and_every_form(
    inspected: Product, qtbot: QtBot, tmp_path: Path
) -> None:
    work = inspected.workspace
    assert dialog_of(inspected).warning.isHidden()
    inspected.door.open[-1].reject()
    tune_on_test(work)
    dialog = dialog_of(inspected)
    assert not dialog.warning.isHidden()
    for box in dialog.forms.values():
        box.setChecked(True)
    written(inspected, qtbot, dialog, tmp_path / "out" / "r.html")
    out = tmp_path / "out"
    assert "Optimistic" in (out / "r.html").read_text(encoding="utf-8")
    assert json.loads((out / "r.json").read_text(encoding="utf-8"))["classes"]["flange"]["threshold"][
        "is_optimistic"
    ]
    assert "threshold/is_optimistic,True" in (out / "r_summary.csv").read_text(encoding="utf-8")
    assert (out / "r.pdf").read_bytes().startswith(b"%PDF")
    assert list((out / "r_pictures").glob("*_heat.jpg"))


@pytest.mark.slow
def test_the_commands_of_a_report_from_the_window_give_its_numbers_again(
    inspected: Product, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = inspected.workspace
    tune_on_test(work)
    dialog = dialog_of(inspected)
    dialog.forms["json"].setChecked(True)
    dialog.worst.setValue(3)
    written(inspected, qtbot, dialog, tmp_path / "r.html")
    commands = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))["commands"]
    assert work.project is not None
    folder = work.project.folder
    work.session.is_demo = False
    work.close_project()
    monkeypatch.chdir(folder.parent)
    same = ["--same-as", str(tmp_path / "r.json")]
    codes = [
        main([*shlex.split(line)[1:], *(same if line == commands[-1] else []), "--quiet"])
        for line in commands
    ]
    assert codes == [0] * len(commands)


def test_a_project_with_one_model_says_why_it_cannot_be_reported_whole(inspected: Product) -> None:
    dialog = dialog_of(inspected)
    assert not dialog.whole.isEnabled()
    assert dialog.left_out.isVisible()
    assert "no other class has a model" in dialog.left_out.text()
    assert dialog.whole.toolTip() == dialog.left_out.text()


def test_chosen_parts_alone_are_reported(inspected: Product, qtbot: QtBot, tmp_path: Path) -> None:
    desk = inspected.window.desk
    assert desk is not None
    chosen = tuple(record.id for record in inspected.workspace.gallery.order[:2])
    inspected.workspace.gallery.selected = chosen
    dialog = dialog_of(inspected)
    assert dialog.these.text() == "these 2 samples"
    dialog.these.click()
    dialog.forms["json"].setChecked(True)
    written(inspected, qtbot, dialog, tmp_path / "r.html")
    parts = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))["classes"]["flange"]["parts"]
    assert len(parts) == 2


def test_a_place_that_takes_no_files_is_a_sentence_and_not_a_crash(
    inspected: Product, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    dialog = dialog_of(inspected)
    written(inspected, qtbot, dialog, tmp_path / "file" / "r.html")
    row = next(row for row in inspected.workspace.jobs.rows if "Report" in row.title)
    assert row.phase == "failed"
    assert "could not be written" in row.message
    assert "folder that can be written to" in row.remedy
    assert {"details", "retry"} <= set(row.offers)


def test_a_waiting_report_is_cancelled_from_its_row(inspected: Product, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = dialog_of(inspected)
    dialog.target.setText(str(tmp_path / "r.html"))
    dialog.accept()
    row = next(row for row in inspected.workspace.jobs.rows if "Report" in row.title)
    inspected.workspace.board.act(row.number, "cancel")
    qtbot.waitUntil(lambda: inspected.workspace.jobs.open_count == 0)
    assert not (tmp_path / "r.html").exists()


def test_without_a_form_or_a_place_nothing_can_be_exported(inspected: Product) -> None:
    dialog = dialog_of(inspected)
    dialog.forms["html"].setChecked(False)
    assert not dialog.finish.isEnabled()
    assert dialog.note.text() == "Choose at least one form."
    dialog.forms["pdf"].setChecked(True)
    dialog.target.setText("")
    assert not dialog.finish.isEnabled()
    dialog.reject()


def test_the_defaults_come_from_the_settings(inspected: Product, tmp_path: Path) -> None:
    inspected.change(
        inspected.settings.with_changes(report_forms=("pdf", "json"), report_worst=7, report_language="zh_CN")
    )
    dialog = dialog_of(inspected)
    assert (dialog.wanted_forms.html, dialog.wanted_forms.pdf, dialog.wanted_forms.json) == (
        False,
        True,
        True,
    )
    assert dialog.strangest == 7
    assert dialog.language.currentText() == "简体中文"
    dialog.reject()


def test_the_labels_that_count_are_chosen_and_told_by_the_repeat(
    inspected: Product, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = dialog_of(inspected)
    assert dialog.by.currentText() == "imported truth"
    assert (dialog.by.objectName(), dialog.by.accessibleName()) == ("comboReportLabels", "Figures by")
    dialog.by.setCurrentIndex(2)
    dialog.forms["json"].setChecked(True)
    written(inspected, qtbot, dialog, tmp_path / "r.html")
    data = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    assert data["classes"]["flange"]["labels"] == "both"
    assert data["classes"]["flange"]["reviewed"]["good"] == data["classes"]["flange"]["good"]
    assert "--labels both" in data["commands"][-1]
    assert "Figures by what people said" in (tmp_path / "r.html").read_text(encoding="utf-8")
