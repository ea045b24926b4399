"""The line of the pixels: binned while it moves, exact where it rests, presets and tolerances."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDoubleSpinBox
from pytestqt.qtbot import QtBot

from core.metrics.aupro import aupro
from core.metrics.confusion import confusion_at
from core.metrics.pixels import pixel_scores
from core.metrics.score_table import Line
from core.metrics.thresholds import ThresholdRule
from core.monitor import Monitor
from core.project.project import Project
from core.tasks.set_threshold import ThresholdWish, choose
from core.tasks.truth import judged, map_of, truth_of
from core.tasks.tune_data import tolerant_line
from gui.app import Product
from tests.gui.tuning.conftest import choose_in, desk_of, drag, named, type_into

pytestmark = [pytest.mark.window, pytest.mark.qt_log_ignore("This plugin does not support", extend=True)]


def pixels_of(project: Project, model: object) -> tuple[list[np.ndarray], list[np.ndarray | None]]:
    parts = judged(project, model, "test")  # type: ignore[arg-type]
    maps = [map_of(project, entry) for entry in parts]
    masks = [None if entry.record.ref.is_good else truth_of(project, entry) for entry in parts]
    return [pixels for pixels in maps if pixels is not None], masks


@pytest.fixture
def at_pixels(tuned: Product, qtbot: QtBot) -> Iterator[Product]:
    bar = desk_of(tuned).curves.decide.bar
    qtbot.mouseClick(bar.level.segment("pixel"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: tuned.workspace.tune.exact is not None)
    yield tuned
    qtbot.waitUntil(lambda: not tuned.workspace.tuning.queue.is_busy)


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
    qtbot.waitUntil(lambda: work.tune.exact is not None)
    scores = np.concatenate([pooled.background, pooled.defect]).astype(np.float64)
    wanted = confusion_at(line.value, scores, np.arange(scores.size) >= pooled.background.size)
    assert work.tune.exact == wanted
    assert decide.grid.counts == ((wanted.cleared, wanted.false_alarms), (wanted.missed, wanted.caught))
    qtbot.waitUntil(lambda: work.tune.sizes is not None)
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


@pytest.mark.parametrize(
    "preset",
    [
        "max_f1",
        *(pytest.param(key, marks=pytest.mark.slow) for key in ("false_alarms", "recall_100", "equal_error")),
    ],
)
def test_a_preset_for_pixels_is_that_of_all_pixels(at_pixels: Product, qtbot: QtBot, preset: str) -> None:
    work = at_pixels.workspace
    project, model = work.project, work.session.model
    assert project is not None
    assert model is not None
    rule = ThresholdRule(preset)  # type: ignore[arg-type]
    wanted, _ = choose(project, model, ThresholdWish("pixel", rule, "test"), Monitor())
    choose_in(at_pixels, "comboPreset", preset)
    qtbot.waitUntil(lambda: work.tune.preset == preset)
    assert work.tune.pixel_line == Line(wanted.value)
    assert work.overlay.threshold == wanted.value


@pytest.mark.slow
def test_a_tolerance_passes_over_small_and_shallow_regions(at_pixels: Product, qtbot: QtBot) -> None:
    work = at_pixels.workspace
    choose_in(at_pixels, "comboPreset", "tolerance")
    qtbot.waitUntil(lambda: work.tune.preset == "tolerance")
    project, model = work.project, work.session.model
    assert project is not None
    assert model is not None
    wanted = tolerant_line(project, model, "test", 20.0, Monitor(), least_depth_mm=0.0)
    qtbot.waitUntil(lambda: not work.tuning.queue.is_busy)
    type_into(qtbot, named(at_pixels, QDoubleSpinBox, "spinToleranceArea"), "20.00")
    qtbot.waitUntil(lambda: told_of(at_pixels, "20 mm²"))
    assert work.tune.pixel_line == Line(wanted.value)
    wanted = tolerant_line(project, model, "test", 20.0, Monitor(), least_depth_mm=0.3)
    qtbot.waitUntil(lambda: not work.tuning.queue.is_busy and work.tune.sizes is not None)
    type_into(qtbot, named(at_pixels, QDoubleSpinBox, "spinToleranceDepth"), "0.30")
    qtbot.waitUntil(lambda: told_of(at_pixels, "0.3 mm"))
    assert work.tune.pixel_line == Line(wanted.value)


def told_of(product: Product, text: str) -> bool:
    reason = product.workspace.tune.reason
    return reason is not None and text in reason[1]
