"""Three hatchings over a greyed part: what both mark, what only one marks; told apart without colour."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from core.metrics.marked import Marked
from core.sample import Sample
from gui.tokens import tokens

LINES_ACROSS, LINES_IN_3D = 70, 34
"""Stripes over the longer side of the part's picture; points of a cloud need broad ones."""
_GREY = 118
_DIM, _TINT = 0.30, 0.35


def colour_of(kind: Marked) -> tuple[int, int, int]:
    """The ink of a hatching; the same in both themes, because it lies over a photo."""
    look = tokens("dark")
    name = {Marked.BOTH: look.contour, Marked.ONLY_A: look.curve2, Marked.ONLY_B: look.curve3}[kind]
    ink = QColor(name)
    return ink.red(), ink.green(), ink.blue()


def hatched(sample: Sample, marked: NDArray[np.uint8], stripes: int = LINES_ACROSS) -> NDArray[np.uint8]:
    """(H, W, 3) the greyed photo with a hatching over each kind of pixel, and a line around it.

    Only A rises to the right, only B falls, both is crossed.
    """
    height, width = marked.shape
    ground = np.full((height, width), _GREY, np.float32)
    if sample.rgb is not None:
        ground = sample.rgb.mean(axis=2, dtype=np.float32)
    picture = np.repeat(ground[:, :, None], 3, axis=2)
    edge = _edges(marked)
    for kind in (Marked.BOTH, Marked.ONLY_A, Marked.ONLY_B):
        rows, columns = np.nonzero(marked == kind)
        if not rows.size:
            continue
        ink = np.array(colour_of(kind), np.float32)
        dimmed = picture[rows, columns] * _DIM + ink * (_TINT * 0.4)
        lines = _striped(kind, rows, columns, max(height, width) / stripes) | edge[rows, columns]
        picture[rows, columns] = np.where(lines[:, None], ink, dimmed)
    return np.clip(picture, 0, 255).astype(np.uint8)


def swatch(kind: Marked, side: int, ratio: float) -> QImage:
    """A square of the hatching, for the legend."""
    pixels = max(8, round(side * ratio))
    field = np.full((pixels, pixels), kind, np.uint8)
    rows, columns = np.nonzero(field)
    ink = np.array(colour_of(kind), np.float32)
    lines = _striped(kind, rows, columns, pixels / 3)[:, None]
    tile = np.where(lines, ink, _GREY * _DIM + ink * (_TINT * 0.4)).astype(np.uint8)
    rgb = np.ascontiguousarray(tile.reshape(pixels, pixels, 3))
    image = QImage(rgb.data, pixels, pixels, 3 * pixels, QImage.Format.Format_RGB888).copy()
    painter = QPainter(image)
    painter.setPen(QPen(QColor(*colour_of(kind)), 1.0))
    painter.drawRect(QRectF(0.5, 0.5, pixels - 1, pixels - 1))
    painter.end()
    image.setDevicePixelRatio(ratio)
    return image


def _striped(
    kind: Marked, rows: NDArray[np.int64], columns: NDArray[np.int64], every: float
) -> NDArray[np.bool_]:
    period = max(4, round(every))
    wide = max(1, round(period * 0.3))
    rising: NDArray[np.bool_] = (rows + columns) % period < wide
    falling: NDArray[np.bool_] = (rows - columns) % period < wide
    return {Marked.ONLY_A: rising, Marked.ONLY_B: falling}.get(kind, rising | falling)


def _edges(marked: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """(H, W) pixels whose right or lower neighbour is of another kind."""
    found = np.zeros(marked.shape, bool)
    found[:, :-1] |= marked[:, :-1] != marked[:, 1:]
    found[:-1] |= marked[:-1] != marked[1:]
    return found
