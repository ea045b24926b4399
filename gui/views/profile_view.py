"""The heights along a line over the part, as a plot that points back at the part."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from core.measure.tools import Profile
from gui.theme import Theme, faded
from gui.tokens import Tokens
from gui.views.plot_axes import paint_axes

_WAYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class MillimetreAxis(pg.AxisItem):  # type: ignore[misc]
    """Says its unit beside the last of its numbers."""

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        """The numbers with a true minus sign."""
        texts = [text.replace("-", "−") for text in super().tickStrings(values, scale, spacing)]
        return [*texts[:-1], f"{texts[-1]} mm"] if texts else []


class ProfileView(pg.PlotWidget):  # type: ignore[misc]
    """objectName plotProfile; mm along the line to the right, mm above it upward, gaps where points miss.

    `pointed` carries the place along the line under the mouse, or that the arrow keys have gone to.
    """

    pointed = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        axes = {side: MillimetreAxis(side) for side in ("bottom", "left")}
        super().__init__(parent, background=theme.tokens.surface1, axisItems=axes)
        self.setObjectName("plotProfile")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._theme = theme
        self._profile: Profile | None = None
        self.at: int | None = None
        self.curve = pg.PlotDataItem([], [], connect="finite")
        self.mark = pg.InfiniteLine(angle=90, movable=False)
        self.base = pg.InfiniteLine(pos=0, angle=0, movable=False)
        plot = self.getPlotItem()
        for item in (self.base, self.curve, self.mark):
            plot.addItem(item)
        plot.hideButtons()
        plot.setMenuEnabled(False)
        plot.setMouseEnabled(False, False)
        plot.getViewBox().setDefaultPadding(0.05)
        plot.showGrid(y=True, alpha=0.12)
        self.setMouseTracking(True)
        self.mark.hide()
        self.retheme(theme.tokens)

    def show_profile(self, profile: Profile) -> None:
        """Draw these heights."""
        self._profile = profile
        self.curve.setData(profile.way, profile.heights)
        self.stand_at(None)

    def stand_at(self, at: int | None) -> None:
        """Mark a place along the line, or none."""
        profile = self._profile
        self.at = at if profile is not None and at is not None and at < len(profile.way) else None
        self.mark.setVisible(self.at is not None)
        if self.at is not None and profile is not None:
            self.mark.setPos(float(np.nan_to_num(profile.way[self.at])))

    def retheme(self, look: Tokens) -> None:
        """Take the colours of another theme."""
        paint_axes(self, self._theme, look)
        self.curve.setPen(pg.mkPen(look.accent, width=2))
        self.base.setPen(pg.mkPen(look.line_strong, width=1))
        self.mark.setPen(pg.mkPen(faded(look.text, 0.8), width=1.25))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrows go along the line."""
        way = _WAYS.get(Qt.Key(event.key()))
        if way is None or self._profile is None:
            event.ignore()
            return
        last = len(self._profile.way) - 1
        start = self.at if self.at is not None else -1 if way > 0 else last + 1
        self._point(min(max(start + way, 0), last))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Point at the place below."""
        super().mouseMoveEvent(event)
        if self._profile is not None:
            spot = self.getPlotItem().getViewBox().mapSceneToView(self.mapToScene(event.position().toPoint()))
            self._point(int(np.nanargmin(np.abs(self._profile.way - spot.x()))))

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is pointed at any more."""
        super().leaveEvent(event)
        self.stand_at(None)

    def close(self) -> bool:
        """Close as any widget, however often."""
        return bool(QWidget.close(self))

    def _point(self, at: int) -> None:
        self.stand_at(at)
        self.pointed.emit(at)
