"""A line in a plot that is dragged to set a threshold, with a flag that says its value."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPen


class ThresholdLine(pg.InfiniteLine):  # type: ignore[misc]
    """Upright; `sigDragged` while it moves and `sigPositionChangeFinished` on release."""

    def __init__(self, name: str, label: str, on_right: bool) -> None:
        super().__init__(0.0, angle=90, movable=True)
        self.setObjectName(name)
        self.setCursor(Qt.CursorShape.SizeHorCursor)
        side = (0, 0) if on_right else (1, 0)
        self.flag = pg.InfLineLabel(self, label, position=1.0, anchors=[side, side])
        self.setZValue(20)

    def place(self, value: float | None) -> None:
        """Stand at a value without telling anybody; None: be gone."""
        self.setVisible(value is not None)
        if value is not None:
            was = self.blockSignals(True)
            self.setValue(value)
            self.blockSignals(was)
            self.flag.valueChanged()
            self.flag.updatePosition()

    def turn(self, on_right: bool) -> None:
        """Let the flag stand on this side of the line."""
        side = (0, 0) if on_right else (1, 0)
        if self.flag.anchors[0] != side:
            self.flag.anchors = [side, side]
            self.flag.updatePosition()

    def dress(self, line: str, width: float, flag_ground: str, flag_ink: str, is_dashed: bool) -> None:
        """Take colours."""
        pen = QPen(QColor(line), width)
        pen.setCosmetic(True)
        if is_dashed:
            pen.setDashPattern([4.0, 3.0])
        self.setPen(pen)
        self.setHoverPen(pen)
        self.flag.fill = pg.mkBrush(flag_ground)
        self.flag.setColor(QColor(flag_ink))
