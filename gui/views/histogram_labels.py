"""The words in the histogram: totals, parts on the wrong side of the line, and what lies farther out."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor, QFont

from gui.tokens import Tokens
from gui.views.short_count import short_count

ROOM = 20
"""Pixels above and below the bars that belong to the words."""
_NEAR = 0.55


class HistogramLabels:
    """Words for good parts stand above all bars, words for defective ones below them."""

    def __init__(self, plot: pg.PlotItem) -> None:
        self.good, self.bad, self.alarms = pg.TextItem(), pg.TextItem(), pg.TextItem()
        self.missed, self.beyond = pg.TextItem(), pg.TextItem(anchor=(1, 1))
        for label in self._all():
            label.setZValue(10)
            plot.addItem(label, ignoreBounds=True)
        self._box = plot.getViewBox()

    def dress(self, look: Tokens, font: QFont) -> None:
        """Take colours and letters."""
        inks = (look.ok_text, look.ok_text, look.ng_text, look.ng_text, look.text2)
        for label, ink in zip(self._all(), inks, strict=True):
            label.setColor(QColor(ink))
            label.setFont(font)

    def say(
        self, totals: tuple[int, int], wrong: tuple[int, int], beyond: int, is_pixels: bool = False
    ) -> None:
        """Set the counts; nothing is said of what there is none of."""
        good, bad = totals
        alarms, missed = wrong
        self.good.setText(f"● {_tr('OK')} {short_count(good)}" if good else "")
        self.bad.setText(f"◆ {_tr('NG')} {short_count(bad)}" if bad else "")
        text = _tr("{n} pixels above T") if is_pixels else _tr("{n} false alarm(s)")
        self.alarms.setText(text.format(n=short_count(alarms)) if alarms else "")
        self.missed.setText(_tr("{n} below T").format(n=short_count(missed)) if missed else "")
        self.beyond.setText(f"{beyond} →" if beyond else "")

    def place(self, line: float | None, flag_width: float, low_line: float | None) -> None:
        """Totals at the end that is away from the line, wrong parts beside the line, each on its own side."""
        (left, right), (bottom, top) = self._box.viewRange()
        wide, pixel = right - left, (right - left) / max(1.0, self._box.width())
        is_late = line is not None and (line - left) / wide > _NEAR
        edge, side = (left, 0) if is_late else (right, 1)
        for label, height, up in ((self.good, top, 0), (self.bad, bottom, 1)):
            label.setAnchor((side, up))
            label.setPos(edge, height)
        self.beyond.setPos(right, 0)
        if line is None:
            return
        width = self.alarms.boundingRect().width() * pixel
        fits = line + flag_width * pixel + width < right
        self.alarms.setAnchor((0 if fits else 1, 0))
        self.alarms.setPos(line + flag_width * pixel if fits else line, top)
        start = line if low_line is None else min(line, low_line)
        fits = start - self.missed.boundingRect().width() * pixel > left
        self.missed.setAnchor((1 if fits else 0, 1))
        self.missed.setPos(start if fits else line, bottom)

    def _all(self) -> tuple[pg.TextItem, ...]:
        return self.good, self.alarms, self.bad, self.missed, self.beyond


def _tr(text: str) -> str:
    return QCoreApplication.translate("HistogramView", text)
