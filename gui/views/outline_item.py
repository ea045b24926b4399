"""A line over a picture that is seen on any ground: light in the middle, dark at its sides."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsPathItem, QStyleOptionGraphicsItem, QWidget

from core.pixel_link import Box
from gui.tokens import Tokens
from gui.views.isoline import isoline


class OutlineItem(QGraphicsPathItem):
    """One path drawn with two pens; their widths are screen pixels whatever the zoom."""

    def __init__(self, is_dashed: bool = False, ink: str = "contour") -> None:
        super().__init__()
        self._is_dashed = is_dashed
        self._ink = ink
        self._light = QPen()
        self.piece_count = 0
        self._followed: tuple[object, float, Box] = (None, 0.0, (0, 0, 0, 0))

    def follow_mask(self, mask: NDArray[np.bool_] | None, box: Box) -> None:
        """Run around a mask that is laid over `box`; None: nowhere."""
        if mask is None or not self._is_followed(mask, 0.5, box):
            self.follow(None if mask is None else mask.astype(np.float32), 0.5, box)
            self._followed = (mask, 0.5, box)

    def follow(self, values: NDArray[np.floating] | None, level: float, box: Box) -> None:
        """Run where the map, laid over `box`, crosses the level; None: nowhere."""
        if values is not None and self._is_followed(values, level, box):
            return
        self._followed = (values, level, box)
        path = QPainterPath()
        self.piece_count = 0
        if values is not None and min(values.shape) > 1:
            pieces = isoline(values, level)
            self.piece_count = len(pieces)
            left, top, width, height = box
            x = left + (pieces[..., 0] + 0.5) * (width / values.shape[1])
            y = top + (pieces[..., 1] + 0.5) * (height / values.shape[0])
            if len(pieces):
                path = pg.arrayToQPath(x.ravel(), y.ravel(), connect="pairs")
        self.setPath(path)

    def _is_followed(self, values: object, level: float, box: Box) -> bool:
        """Whether the path is that already: arrays are the same only if they are one object."""
        return values is self._followed[0] and (level, box) == self._followed[1:]

    def draw_as(self, look: Tokens, width: float) -> None:
        """Take colours and width."""
        dark, self._light = (
            QPen(QColor(look.contour_edge), width + 2.2),
            QPen(QColor(getattr(look, self._ink)), width),
        )
        for pen in (dark, self._light):
            pen.setCosmetic(True)
            pen.setCapStyle(Qt.PenCapStyle.SquareCap)  # round ones take twice the time
        if self._is_dashed:
            self._light.setCapStyle(Qt.PenCapStyle.FlatCap)
            self._light.setDashPattern([3.0, 3.0])
        self.setPen(dark)
        self.update()

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Dark below, light above."""
        for pen in (self.pen(), self._light):
            painter.setPen(pen)
            painter.drawPath(self.path())
