"""Deciding: lines are dragged, typed and moved by keys; everything that follows is what the metrics say."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QTableWidget, QWidget
from pytestqt.qtbot import QtBot

from core.inspection import Verdict
from core.metrics.aupro import aupro
from core.metrics.confusion import confusion_at, recall_by_defect
from core.metrics.pixels import pixel_scores
from core.metrics.score_table import Line
from core.metrics.thresholds import ThresholdRule, choose_threshold
from core.monitor import Monitor
from core.project.project import Project
from core.state.results_state import Mark
from core.tasks.normal_range import normal_range_of
from core.tasks.set_threshold import ThresholdWish, choose
from core.tasks.truth import judged, map_of, truth_of
from core.tasks.tune_data import tolerant_line
from gui.app import Product
from gui.desk import Desk
from gui.views.histogram_view import HistogramView
from tests.gui.conftest import LONG

pytestmark = [pytest.mark.window, pytest.mark.qt_log_ignore("This plugin does not support", extend=True)]


@pytest.fixture
def tuned(inspected: Product, qtbot: QtBot) -> Product:
    """The workspace Tune of the trained project, its scores drawn and its pixels counted."""
    inspected.window.resize(1440, 900)
    inspected.window.actions_["view.workspace_2"].trigger()
    qtbot.waitUntil(lambda: inspected.workspace.tune.sizes is not None, timeout=LONG)
    qtbot.waitUntil(lambda: desk_of(inspected).curves.decide.isVisible())
    qtbot.waitUntil(lambda: inspected.workspace.jobs.open_count == 0, timeout=LONG)
    return inspected


def desk_of(product: Product) -> Desk:
    desk = product.window.desk
    assert desk is not None
    return desk


def named(product: Product, kind: type[QWidget], name: str) -> QWidget:
    found = product.window.findChild(kind, name)
    assert found is not None, name
    return found


def scores_of(product: Product, split: str = "test") -> tuple[np.ndarray, np.ndarray, list[str]]:
    work = product.workspace
    records = [record for record in work.session.class_records if record.ref.split == split]
    scores = np.array([work.results.score(record.id) for record in records], np.float64)
    return scores, np.array([not record.ref.is_good for record in records]), [r.ref.label for r in records]


def choose_in(product: Product, name: str, key: str) -> None:
    """As a user does: open the list, choose the row."""
    combo = named(product, QComboBox, name)
    assert isinstance(combo, QComboBox)
    at = combo.findData(key)
    assert at >= 0, key
    combo.setCurrentIndex(at)
    combo.activated.emit(at)


def spot(view: HistogramView, score: float) -> QPoint:
    middle = view.getViewBox().viewRange()[1]
    place = view.getViewBox().mapViewToScene(QPointF(score, sum(middle) / 2 + 0.3))
    return view.mapFromScene(place)


def drag(qtbot: QtBot, view: HistogramView, start: float, end: float) -> None:
    first, last = spot(view, start), spot(view, end)
    qtbot.mouseMove(view.viewport(), first)
    qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=first)
    for share in (0.25, 0.5, 0.75, 1.0):
        qtbot.mouseMove(view.viewport(), first + (last - first) * share)
        qtbot.wait(25)
    qtbot.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=last)


def type_into(qtbot: QtBot, field: QWidget, text: str) -> None:
    assert isinstance(field, QDoubleSpinBox)
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def holds_everywhere(product: Product) -> None:
    """Matrix, rates, types, marks, dots and fields all tell of the same line."""
    work, decide = product.workspace, desk_of(product).curves.decide
    line = work.tune.image_line
    assert line is not None
    scores, bad, labels = scores_of(product)
    wanted = confusion_at(line.value, scores, bad)
    assert decide.grid.counts == ((wanted.cleared, wanted.false_alarms), (wanted.missed, wanted.caught))
    recall = wanted.recall
    assert decide.decisions.rates.counts[0].text() == f"{recall.count} / {recall.total}"
    low, high = (100 * end for end in recall.interval)
    assert decide.decisions.rates.intervals[0].text() == f"{low:.1f}–{high:.1f}"
    assert decide.decisions.recalls.rows == recall_by_defect(line.value, list(scores), labels)
    assert work.results.threshold == line.value
    assert abs(decide.threshold.value() - line.value) <= 10 ** -decide.threshold.decimals() / 2
    assert decide.histogram.line.value() == line.value
    (dot,) = desk_of(product).curves.plots.roc.dot.points()
    assert (dot.pos().x(), dot.pos().y()) == (wanted.false_alarm_rate.value, recall.value)
    records = [record for record in work.session.class_records if record.ref.split == "test"]
    said_ng = sum(work.results.machine_mark(record.id) is Mark.NG for record in records)
    assert said_ng == wanted.false_alarms + wanted.caught


def test_a_drag_by_mouse_moves_everything_and_is_one_step(tuned: Product, qtbot: QtBot) -> None:
    work, view = tuned.workspace, desk_of(tuned).curves.histogram
    start = work.tune.image_line
    assert start is not None
    contour, versions = work.overlay.threshold, len(work.tune.history)
    scores, _, _ = scores_of(tuned)
    end = float(np.quantile(scores, 0.3))
    drag(qtbot, view, start.value, end)
    assert work.tune.image_line is not None
    assert work.tune.image_line.value == pytest.approx(end, abs=0.05 * np.ptp(scores))
    holds_everywhere(tuned)
    assert work.overlay.threshold != contour
    assert len(work.tune.history) == versions + 1
    work.edits.undo()
    assert work.tune.image_line == start
    assert work.overlay.threshold == contour
    assert work.edits.history.undo_name == ""
    holds_everywhere(tuned)


def test_typed_keys_and_drag_lead_to_the_same_place(tuned: Product, qtbot: QtBot) -> None:
    work, view = tuned.workspace, desk_of(tuned).curves.histogram
    scores, _, _ = scores_of(tuned)
    target = float(f"{np.median(scores):.3f}")
    type_into(qtbot, named(tuned, QDoubleSpinBox, "spinThreshold"), f"{target:.3f}")
    assert work.tune.image_line == Line(target)
    holds_everywhere(tuned)
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Right)
    moved = work.tune.image_line
    assert moved is not None
    assert moved.value > target
    holds_everywhere(tuned)
    qtbot.keyClick(view, Qt.Key.Key_Left)
    assert work.tune.image_line is not None
    assert work.tune.image_line.value == pytest.approx(target, abs=1e-9)
    tuned.window.actions_["tune.up"].trigger()
    crossed = np.count_nonzero((scores > target) & (scores <= work.tune.image_line.value))
    assert crossed == 1
    holds_everywhere(tuned)


def test_a_held_arrow_is_one_step(tuned: Product, qtbot: QtBot) -> None:
    work, view = tuned.workspace, desk_of(tuned).curves.histogram
    before, versions = work.tune.image_line, len(work.tune.history)
    view.setFocus()
    for _ in range(5):
        qtbot.keyPress(view, Qt.Key.Key_Right)
    qtbot.keyRelease(view, Qt.Key.Key_Right)
    assert len(work.tune.history) == versions + 1
    work.edits.undo()
    assert work.tune.image_line == before


def test_the_review_band_is_added_dragged_typed_and_taken_away(tuned: Product, qtbot: QtBot) -> None:
    work, decide = tuned.workspace, desk_of(tuned).curves.decide
    scores, _, _ = scores_of(tuned)
    type_into(qtbot, decide.threshold, f"{np.quantile(scores, 0.8):.3f}")
    qtbot.mouseClick(decide.bar.band, Qt.MouseButton.LeftButton)
    line = work.tune.image_line
    assert line is not None
    assert line.lower is not None
    assert line.lower < line.value
    assert decide.grid.columns == (Verdict.OK, Verdict.REVIEW, Verdict.NG)
    end = float(np.quantile(scores, 0.2))
    drag(qtbot, decide.histogram, line.lower, end)
    line = work.tune.image_line
    assert line is not None
    assert line.lower == pytest.approx(end, abs=0.05 * np.ptp(scores))
    review = sum(counts.review for _, counts in decide.grid.rows)
    assert review == np.count_nonzero((scores > line.lower) & (scores <= line.value))
    type_into(qtbot, named(tuned, QDoubleSpinBox, "spinThresholdLow"), "0.000")
    assert work.tune.image_line == Line(line.value, 0.0)
    assert work.results.lower == 0.0
    kept = work.tune.kept
    assert kept is not None
    assert kept.lower == 0.0
    qtbot.mouseClick(decide.bar.band, Qt.MouseButton.LeftButton)
    assert work.tune.image_line == Line(line.value)
    assert decide.grid.columns == (Verdict.OK, Verdict.NG)
    work.edits.undo()
    assert work.tune.image_line == Line(line.value, 0.0)


PRESETS = ("max_f1", "false_alarms", "recall_100", "equal_error")


@pytest.mark.parametrize("preset", PRESETS)
def test_each_preset_of_the_list_is_that_of_the_metrics(tuned: Product, preset: str) -> None:
    choose_in(tuned, "comboPreset", preset)
    scores, bad, _ = scores_of(tuned)
    wanted = choose_threshold(scores, bad, ThresholdRule(preset))
    assert tuned.workspace.tune.image_line == Line(wanted.value)
    kept = tuned.workspace.tune.kept
    assert kept is not None
    assert (kept.preset, kept.data, kept.is_optimistic) == (wanted.preset, "test", True)
    assert desk_of(tuned).curves.badge.text() == "tuned on reported data"
    holds_everywhere(tuned)


def test_good_parts_only_takes_unseen_good_parts_and_is_not_optimistic(tuned: Product, qtbot: QtBot) -> None:
    work = tuned.workspace
    choose_in(tuned, "comboPreset", "max_f1")
    choose_in(tuned, "comboPreset", "good_only")
    type_into(qtbot, named(tuned, QDoubleSpinBox, "spinQuantile"), "80.00")
    type_into(qtbot, named(tuned, QDoubleSpinBox, "spinMargin"), "1.50")
    project, model = work.project, work.session.model
    assert project is not None
    assert model is not None
    rule = ThresholdRule("good_only", quantile=0.8, margin=1.5)
    wanted, data = choose(project, model, ThresholdWish("image", rule, "auto"), Monitor())
    assert work.tune.image_line == Line(wanted.value)
    kept = work.tune.kept
    assert kept is not None
    used = normal_range_of(model).source if data == "calibration" else data
    assert (kept.data, kept.is_optimistic) == (used, False)
    assert project.value("tune")["quantile"] == 0.8


def test_the_share_of_false_alarms_is_a_choice(tuned: Product, qtbot: QtBot) -> None:
    choose_in(tuned, "comboPreset", "false_alarms")
    type_into(qtbot, named(tuned, QDoubleSpinBox, "spinRate"), "60.00")
    scores, bad, _ = scores_of(tuned)
    wanted = choose_threshold(scores, bad, ThresholdRule("false_alarms", 0.6))
    assert tuned.workspace.tune.image_line == Line(wanted.value)


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
    qtbot.waitUntil(lambda: work.jobs.open_count == 0, timeout=LONG)
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


def pixels_of(project: Project, model: object) -> tuple[list[np.ndarray], list[np.ndarray | None]]:
    parts = judged(project, model, "test")  # type: ignore[arg-type]
    maps = [map_of(project, entry) for entry in parts]
    masks = [None if entry.record.ref.is_good else truth_of(project, entry) for entry in parts]
    return [pixels for pixels in maps if pixels is not None], masks


@pytest.fixture
def at_pixels(tuned: Product, qtbot: QtBot) -> Iterator[Product]:
    bar = desk_of(tuned).curves.decide.bar
    qtbot.mouseClick(bar.level.segment("pixel"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: tuned.workspace.tune.exact is not None, timeout=LONG)
    yield tuned
    qtbot.waitUntil(lambda: not tuned.workspace.tuning.queue.is_busy, timeout=LONG)


def test_the_pixel_line_is_exact_where_it_rests(at_pixels: Product, qtbot: QtBot) -> None:
    work, decide = at_pixels.workspace, desk_of(at_pixels).curves.decide
    project, model = work.project, work.session.model
    assert project is not None
    maps, masks = pixels_of(project, model)
    pooled = pixel_scores(maps, masks)
    image, start = work.tune.image_line, work.tune.pixel_line
    assert start is not None
    drag(qtbot, decide.histogram, start.value, 0.7 * start.value)
    line = work.tune.pixel_line
    assert line is not None
    assert line.value == pytest.approx(0.7 * start.value, rel=0.1)
    assert work.overlay.threshold == line.value
    assert work.tune.image_line == image
    qtbot.waitUntil(lambda: work.tune.exact is not None, timeout=LONG)
    scores = np.concatenate([pooled.background, pooled.defect]).astype(np.float64)
    wanted = confusion_at(line.value, scores, np.arange(scores.size) >= pooled.background.size)
    assert work.tune.exact == wanted
    assert decide.grid.counts == ((wanted.cleared, wanted.false_alarms), (wanted.missed, wanted.caught))
    qtbot.waitUntil(lambda: work.tune.sizes is not None, timeout=LONG)
    area = aupro(pooled, (0.3,))
    assert area is not None
    assert f"{area[0]:.3f}" in desk_of(at_pixels).curves.plots.cards["pro"].figure.text()
    work.edits.undo()
    assert work.tune.pixel_line == start


def test_a_drag_of_pixels_follows_the_bins_at_once(at_pixels: Product) -> None:
    work, decide = at_pixels.workspace, desk_of(at_pixels).curves.decide
    bins = work.tune.bins
    assert bins is not None
    value = float(np.median(bins.peaks))
    decide.histogram.dragged.emit(value)
    assert work.tune.exact is None
    wanted = bins.confusion(value)
    assert decide.grid.counts == ((wanted.cleared, wanted.false_alarms), (wanted.missed, wanted.caught))
    assert decide.decisions.note.isVisible()
    work.settle_line()


@pytest.mark.parametrize("preset", ["max_f1", "false_alarms", "recall_100", "equal_error"])
def test_a_preset_for_pixels_is_that_of_all_pixels(at_pixels: Product, qtbot: QtBot, preset: str) -> None:
    work = at_pixels.workspace
    project, model = work.project, work.session.model
    assert project is not None
    assert model is not None
    rule = ThresholdRule(preset)  # type: ignore[arg-type]
    wanted, _ = choose(project, model, ThresholdWish("pixel", rule, "test"), Monitor())
    choose_in(at_pixels, "comboPreset", preset)
    qtbot.waitUntil(lambda: work.tune.preset == preset, timeout=LONG)
    assert work.tune.pixel_line == Line(wanted.value)
    assert work.overlay.threshold == wanted.value


def test_a_tolerance_passes_over_small_and_shallow_regions(at_pixels: Product, qtbot: QtBot) -> None:
    work = at_pixels.workspace
    choose_in(at_pixels, "comboPreset", "tolerance")
    qtbot.waitUntil(lambda: work.tune.preset == "tolerance", timeout=LONG)
    project, model = work.project, work.session.model
    assert project is not None
    assert model is not None
    wanted = tolerant_line(project, model, "test", 20.0, Monitor(), least_depth_mm=0.0)
    qtbot.waitUntil(lambda: not work.tuning.queue.is_busy, timeout=LONG)
    type_into(qtbot, named(at_pixels, QDoubleSpinBox, "spinToleranceArea"), "20.00")
    qtbot.waitUntil(lambda: told_of(at_pixels, "20 mm²"), timeout=LONG)
    assert work.tune.pixel_line == Line(wanted.value)
    wanted = tolerant_line(project, model, "test", 20.0, Monitor(), least_depth_mm=0.3)
    qtbot.waitUntil(lambda: not work.tuning.queue.is_busy and work.tune.sizes is not None, timeout=LONG)
    type_into(qtbot, named(at_pixels, QDoubleSpinBox, "spinToleranceDepth"), "0.30")
    qtbot.waitUntil(lambda: told_of(at_pixels, "0.3 mm"), timeout=LONG)
    assert work.tune.pixel_line == Line(wanted.value)


def told_of(product: Product, text: str) -> bool:
    reason = product.workspace.tune.reason
    return reason is not None and text in reason[1]


def test_an_earlier_version_comes_back_and_can_be_undone(tuned: Product, qtbot: QtBot) -> None:
    work, decisions = tuned.workspace, desk_of(tuned).curves.decide.decisions
    first = work.tune.kept
    assert first is not None
    choose_in(tuned, "comboPreset", "max_f1")
    second = work.tune.image_line
    qtbot.mouseClick(decisions.tabs.segment("history"), Qt.MouseButton.LeftButton)
    assert decisions.versions.rowCount() == 2
    decisions.versions.selectRow(1)
    assert decisions.revert.isEnabled()
    qtbot.mouseClick(decisions.revert, Qt.MouseButton.LeftButton)
    kept = work.tune.kept
    assert kept is not None
    assert (kept.value, kept.preset, kept.data) == (first.value, first.preset, first.data)
    assert work.tune.image_line == Line(first.value, first.lower)
    assert decisions.versions.rowCount() == 3
    work.edits.undo()
    assert work.tune.image_line == second
    work.edits.redo()
    assert work.tune.image_line == Line(first.value, first.lower)


def test_how_a_line_was_chosen_is_told(tuned: Product, qtbot: QtBot) -> None:
    decide = desk_of(tuned).curves.decide
    choose_in(tuned, "comboPreset", "max_f1")
    qtbot.mouseClick(decide.bar.info, Qt.MouseButton.LeftButton)
    assert decide.decisions.tabs.current == "history"
    told = decide.decisions.how.text()
    assert "Greatest F1" in told
    assert "test parts" in told
    assert "optimistic" in told


@pytest.fixture
def good_only(product: Product, qtbot: QtBot, trained_folder: Path, tmp_path: Path) -> Product:
    folder = tmp_path / "Good"
    shutil.copytree(trained_folder, folder)
    project = Project.open(folder)
    bad = [r.id for r in project.samples("flange", "test") if not r.ref.is_good]
    project.trash_samples(bad)
    project.close()
    product.workspace.open_project(folder)
    qtbot.waitUntil(lambda: product.workspace.session.link is not None, timeout=LONG)
    product.window.actions_["view.workspace_2"].trigger()
    qtbot.waitUntil(lambda: desk_of(product).curves.decide.isVisible())
    qtbot.waitUntil(lambda: product.workspace.jobs.open_count == 0, timeout=LONG)
    qtbot.wait(400)
    qtbot.waitUntil(lambda: product.workspace.jobs.open_count == 0, timeout=LONG)
    return product


def test_good_parts_alone_have_one_row_a_sentence_and_a_usable_line(good_only: Product) -> None:
    work, desk = good_only.workspace, desk_of(good_only)
    decisions = desk.curves.decide.decisions
    assert [truth for truth, _ in decisions.grid.rows] == [True]
    assert "cannot be estimated" in decisions.note.text()
    for key in ("roc", "precision", "pro"):
        assert desk.curves.plots.cards[key].note.text() == "Needs defective samples."
    choose_in(good_only, "comboPreset", "max_f1")
    kept = work.tune.kept
    assert kept is not None
    assert kept.preset == "good_only"
    assert work.tune.reason is not None
    assert "no defective parts" in work.tune.reason[1]


def test_a_class_without_results_offers_to_inspect(tuned: Product, qtbot: QtBot) -> None:
    work, decide = tuned.workspace, desk_of(tuned).curves.decide
    choose_in(tuned, "comboTuneClass", "cap")
    assert work.session.class_name == "cap"
    assert decide._stack.currentIndex() == 1
    assert decide._empty.action.isVisible()
    work.choose_class("flange")
    assert decide._stack.currentIndex() == 0
    holds_everywhere(tuned)


def test_a_line_for_all_classes_reaches_models_of_the_same_method(tuned: Product, qtbot: QtBot) -> None:
    work, decisions = tuned.workspace, desk_of(tuned).curves.decide.decisions
    work.choose_class("cap")
    work.train("quick_look")
    qtbot.waitUntil(lambda: work.jobs.open_count == 0, timeout=LONG)
    other = work.session.model
    assert other is not None
    project = work.project
    assert project is not None
    before = project.threshold(other.id, "image")
    work.choose_class("flange")
    decisions.for_all.click()
    desk_of(tuned).curves.histogram.released.emit(2.25)
    after = project.threshold(other.id, "image")
    assert after is not None
    assert after.value == 2.25
    work.edits.undo()
    again = project.threshold(other.id, "image")
    assert again is not None
    assert before is not None
    assert again.value == before.value


def test_the_pixel_line_stays_where_it_is_if_it_shall_not_move_along(tuned: Product) -> None:
    work, desk = tuned.workspace, desk_of(tuned)
    pixel = work.overlay.threshold
    desk.curves.decide.decisions.linked.click()
    desk.curves.histogram.released.emit(2.25)
    assert work.overlay.threshold == pixel
    assert work.tune.image_line == Line(2.25)


def test_the_choice_goes_back_to_its_dock_and_the_views_to_theirs(tuned: Product, qtbot: QtBot) -> None:
    desk = desk_of(tuned)
    tuned.window.findChild(QWidget, "btnShowPart").click()
    assert desk.viewer.isVisible()
    assert desk.pages.currentWidget().objectName() == "pageTune"
    tuned.window.actions_["view.workspace_1"].trigger()
    assert desk.pages.currentWidget() is desk.viewer
    desk.docks.docks["dockCurves"].raise_()
    qtbot.waitUntil(desk.curves.histogram.isVisible)
    assert not desk.curves.is_lent
    tuned.window.actions_["view.workspace_2"].trigger()
    assert desk.curves.is_lent


@pytest.mark.parametrize("size", [(1280, 720), (1024, 640)])
def test_no_control_is_cut_off_in_a_small_window(tuned: Product, qtbot: QtBot, size: tuple[int, int]) -> None:
    tuned.window.resize(*size)
    qtbot.wait(50)
    decide = desk_of(tuned).curves.decide
    bar = decide.bar
    for name in ("comboLevel", "comboData", "comboPreset", "spinThreshold", "btnHowChosen"):
        control = bar.findChild(QWidget, name)
        assert control is not None
        place = control.mapTo(bar, QPoint(0, 0))
        if isinstance(control, QDoubleSpinBox):
            assert control.fontMetrics().horizontalAdvance(control.text()) + 12 <= control.width()
        assert bar.rect().contains(control.rect().translated(place)), name
