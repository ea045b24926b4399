"""What a line costs: cells that show their parts, curves with the numbers of the evaluation, tables."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableWidget
from pytestqt.qtbot import QtBot

from core.inspection import Verdict
from core.state.results_state import Mark
from gui.app import Product
from tests.gui.tuning.conftest import choose_in, desk_of, holds_everywhere, scores_of, type_into

pytestmark = [pytest.mark.window, pytest.mark.qt_log_ignore("This plugin does not support", extend=True)]


def test_a_cell_shows_exactly_its_parts_and_follows_the_line(tuned: Product, qtbot: QtBot) -> None:
    work, decide = tuned.workspace, desk_of(tuned).curves.decide
    scores, _, _ = scores_of(tuned)
    type_into(qtbot, decide.threshold, f"{np.median(scores):.3f}")
    qtbot.mouseClick(decide.bar.band, Qt.MouseButton.LeftButton)
    for truth, counts in decide.grid.rows:
        for verdict in decide.grid.columns:
            middle = decide.grid.cell_rect(truth, verdict).center().toPoint()
            qtbot.mouseClick(decide.grid, Qt.MouseButton.LeftButton, pos=middle)
            shown = {record.id for record in work.gallery.order}
            assert shown == set(work.tune.in_cell(truth, verdict))
            assert len(shown) == {Verdict.OK: counts.ok, Verdict.NG: counts.ng}.get(verdict, counts.review)
    work.lines.drag(float(scores.min()) - 1)
    assert {record.id for record in work.gallery.order} == set(work.tune.in_cell(False, Verdict.NG))
    assert desk_of(tuned).docks.docks["dockGallery"].isVisible()


def test_cells_are_reached_by_keys(tuned: Product, qtbot: QtBot) -> None:
    work, grid = tuned.workspace, desk_of(tuned).curves.grid
    grid.setFocus()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Return):
        qtbot.keyClick(grid, key)
    assert {record.id for record in work.gallery.order} == set(work.tune.in_cell(False, Verdict.NG))


def test_a_human_verdict_does_not_change_what_a_cell_shows(tuned: Product) -> None:
    work = tuned.workspace
    work.lines.drag(-1.0)
    (first, *_) = work.tune.in_cell(False, Verdict.NG)
    work.edits.judge([first], Verdict.OK)
    desk_of(tuned).curves.decide.decisions.cell_chosen.emit(False, Verdict.NG)
    assert first in {record.id for record in work.gallery.order}
    assert work.results.mark(first) is Mark.OK


def test_curves_carry_the_numbers_of_the_evaluation(tuned: Product, qtbot: QtBot) -> None:
    work, plots = tuned.workspace, desk_of(tuned).curves.plots
    project, model = work.project, work.session.model
    assert project is not None
    assert model is not None
    work.models.evaluate(model.id)
    qtbot.waitUntil(lambda: work.jobs.open_count == 0)
    figures = project.model(model.id).figures
    assert f"{figures['image_auroc']:.3f}" in plots.cards["roc"].figure.text()
    assert f"{figures['image_ap']:.3f}" in plots.cards["precision"].figure.text()
    for limit, name in ((0.3, "aupro_30"), (0.05, "aupro_05"), (0.01, "aupro_01")):
        choose_in(tuned, "comboLimit", limit)  # type: ignore[arg-type]  # its keys are numbers
        assert 0 <= figures[name] <= 1
        assert plots.cards["pro"].figure.text() == f"AUPRO {figures[name]:.3f}"
        x, _ = plots.pro.curve.getData()
        assert x.max() <= limit + 1e-12


def test_every_plot_can_be_read_as_a_table(tuned: Product) -> None:
    desk = desk_of(tuned)
    for card in (desk.curves.decide.card, *desk.curves.plots.cards.values()):
        card.as_table.click()
        assert isinstance(card.table, QTableWidget)
        assert card.table.isVisible(), card.title.text()
        assert card.table.rowCount() > 0
        assert card.table.item(0, 0).text()
        card.as_table.click()
        assert card.plot.isVisible()


def test_a_class_without_results_offers_to_inspect(tuned: Product, qtbot: QtBot) -> None:
    work, decide = tuned.workspace, desk_of(tuned).curves.decide
    choose_in(tuned, "comboTuneClass", "cap")
    assert work.session.class_name == "cap"
    assert decide._stack.currentIndex() == 1
    assert decide._empty.action.isVisible()
    work.choose_class("flange")
    assert decide._stack.currentIndex() == 0
    holds_everywhere(tuned)
