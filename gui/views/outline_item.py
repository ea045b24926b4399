"""A line over a picture that is seen on any ground: light in the middle, dark at its sides."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItemGroup, QGraphicsPathItem

from core.pixel_link import Box
from gui.tokens import Tokens
from gui.views.isoline import isoline


class OutlineItem(QGraphicsItemGroup):
    """Two paths along the same pieces; widths are screen pixels whatever the zoom."""

    def __init__(self, is_dashed: bool = False) -> None:
        super().__init__()
        self._is_dashed = is_dashed
        self._dark, self._light = QGraphicsPathItem(), QGraphicsPathItem()
        self.addToGroup(self._dark)
        self.addToGroup(self._light)
        self.piece_count = 0

    def follow(self, values: NDArray[np.floating] | None, level: float, box: Box) -> None:
        """Run where the map, laid over `box`, crosses the level; None: nowhere."""
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
        self._dark.setPath(path)
        self._light.setPath(path)

    def draw_as(self, look: Tokens, width: float) -> None:
        """Take colours and width."""
        for item, colour, line in (
            (self._dark, look.contour_edge, width + 2.2),
            (self._light, look.contour, width),
        ):
            pen = QPen(QColor(colour), line)
            pen.setCosmetic(True)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            if self._is_dashed and item is self._light:
                pen.setDashPattern([3.0, 3.0])
                pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            item.setPen(pen)
