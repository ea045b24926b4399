"""Carries score maps to the source picture, and truth masks from there to the raster of a map."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from core.frame import Frame


def on_source(pixels: NDArray[np.float32], frame: Frame) -> NDArray[np.float32]:
    """The map (any resolution, laid over `frame`) as (source_height, source_width); NaN where it saw nothing.

    Bilinear between the centres of the map's pixels; exact where the rasters coincide.
    """
    place = frame.resized(*pixels.shape)
    if place == Frame.whole(frame.source_height, frame.source_width):
        return pixels
    rows = (np.arange(frame.source_height) - place.top) / place.row_step
    columns = (np.arange(frame.source_width) - place.left) / place.column_step
    grid = np.broadcast_arrays(*np.ix_(_held(rows, pixels.shape[0]), _held(columns, pixels.shape[1])))
    found = ndimage.map_coordinates(pixels, grid, order=1, mode="nearest", output=np.float32)
    down, across = np.arange(frame.source_height), np.arange(frame.source_width)
    found[~(_covered(rows, (0, pixels.shape[0])) & _covered(down, frame.seen_rows))] = np.nan
    found[:, ~(_covered(columns, (0, pixels.shape[1])) & _covered(across, frame.seen_columns))] = np.nan
    return np.asarray(found)


def without_margin(pixels: NDArray[np.float32], frame: Frame) -> NDArray[np.float32]:
    """The map with NaN where it lies beyond what is left of the source: padding is no part of the picture."""
    place = frame.resized(*pixels.shape)
    rows = np.arange(pixels.shape[0]) * place.row_step + place.top
    columns = np.arange(pixels.shape[1]) * place.column_step + place.left
    is_inside = np.ix_(_covered(rows, frame.seen_rows), _covered(columns, frame.seen_columns))
    found = np.full_like(pixels, np.nan)
    found[is_inside] = pixels[is_inside]
    return found


def truth_on_map(mask: NDArray[np.bool_], frame: Frame, shape: tuple[int, int]) -> NDArray[np.bool_]:
    """The source's mask as a map of `shape` over `frame` sees it: the nearest pixel, no defect outside."""
    if mask.shape != (frame.source_height, frame.source_width):
        frame = _scaled_to(frame, mask.shape)
    place = frame.resized(*shape)
    rows = np.floor(np.arange(shape[0]) * place.row_step + place.top + 0.5 + 1e-9).astype(int)
    columns = np.floor(np.arange(shape[1]) * place.column_step + place.left + 0.5 + 1e-9).astype(int)
    found: NDArray[np.bool_] = mask[np.ix_(_within(rows, mask.shape[0]), _within(columns, mask.shape[1]))]
    for places, (first, end), side in (
        (rows, frame.seen_rows, found),
        (columns, frame.seen_columns, found.T),
    ):
        side[(places < first) | (places >= end)] = False
    return found


def _held(places: NDArray[np.floating], size: int) -> NDArray[np.floating]:
    held: NDArray[np.floating] = np.clip(places, 0, size - 1)
    return held


def _within(places: NDArray[np.int64], size: int) -> NDArray[np.int64]:
    return np.clip(places, 0, size - 1)


def _covered(places: NDArray[Any], among: tuple[int, int]) -> NDArray[np.bool_]:
    """Positions inside the outer edges of pixels `first` to before `end`; a hair of rounding is forgiven."""
    first, end = among
    inside: NDArray[np.bool_] = (places >= first - 0.5 - 1e-6) & (places <= end - 0.5 + 1e-6)
    return inside


def _scaled_to(frame: Frame, shape: tuple[int, ...]) -> Frame:
    """The same view of a source on another number of pixels."""
    rows, columns = shape[0] / frame.source_height, shape[1] / frame.source_width
    return Frame(
        frame.height,
        frame.width,
        shape[0],
        shape[1],
        (frame.top + 0.5) * rows - 0.5,
        (frame.left + 0.5) * columns - 0.5,
        frame.row_step * rows,
        frame.column_step * columns,
        round(frame.cut_top * rows),
        round(frame.cut_bottom * rows),
        round(frame.cut_left * columns),
        round(frame.cut_right * columns),
    )
