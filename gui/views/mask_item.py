"""A mask laid over a picture: an even veil, or stripes, so that two of them are told apart without colour."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor

from core.pixel_link import Box
from gui.tokens import tokens

_STRIPES = 56
"""So many stripes across the picture."""
_STRONG, _FAINT = 130, 46


class MaskItem(pg.ImageItem):  # type: ignore[misc]
    """Shows a boolean mask in one colour of the dark look; `is_striped` leaves every other stripe faint."""

    def __init__(self, ink: str, is_striped: bool) -> None:
        super().__init__(axisOrder="row-major")
        self._is_striped = is_striped
        colour = QColor(getattr(tokens("dark"), ink))
        table = np.zeros((256, 4), np.uint8)
        for level, alpha in ((1, _STRONG if is_striped else 2 * _FAINT), (2, _FAINT)):
            table[level] = (colour.red(), colour.green(), colour.blue(), alpha)
        self._table = table
        self._followed: tuple[object, Box] | None = None
        self.setVisible(False)

    def follow(self, mask: NDArray[np.bool_] | None, box: Box) -> None:
        """Lay a mask over `box`; None: nowhere."""
        self.setVisible(mask is not None)
        is_same = self._followed is not None and self._followed[0] is mask and self._followed[1] == box
        if mask is None or is_same:
            return
        self._followed = (mask, box)
        levels = mask.astype(np.uint8)
        if self._is_striped:
            rows, columns = np.ogrid[: mask.shape[0], : mask.shape[1]]
            levels[mask & (stripe_of(rows, columns, max(mask.shape)) == 1)] = 2
        self.setImage(levels, autoLevels=False, levels=None)
        self.setLookupTable(self._table)
        self.setRect(QRectF(*box))


def stripe_of(rows: NDArray[np.integer], columns: NDArray[np.integer], side: int) -> NDArray[np.integer]:
    """0 or 1 in turn along the diagonal of a raster of that side."""
    return np.asarray((rows + columns) // max(1, side // _STRIPES) % 2)
