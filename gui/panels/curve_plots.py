"""The curves of every line there could be, with dots where the line is, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from core.metrics.pixel_curves import overlap_at
from core.state.session_state import SessionState
from core.state.tune_options import LIMITS
from core.state.tune_state import TuneState
from gui.soon import soon
from gui.theme import Theme
from gui.tokens import Tokens
from gui.translator import word
from gui.views.curve_view import CurveView
from gui.views.time_view import TimeView
from gui.widgets.live_widget import LiveWidget
from gui.widgets.plot_card import PlotCard

WIDE = 222
Table = tuple[Sequence[str], Sequence[Sequence[str]]]


class CurvePlots(LiveWidget):
    """ROC, precision over recall, region overlap, region sizes, and scores over time."""

    options_changed = Signal(object)

    def __init__(self, theme: Theme, session: SessionState, tune: TuneState) -> None:
        super().__init__()
        self._theme = theme
        self._session = session
        self._tune = tune
        self._drawn: tuple[object, ...] = ()
        self.roc, self.precision = CurveView(theme, "plotRoc"), CurveView(theme, "plotPr")
        self.pro, self.sizes = CurveView(theme, "plotPro"), CurveView(theme, "plotSizes")
        self.time = TimeView(theme)
        self.roc.chance.show()
        self.limit = QComboBox()
        self.cards = {
            "roc": PlotCard(theme, self.roc, 2, lambda: self._curve_table(self.roc)),
            "precision": PlotCard(theme, self.precision, 2, lambda: self._curve_table(self.precision)),
            "pro": PlotCard(theme, self.pro, 2, lambda: self._curve_table(self.pro)),
            "sizes": PlotCard(theme, self.sizes, 3, self._sizes_table),
            "time": PlotCard(theme, self.time, 3, self._time_table),
        }
        self._build()
        self.limit.activated.connect(self._on_limit)
        theme.changed.connect(self._on_theme)
        self._on_theme(theme.tokens)
        for event in (tune.changed, session.changed):
            event.connect(self.read_state)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every word again."""
        self._words = {
            "roc": self.tr("ROC"),
            "precision": self.tr("Precision – recall"),
            "pro": self.tr("PRO"),
            "sizes": self.tr("Region size"),
            "time": self.tr("Scores over time"),
        }
        self.limit.setAccessibleName(self.tr("Limit of the false alarms"))
        self.limit.setToolTip(self.tr("Limit of the false alarms"))
        self.sizes.name_axes(self.tr("least size, pixels"), self.tr("number of parts"))
        self.time.name_axes(self.tr("parts, in the order of inspection"), self.tr("score"))
        self.pro.name_axes(self.tr("false alarms per pixel"), self.tr("region overlap"))
        self.precision.name_axes(self.tr("recall"), self.tr("precision"))
        self.roc.name_axes(self.tr("false alarms"), self.tr("found"))
        self._drawn = ()
        self.read_state()

    def read_state(self) -> None:
        """Draw what is another curve, then put the dots where the line is."""
        if not self.isVisible():
            return
        tune = self._tune
        options = tune.options.limit
        source = (tune.table, tune.curves, tune.sizes, tune.over_time, tune.level, options, tune.counting)
        known = len(self._drawn) == len(source)
        if not known or any(
            new is not old and new != old for new, old in zip(source, self._drawn, strict=True)
        ):
            self._drawn = source
            self._draw()
        self._place_dots()

    def showEvent(self, event: QShowEvent) -> None:
        """What was not followed unseen is read now."""
        super().showEvent(event)
        soon(self, self.read_state)

    def _build(self) -> None:
        self.limit.setObjectName("comboLimit")
        self.limit.setProperty("compact", True)
        for limit in LIMITS:
            self.limit.addItem(f"≤ {limit:g}", limit)
        self.cards["pro"].bar.insertWidget(1, self.limit)
        inside = QWidget()
        inside.setProperty("surface", "none")
        row = QHBoxLayout(inside)
        row.setContentsMargins(14, 6, 14, 8)
        row.setSpacing(16)
        for card in self.cards.values():
            row.addWidget(card, 1)
        self._inside = inside
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setWidget(inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(area)

    def _on_theme(self, look: Tokens) -> None:
        for key, card in self.cards.items():
            card.setMinimumWidth(self._theme.px(WIDE + (46 if key == "pro" else 0)))
        self._inside.setMinimumHeight(self._theme.px(150))

    def _draw(self) -> None:
        self._draw_rates()
        self._draw_overlap()
        self._draw_sizes()
        tune = self._tune
        found = tune.over_time
        has_moved = found is not None and found.drift is not None and found.drift.has_drifted
        self.time.show_scores(found)
        moved = self.tr("good parts have drifted") if has_moved else ""
        self.cards["time"].say(self._words["time"], moved, "" if found is not None else self._nothing())

    def _draw_rates(self) -> None:
        tune = self._tune
        roc, precision = tune.roc, tune.precision
        about = "≈ " if tune.level == "pixel" and tune.curves is not None and not tune.curves.is_exact else ""
        for key, view, curve, name in (
            ("roc", self.roc, roc, "AUROC"),
            ("precision", self.precision, precision, "AP"),
        ):
            view.show_curve(curve.x if curve else None, curve.y if curve else None)
            figure = f"{name} {about}{curve.area:.3f}" if curve is not None else ""
            note = "" if curve is not None else self._missing(tune.level == "pixel")
            self.cards[key].say(self._words[key], figure, note)

    def _draw_overlap(self) -> None:
        tune, card = self._tune, self.cards["pro"]
        limit = tune.options.limit
        self.limit.setCurrentIndex(self.limit.findData(limit))
        curve = tune.curves.pro if tune.curves is not None else None
        if curve is None or tune.curves is None or not tune.has_bad:
            self.pro.show_curve(None, None, limit)
            card.say(self._words["pro"], "", self._missing(True))
            return
        self.pro.show_curve(curve.false_alarms, curve.overlap, limit)
        about = "" if tune.curves.is_exact else "≈ "
        card.say(self._words["pro"], f"AUPRO {about}{curve.area(limit):.3f}")

    def _draw_sizes(self) -> None:
        tune, card = self._tune, self.cards["sizes"]
        found = tune.sizes
        if found is None or not found.sizes.size:
            note = self.tr("Regions are measured when the pixel line rests.")
            note = note if found is None else self.tr("No region above the threshold")
            card.say(self._words["sizes"], "", note if tune.table is not None else self._nothing())
            return
        sizes = np.append(0.0, found.sizes)
        first = np.append(found.found[:1], found.found).astype(float)
        second = np.append(found.false_alarms[:1], found.false_alarms).astype(float)
        self.sizes.show_pair(sizes, first, second, float(max(first.max(), second.max(), 1.0)))
        card.say(self._words["sizes"], self.tr("— found ┄ alarms"))

    def _missing(self, is_pixel: bool) -> str:
        """Why there is no such curve."""
        tune = self._tune
        if tune.table is None:
            return self._nothing()
        if not tune.has_bad:
            return self.tr("Needs defective samples.")
        if not tune.table.good.size:
            return self.tr("Needs good samples.")
        if is_pixel and tune.trouble:
            return word(tune.trouble)
        if is_pixel and tune.curves is None:
            return self.tr("The pixels are being counted.")
        return self.tr("Needs masks of the defects.")

    def _nothing(self) -> str:
        return self.tr("Inspect the samples first")

    def _place_dots(self) -> None:
        tune = self._tune
        counts = tune.confusion
        rates: tuple[float | None, float | None, float | None] = (None, None, None)
        if counts is not None:
            rates = counts.false_alarm_rate.value, counts.recall.value, counts.precision.value
        self.roc.show_dot(_both(rates[0], rates[1]) if tune.roc is not None else None)
        self.precision.show_dot(_both(rates[1], rates[2]) if tune.precision is not None else None)
        pixel, place = tune.pixel_line, None
        if pixel is not None and tune.bins is not None:
            place = overlap_at(tune.bins, pixel.value)
        is_inside = place is not None and place[0] <= tune.options.limit
        self.pro.show_dot(place if is_inside else None)
        image = tune.image_line
        self.time.show_line(image.value if image is not None else None)

    def _on_limit(self, at: int) -> None:
        self.options_changed.emit(replace(self._tune.options, limit=self.limit.itemData(at)))

    def _curve_table(self, view: CurveView) -> Table:
        x, y = view.curve.getData()
        heads = (view.getAxis("bottom").labelText, view.getAxis("left").labelText)
        if x is None:
            return heads, ()
        return heads, [(f"{a:.4f}", f"{b:.4f}") for a, b in zip(x, y, strict=True)]

    def _sizes_table(self) -> Table:
        heads = (self.tr("least size, pixels"), self.tr("found"), self.tr("false alarms"))
        found = self._tune.sizes
        if found is None:
            return heads, ()
        rows = zip(found.sizes, found.found, found.false_alarms, strict=True)
        return heads, [(f"{size:.0f}", str(good), str(alarm)) for size, good, alarm in rows]

    def _time_table(self) -> Table:
        heads = (self.tr("No."), self.tr("score"), self.tr("running median"))
        found = self._tune.over_time
        if found is None:
            return heads, ()
        pairs = zip(found.scores, found.median, strict=True)
        return heads, [(str(at), f"{s:.4g}", f"{m:.4g}") for at, (s, m) in enumerate(pairs, start=1)]


def _both(x: float | None, y: float | None) -> tuple[float, float] | None:
    return None if x is None or y is None else (x, y)
