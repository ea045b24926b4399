"""The workspace Tune with a judged class, and the hands that move its lines."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QWidget
from pytestqt.qtbot import QtBot

from core.metrics.confusion import confusion_at, recall_by_defect
from core.state.results_state import Mark
from gui.app import Product
from gui.desk import Desk
from gui.views.histogram_view import HistogramView


@pytest.fixture
def tuned(inspected: Product, qtbot: QtBot) -> Product:
    """The workspace Tune of the trained project, its scores drawn and its pixels counted."""
    inspected.window.resize(1440, 900)
    inspected.window.actions_["view.workspace_2"].trigger()
    qtbot.waitUntil(lambda: inspected.workspace.tune.sizes is not None)
    qtbot.waitUntil(lambda: desk_of(inspected).curves.decide.isVisible())
    qtbot.waitUntil(lambda: inspected.workspace.jobs.open_count == 0)
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
