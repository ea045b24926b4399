"""The workspace Compare in the whole window: two models on one part, and where they differ."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.device import Compute
from core.monitor import Monitor
from core.project.project import Project
from core.state.results_state import Mark
from core.tasks.inspect_class import inspect_class, unscored
from core.tasks.method_config import method_config
from core.tasks.sides import Side
from core.tasks.train_class import train_class
from gui.app import Product
from gui.dialogs.train_dialog import TrainDialog
from gui.panels.compare_page import ComparePage
from tests.gui.conftest import LONG

pytestmark = [pytest.mark.window, pytest.mark.qt_log_ignore("This plugin does not support", extend=True)]


@pytest.fixture(scope="session")
def compared_folder(trained_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Class flange has two judged versions, and a third of the cloud alone that has judged nothing."""
    folder = tmp_path_factory.mktemp("compared") / "Line 4"
    shutil.copytree(trained_folder, folder)
    project, compute = Project.open(folder), Compute("cpu", 1)
    first = project.models("flange")[0]
    config = method_config("quick_look", {"bank_rows": 60, "coarse_shape_mm": "9,12"})
    second = train_class(project, "flange", "quick_look", config, compute, Monitor())
    inspect_class(project, second, unscored(project, second), compute, Monitor())
    train_class(project, "flange", "btf", method_config("btf", {"variant": "raw"}), compute, Monitor())
    project.set_active(first.id)
    project.close()
    return folder


@pytest.fixture
def product_at(product: Product, qtbot: QtBot, compared_folder: Path, tmp_path: Path) -> Product:
    """The program in Compare, both judged versions of flange side by side."""
    folder = tmp_path / "Line 4"
    shutil.copytree(compared_folder, folder)
    work = product.workspace
    work.open_project(folder)
    qtbot.waitUntil(lambda: work.session.link is not None, timeout=LONG)
    product.window.actions_["view.workspace_4"].trigger()
    work.compare.choose(a=side_of(product, 1), b=side_of(product, 2))
    qtbot.waitUntil(lambda: work.compare.part is not None, timeout=LONG)
    return product


@pytest.fixture
def page(product_at: Product) -> ComparePage:
    page = product_at.compare.page
    assert page is not None
    assert page.body is not None
    return page


def side_of(product: Product, version: int, removed: frozenset[str] = frozenset()) -> Side:
    sides = product.workspace.compare.sides
    models = {model.id: model for model in product.workspace.session.models}
    return next(
        side
        for side in sides
        if side.removed == removed
        and models[side.model_id].version == version
        and (models[side.model_id].method == "btf") == bool(removed)
    )


def wait_for_part(product: Product, qtbot: QtBot) -> None:
    work = product.workspace
    qtbot.waitUntil(
        lambda: work.compare.part is not None and work.compare.part.sample_id == work.session.sample_id,
        timeout=LONG,
    )


def body_of(page: ComparePage):  # type: ignore[no-untyped-def]
    assert page.body is not None
    return page.body


def test_layout_5_and_ctrl_4_lead_to_the_same_page_and_layout_2_back_to_the_views(
    inspected: Product, qtbot: QtBot
) -> None:
    window, page = inspected.window, inspected.compare.page
    assert page is not None
    assert window.top_bar.workspaces.segment("compare").isEnabled()
    for action_id in ("view.workspace_4", "view.layout_5"):
        window.actions_[action_id].trigger()
        assert page.isVisible()
        window.actions_["view.layout_2"].trigger()
        assert not page.isVisible()
        assert window.desk is not None
        assert window.desk.viewer.isVisible()


def test_one_model_is_not_enough_and_the_one_button_trains_another(inspected: Product, qtbot: QtBot) -> None:
    inspected.window.actions_["view.workspace_4"].trigger()
    page = inspected.compare.page
    assert page is not None
    assert page.is_empty
    assert page.body is None, "no view is built for nothing"
    page.empty.action.click()
    assert isinstance(inspected.door.open[-1], TrainDialog)
    inspected.door.open[-1].reject()
    assert inspected.window.actions_.reason("compare.swap") == "Needs two models"


def test_both_models_are_seen_with_their_verdicts_by_their_own_lines(
    product_at: Product, page: ComparePage
) -> None:
    work, body = product_at.workspace, body_of(page)
    state, number = work.compare, work.session.sample_id
    assert number is not None
    for letter, data in (("A", state.data_a), ("B", state.data_b)):
        head = body.heads[letter]
        assert head.chip.mark is state.mark(data, number)
        assert data is not None
        assert data.line is not None
        assert head.ratio.text() == f"{data.inspections[number].score / data.line:.2f} × T"
    assert state.part is not None
    assert body.stage.a.link is not None
    assert body.stage.a.link.score_map is not None
    assert state.data_a is not None
    assert state.part.a.score_map is not None
    np.testing.assert_allclose(
        body.stage.a.link.score_map.pixels, state.part.a.score_map.pixels / state.data_a.pixel_line
    )
    assert body.stage.a.overlay.threshold == 1.0


def test_a_real_turn_of_one_cloud_turns_the_other_and_the_wheel_zooms_both_pictures(
    product_at: Product, page: ComparePage, qtbot: QtBot
) -> None:
    stage = body_of(page).stage
    for leader, follower in ((stage.a, stage.b), (stage.b, stage.a)):
        scene, other = leader.cloud.scene_view, follower.cloud.scene_view
        assert scene is not None
        assert other is not None
        before = other.renderer.GetActiveCamera().GetPosition()
        turn(scene, 60)
        assert other.renderer.GetActiveCamera().GetPosition() != before
        assert other.renderer.GetActiveCamera().GetPosition() == pytest.approx(
            scene.renderer.GetActiveCamera().GetPosition()
        )
        assert other.is_moving
        qtbot.waitUntil(lambda other=other: not other.is_moving)
        leader.image.box.scaleBy((0.5, 0.5))
        leader.image.box.sigRangeChangedManually.emit([True, True])
        assert follower.image.zoom == pytest.approx(leader.image.zoom)


def turn(scene, by: int) -> None:  # type: ignore[no-untyped-def]
    none, left, keys = Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    start = QPointF(60, 60)
    for kind, place, button, held in (
        (QEvent.Type.MouseButtonPress, start, left, left),
        (QEvent.Type.MouseMove, start + QPointF(by, 0), none, left),
        (QEvent.Type.MouseButtonRelease, start + QPointF(by, 0), left, none),
    ):
        there = QPointF(scene.mapToGlobal(place.toPoint()))
        QApplication.sendEvent(scene, QMouseEvent(kind, place, there, button, held, keys))


def test_the_cross_is_one_in_all_four_views_and_the_line_below_tells_both_scores(
    product_at: Product, page: ComparePage
) -> None:
    body = body_of(page)
    body.stage.b.image.pointed.emit((40, 50))
    assert body.stage.a.image._cursor == body.stage.b.image._cursor == (40, 50)
    told = body.readout.plain()
    part = product_at.workspace.compare.part
    assert part is not None
    for link in (part.a, part.b):
        assert f"{link.score_at((40, 50)):.4g}" in told


def test_x_swaps_and_shift_x_goes_through_the_modes(
    product_at: Product, page: ComparePage, qtbot: QtBot
) -> None:
    state, body = product_at.workspace.compare, body_of(page)
    product_at.window.activateWindow()
    qtbot.waitUntil(product_at.window.isActiveWindow)
    body.stage.setFocus()
    a, b, part = state.a, state.b, state.part
    assert part is not None
    qtbot.keyClick(body.stage, Qt.Key.Key_X)
    assert (state.a, state.b) == (b, a)
    assert state.part is not None
    assert state.part.a is part.b
    assert body.heads["A"].sides.currentData() == b
    seen = [state.mode]
    for _ in range(4):
        qtbot.keyClick(body.stage, Qt.Key.Key_X, Qt.KeyboardModifier.ShiftModifier)
        seen.append(state.mode)
        assert body.modes.current == state.mode
    assert seen == ["side", "wipe", "flicker", "difference", "side"]


def test_letters_in_the_choice_of_models_and_in_the_tables_do_not_swap(
    product_at: Product, page: ComparePage, qtbot: QtBot
) -> None:
    state, body = product_at.workspace.compare, body_of(page)
    before = (state.a, state.b)
    body.panel.tabs.segment("differ").click()
    for widget in (body.heads["A"].sides, body.panel.differ, body.panel.figures):
        qtbot.keyClick(widget, Qt.Key.Key_X)
    assert (state.a, state.b) == before


def test_the_agreement_sums_to_the_number_of_parts_and_a_cell_shows_exactly_its_parts(
    product_at: Product, page: ComparePage, qtbot: QtBot
) -> None:
    work, grid = product_at.workspace, body_of(page).panel.grid
    assert sum(cell.count for cell in grid.cells.values()) == len(work.compare.records)
    assert len(work.compare.records) == sum(r.ref.split == "test" for r in work.session.class_records)
    found = work.compare.agreement
    assert found is not None
    for (a_ng, b_ng), cell in grid.cells.items():
        qtbot.mouseClick(cell, Qt.MouseButton.LeftButton)
        shown = {record.id for record in work.gallery.order}
        assert len(shown) == cell.count
        assert shown == set(found.in_cell(a_ng, b_ng))
        for number in shown:
            assert work.compare.mark(work.compare.data_a, number) is (Mark.NG if a_ng else Mark.OK)
            assert work.compare.mark(work.compare.data_b, number) is (Mark.NG if b_ng else Mark.OK)
        assert cell.isChecked()
    qtbot.mouseClick(cell, Qt.MouseButton.LeftButton)
    assert work.gallery.only is None


def test_the_gallery_of_a_cell_follows_when_the_line_is_moved(
    product_at: Product, page: ComparePage, qtbot: QtBot
) -> None:
    work, grid = product_at.workspace, body_of(page).panel.grid
    both_ok = grid.cells[(False, False)]
    qtbot.mouseClick(both_ok, Qt.MouseButton.LeftButton)
    work.lines.drag(2.0 * max(work.compare.data_a.scores.values()))  # type: ignore[union-attr]
    assert sum(cell.count for cell in grid.cells.values()) == len(work.compare.records)
    assert grid.cells[(True, False)].count == grid.cells[(True, True)].count == 0
    assert len(work.gallery.order) == both_ok.count


def test_a_drag_in_the_plot_filters_the_gallery_and_a_row_shows_its_part(
    product_at: Product, page: ComparePage, qtbot: QtBot
) -> None:
    work, panel = product_at.workspace, body_of(page).panel
    panel.scatter.selected.emit((work.compare.records[0].id, work.compare.records[1].id))
    assert len(work.gallery.order) == 2
    work.gallery.only = None
    a, b = work.compare.data_a, work.compare.data_b
    assert a is not None
    assert b is not None
    work.lines.drag(2.0 * max(work.compare.data_a.scores.values()))  # type: ignore[union-attr]
    found = work.compare.agreement
    assert found is not None
    panel.tabs.segment("differ").click()
    assert panel.differ.rowCount() == len(found.disagreements)
    for row, number in enumerate(found.disagreements):
        panel.differ.cellClicked.emit(row, 0)
        assert work.session.sample_id == number
        wait_for_part(product_at, qtbot)


def test_the_next_part_comes_to_both_sides(product_at: Product, page: ComparePage, qtbot: QtBot) -> None:
    work, stage = product_at.workspace, body_of(page).stage
    product_at.window.actions_["nav.next"].trigger()
    wait_for_part(product_at, qtbot)
    record = work.session.record
    assert record is not None
    for side in (stage.a, stage.b):
        assert side.link is not None
        assert side.link.sample.name == record.name
        assert side.cloud.scene is not None
        assert side.cloud.scene.link.sample.name == record.name


@pytest.mark.parametrize("mode", ["side", "wipe", "flicker", "difference"])
def test_each_mode_is_drawn_and_its_bar_says_what_is_seen(
    product_at: Product, page: ComparePage, qtbot: QtBot, mode: str
) -> None:
    body, state = body_of(page), product_at.workspace.compare
    qtbot.mouseClick(body.modes.segment(mode), Qt.MouseButton.LeftButton)
    assert state.mode == mode
    assert not body.stage.grab().isNull()
    assert body.turn.isVisible() == (mode == "flicker")
    assert all(words.isVisible() == (mode == "difference") for _, words in body.legend)
    assert body.scales.isVisible() == (mode != "difference")


def test_the_keys_of_the_wipe_line_move_it_and_not_to_another_part(
    product_at: Product, page: ComparePage, qtbot: QtBot
) -> None:
    work, body = product_at.workspace, body_of(page)
    product_at.window.activateWindow()
    qtbot.waitUntil(product_at.window.isActiveWindow)
    work.compare.mode = "wipe"
    line, shown = body.stage.wipes[0], work.session.sample_id
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_Right)
    qtbot.keyClick(line, Qt.Key.Key_Right)
    assert work.compare.wipe == pytest.approx(0.54)
    qtbot.keyClick(line, Qt.Key.Key_Home)
    assert work.compare.wipe == 0.0
    assert work.session.sample_id == shown


def test_reduced_motion_takes_flicker_away_and_says_why(product_at: Product, page: ComparePage) -> None:
    body = body_of(page)
    product_at.change(product_at.settings.with_changes(reduced_motion=True, theme="light"))
    product_at.change(product_at.settings.with_changes(theme="dark"))
    flicker = body.modes.segment("flicker")
    assert not flicker.isEnabled()
    assert "reduced motion" in flicker.toolTip()
    for _ in range(5):
        product_at.window.actions_["compare.mode"].trigger()
        assert product_at.workspace.compare.mode != "flicker"


def test_raw_scores_carry_a_badge(product_at: Product, page: ComparePage, qtbot: QtBot) -> None:
    body = body_of(page)
    assert not body.badge.isVisible()
    qtbot.mouseClick(body.scales.segment("raw"), Qt.MouseButton.LeftButton)
    assert body.badge.isVisible()
    assert body.badge.text() == "raw scores"
    assert body.stage.a.overlay.threshold == product_at.workspace.compare.data_a.pixel_line  # type: ignore[union-attr]


def test_a_side_without_results_offers_to_inspect_and_then_shows_them(
    product_at: Product, page: ComparePage, qtbot: QtBot
) -> None:
    work, body = product_at.workspace, body_of(page)
    side = side_of(product_at, 1, frozenset({"rgb"}))
    body.heads["B"].chosen.emit(side)
    assert work.compare.b == side
    assert body.stage.b.is_empty
    assert not body.stage.a.empty.action.isVisible()
    active, before = work.session.model, dict(work.results.inspections)
    qtbot.mouseClick(body.stage.b.empty.action, Qt.MouseButton.LeftButton)
    assert side in work.compare.busy
    assert not body.stage.b.empty.action.isVisible(), "nobody is asked twice"
    qtbot.waitUntil(lambda: not work.compare.missing(side) and work.jobs.open_count == 0, timeout=LONG)
    qtbot.waitUntil(lambda: not body.stage.b.is_empty)
    found = work.compare.agreement
    assert found is not None
    assert sum(map(sum, found.counts)) == len(work.compare.records)
    assert "RGB" not in [badge.text() for badge in body.heads["B"].badges if badge.isVisible()]
    assert body.heads["B"].badges[0].text() == "3D only"
    assert work.session.model == active, "the model in use stays the same"
    assert dict(work.results.inspections) == before


def test_all_figures_are_found_for_the_models_in_the_table(
    product_at: Product, page: ComparePage, qtbot: QtBot
) -> None:
    work, panel = product_at.workspace, body_of(page).panel
    panel.tabs.segment("figures").click()
    assert panel.figures.item(2, 1).text() == "–"
    qtbot.mouseClick(panel.evaluate, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(work.compare.figures) == 2 and work.jobs.open_count == 0, timeout=LONG)
    assert panel.figures.item(2, 1).text() != "–"
    panel.menu.aboutToShow.emit()
    extra = next(action for action in panel.menu.actions() if action.isEnabled() and not action.isChecked())
    extra.trigger()
    assert len(work.compare.wanted) == 3
    assert not panel.figures.isColumnHidden(3)
    assert panel.figures.isColumnHidden(4)


def test_language_and_theme_reach_everything_at_once(
    product_at: Product, page: ComparePage, qtbot: QtBot
) -> None:
    body = body_of(page)
    before = body.stage.a.image.grab().toImage()
    product_at.languages.switch("zh_CN")
    qtbot.waitUntil(lambda: product_at.window.actions_["view.heatmap"].text() == "热力图")
    assert body.modes.segment("wipe").text() == "划动"
    assert body.panel.title.text() == "一致性"
    assert body.heads["A"].chip.text() in ("合格", "不合格")
    product_at.change(product_at.settings.with_changes(theme="light"))
    assert body.panel.scatter.backgroundBrush().color().name() == product_at.theme.tokens.surface1.lower()
    assert body.stage.a.image.grab().toImage() != before
    product_at.languages.switch("en")
    qtbot.waitUntil(lambda: body.modes.segment("wipe").text() == "Wipe")


def test_the_project_may_be_closed_while_comparing_and_another_class_has_its_own_sides(
    product_at: Product, page: ComparePage, qtbot: QtBot
) -> None:
    work = product_at.workspace
    work.choose_class("cap")
    qtbot.waitUntil(lambda: page.is_empty)
    work.choose_class("flange")
    assert work.compare.is_ready
    assert work.project is not None
    folder = work.project.folder
    work.close_project()
    assert not work.compare.is_ready
    assert work.compare.part is None
    qtbot.waitUntil(lambda: not work.reader.is_busy)
    work.open_project(folder)
    assert not work.session.is_read_only
    qtbot.waitUntil(lambda: work.compare.part is not None, timeout=LONG)


def test_a_model_that_is_thrown_away_while_it_is_shown_makes_room_for_another(
    product_at: Product, page: ComparePage, qtbot: QtBot
) -> None:
    work = product_at.workspace
    gone = work.compare.b
    assert gone is not None
    assert work.models.trash(gone.model_id)
    assert gone not in work.compare.sides
    assert work.compare.is_ready
    assert work.compare.b != gone
    wait_for_part(product_at, qtbot)


def test_sides_mode_and_workspace_are_found_again_at_the_next_opening(
    product_at: Product, page: ComparePage, qtbot: QtBot
) -> None:
    work = product_at.workspace
    work.compare.swap()
    work.compare.mode = "wipe"
    kept = (work.compare.a, work.compare.b)
    assert work.project is not None
    folder = work.project.folder
    work.close_project()
    work.compare.mode = "side"
    qtbot.waitUntil(lambda: not work.reader.is_busy)
    work.open_project(folder)
    qtbot.waitUntil(lambda: work.compare.part is not None, timeout=LONG)
    assert (work.compare.a, work.compare.b) == kept
    assert work.compare.mode == "wipe"
    assert page.isVisible()


def test_the_views_of_the_other_workspaces_wait_while_they_are_covered_and_catch_up(
    product_at: Product, page: ComparePage, qtbot: QtBot
) -> None:
    desk, work = product_at.window.desk, product_at.workspace
    assert desk is not None
    before = desk.viewer.link
    product_at.window.actions_["nav.next"].trigger()
    wait_for_part(product_at, qtbot)
    assert desk.viewer.link is before
    product_at.window.actions_["view.workspace_1"].trigger()
    assert desk.viewer.link is work.session.link


@pytest.mark.parametrize("size", [(1280, 720), (1024, 640), (1600, 1000)])
def test_nothing_is_cut_off_in_a_small_window(
    product_at: Product, page: ComparePage, qtbot: QtBot, size: tuple[int, int]
) -> None:
    product_at.window.resize(*size)
    qtbot.wait(50)
    body = body_of(page)
    for part in (body.modes, body.looks, body.scales, body.panel.grid, body.panel.tabs, body.swap):
        place = QPoint(part.mapTo(page, QPoint(0, 0)))
        assert page.rect().contains(place)
        assert page.rect().contains(place + QPoint(part.width() - 1, part.height() - 1))
    assert body.stage.height() >= 100
