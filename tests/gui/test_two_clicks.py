"""From a fresh profile, two clicks show a heatmap; then lines are dragged, verdicts given, jobs stopped."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.inspection import Verdict
from core.paths import home
from core.state.results_state import Mark
from gui.app import Product
from gui.dialogs.stop_work_dialog import StopWorkDialog
from tests.gui.conftest import TINY

pytestmark = [pytest.mark.window, pytest.mark.qt_log_ignore("This plugin does not support", extend=True)]


def begin_demo(product: Product, qtbot: QtBot) -> None:
    qtbot.mouseClick(product.window.welcome.demo, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: product.workspace.session.link is not None)


def test_one_click_shows_a_defective_part_in_colour_and_3d(product: Product, qtbot: QtBot) -> None:
    begin_demo(product, qtbot)
    session = product.workspace.session
    assert session.record is not None
    assert session.record.ref.is_good is False
    assert session.link is not None
    assert session.link.sample.sensors == {"rgb", "xyz"}
    assert product.window.top_bar.inspect_all.text() == "Train and inspect"
    desk = product.window.desk
    assert desk is not None
    assert desk.viewer.rgb_view.isVisible()
    assert desk.viewer.cloud_view.isVisible()


def test_two_clicks_show_a_heatmap_of_the_shown_part_before_the_others(
    product: Product, qtbot: QtBot
) -> None:
    begin_demo(product, qtbot)
    work = product.workspace
    shown = work.session.sample_id
    arrived: list[int] = []
    work.results.changed.connect(lambda: arrived.extend(set(work.results.inspections) - set(arrived)))
    qtbot.mouseClick(product.window.top_bar.inspect_all, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: work.session.link is not None and work.session.link.score_map is not None)
    tested = {record.id for record in work.session.class_records if record.ref.split == "test"}
    assert next(number for number in arrived if number in tested) == shown
    assert work.session.sample_id == shown
    assert work.overlay.threshold is not None
    qtbot.waitUntil(lambda: work.jobs.open_count == 0)
    parts = tuple(record for record in work.session.class_records if record.ref.split == "test")
    assert len(parts) == TINY.test
    assert work.results.count(parts)[Mark.NONE] == 0
    assert product.window.top_bar.inspect_all.text() == "Inspect all"


def test_dragging_the_line_moves_verdicts_counts_and_contour_and_release_keeps_it(
    inspected: Product, qtbot: QtBot
) -> None:
    work, desk = inspected.workspace, inspected.window.desk
    assert desk is not None
    contour = work.overlay.threshold
    desk.curves.histogram.dragged.emit(0.0)
    tested = tuple(record for record in work.session.class_records if record.ref.split == "test")
    assert work.results.count(tested) == {Mark.NG: TINY.test}
    assert desk.header.chip.mark is Mark.NG
    assert desk.curves.grid.counts[1][0] == 0
    assert work.overlay.threshold != contour
    desk.curves.histogram.released.emit(0.0)
    assert work.project is not None
    assert work.session.model is not None
    kept = work.project.threshold(work.session.model.id, "image")
    assert kept is not None
    assert (kept.value, kept.preset) == (0.0, "manual")


def test_a_verdict_by_key_is_kept_and_overrules_the_machine(inspected: Product, qtbot: QtBot) -> None:
    work, desk = inspected.workspace, inspected.window.desk
    assert desk is not None
    assert work.session.sample_id is not None
    assert work.project is not None
    inspected.window.actions_["review.ok"].trigger()
    assert work.results.mark(work.session.sample_id) is Mark.OK
    kept = work.project.review(work.session.sample_id)
    assert kept is not None
    assert kept.verdict is Verdict.OK
    inspected.window.actions_["review.clear"].trigger()
    assert not work.results.is_human(work.session.sample_id)


def test_the_next_sample_follows_the_gallery_and_its_picture_comes_after(
    inspected: Product, qtbot: QtBot
) -> None:
    work = inspected.workspace
    work.jump(to_last=False)
    order = work.gallery.order
    inspected.window.actions_["nav.next"].trigger()
    assert work.session.sample_id == order[1].id
    qtbot.waitUntil(
        lambda: work.session.link is not None and work.session.link.sample.name == order[1].name,
    )


def test_a_cancelled_training_leaves_no_model_and_can_be_continued(product: Product, qtbot: QtBot) -> None:
    begin_demo(product, qtbot)
    work = product.workspace
    product.window.actions_["run.inspect_all"].trigger()
    work.board.cancel_all()
    qtbot.waitUntil(lambda: work.jobs.open_count == 0)
    cancelled = [row for row in work.jobs.rows if row.phase == "cancelled"]
    assert cancelled
    assert work.session.models == ()
    assert any("continue" in row.offers for row in cancelled)


def test_another_class_is_shown_at_its_first_part(inspected: Product, qtbot: QtBot) -> None:
    work = inspected.workspace
    work.choose_class("cap")
    assert work.session.record is not None
    assert work.session.record.ref.class_name == "cap"
    assert inspected.window.top_bar.inspect_all.text() == "Train and inspect"
    assert work.results.threshold is None


def test_a_demo_that_was_saved_is_a_project_of_its_own_and_the_temporary_one_goes(
    product: Product, qtbot: QtBot, tmp_path: Path
) -> None:
    begin_demo(product, qtbot)
    work = product.workspace
    qtbot.waitUntil(lambda: work.jobs.open_count == 0)
    assert work.project is not None
    temporary, count = work.project.folder, len(work.session.records)
    assert work.save_demo(tmp_path / "kept")
    work.close_project()
    assert not temporary.exists()
    work.open_project(tmp_path / "kept")
    assert len(work.session.records) == count
    assert not work.session.is_demo
    assert str(tmp_path / "kept") in product.settings.recent


def test_everything_of_the_demo_lies_in_the_users_home(product: Product, qtbot: QtBot) -> None:
    begin_demo(product, qtbot)
    assert product.workspace.project is not None
    assert product.workspace.project.folder.is_relative_to(home())


def test_asking_for_an_inspection_twice_trains_once(product: Product, qtbot: QtBot) -> None:
    begin_demo(product, qtbot)
    work = product.workspace
    work.inspect_all()
    work.inspect_all()
    assert [row.title for row in work.jobs.rows if row.title.startswith("Train")] == ["Train flange"]


def answer_with(answer: str, asked: list[str]) -> Callable[[], None]:
    def click() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, StopWorkDialog)
        asked.append(dialog.title.text())
        getattr(dialog, answer).click()

    return click


def test_closing_the_window_during_work_asks_and_may_be_taken_back(inspected: Product, qtbot: QtBot) -> None:
    work, asked = inspected.workspace, list[str]()
    work.train("quick_look")
    QTimer.singleShot(0, answer_with("stay", asked))
    inspected.window.close()
    assert asked
    assert inspected.window.isVisible()
    assert work.project is not None
    assert work.has_work
    QTimer.singleShot(0, answer_with("stop", asked))
    inspected.window.close()
    assert not inspected.window.isVisible()
    assert not inspected.window.has_stuck_work


def test_a_project_is_let_go_when_its_work_has_stopped(inspected: Product, qtbot: QtBot) -> None:
    work = inspected.workspace
    assert work.project is not None
    folder = work.project.folder
    work.train("quick_look")
    qtbot.waitUntil(lambda: work.queue.running is not None)
    QTimer.singleShot(0, answer_with("stop", []))
    inspected.window.actions_["file.close"].trigger()
    assert work.project is None
    qtbot.waitUntil(lambda: not work.queue.is_busy)
    work.open_project(folder)
    assert not work.session.is_read_only
    assert work.session.model is not None


def test_opening_the_open_project_again_changes_nothing(inspected: Product) -> None:
    work = inspected.workspace
    assert work.project is not None
    before = work.project
    work.open_project(work.project.folder)
    assert work.project is before
