"""Where two models differ: cells, plot and rows that show their parts, and figures beside one another."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core.state.results_state import Mark
from gui.app import Product
from gui.panels.compare_page import ComparePage
from tests.gui.compare.conftest import body_of, side_of, wait_for_part

pytestmark = [pytest.mark.window, pytest.mark.qt_log_ignore("This plugin does not support", extend=True)]


@pytest.mark.slow
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
    qtbot.waitUntil(lambda: not work.compare.missing(side) and work.jobs.open_count == 0)
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
    qtbot.waitUntil(lambda: len(work.compare.figures) == 2 and work.jobs.open_count == 0)
    assert panel.figures.item(2, 1).text() != "–"
    panel.menu.aboutToShow.emit()
    extra = next(action for action in panel.menu.actions() if action.isEnabled() and not action.isChecked())
    extra.trigger()
    assert len(work.compare.wanted) == 3
    assert not panel.figures.isColumnHidden(3)
    assert panel.figures.isColumnHidden(4)
