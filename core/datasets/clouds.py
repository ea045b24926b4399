"""Organised clouds of any common kind as (H, W, 3) float32 metres, missing points NaN."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.datasets.faults import EmptyCloud, NoRaster, WrongType, reading
from core.datasets.pcd import read_pcd
from core.datasets.ply import read_ply
from core.datasets.tiff_cloud import read_tiff
from core.phrase import say

Raster = tuple[int, int]


def read_cloud(path: Path, metres_per_unit: float = 1.0, raster: Raster | None = None) -> NDArray[np.float32]:
    """Read a cloud; `raster` places the points of a file that only lists them, row by row.

    Raises EmptyCloud where not one point was seen.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise WrongType(
            say("{file} is not a kind of cloud that can be read.", file=path),
            remedy=say("Save clouds as TIFF, NPY, PLY or PCD."),
        )
    with reading(path):
        stored = reader(path)
        return in_metres(_organised(stored, raster, path), metres_per_unit, path)


def in_metres(points: NDArray[np.generic], metres_per_unit: float, path: Path) -> NDArray[np.float32]:
    """Scale (H, W, 3) numbers to metres; a point with any coordinate 0 or not finite becomes NaN."""
    seen = seen_points(points)
    if not seen.any():
        raise EmptyCloud(
            say("{file} holds a cloud without a single point.", file=path),
            remedy=say("Scan the part again, or skip this sample."),
        )
    metres = points.astype(np.float32) if metres_per_unit == 1.0 else _scaled(points, metres_per_unit)
    metres[~seen] = np.nan
    return metres


def seen_points(points: NDArray[np.generic]) -> NDArray[np.bool_]:
    """(H, W) True where all three coordinates are finite and none is exactly 0."""
    seen = np.ones(points.shape[:2], bool)
    for axis in range(3):
        column = points[..., axis]
        seen &= column != 0
        if points.dtype.kind == "f":
            seen &= np.isfinite(column)
    return seen


def _scaled(points: NDArray[np.generic], metres_per_unit: float) -> NDArray[np.float32]:
    return (points.astype(np.float64) * metres_per_unit).astype(np.float32)


def _organised(points: NDArray[np.generic], raster: Raster | None, path: Path) -> NDArray[np.generic]:
    """The points as (H, W, 3); a list of points takes the raster that was given, if it fits exactly."""
    if points.ndim == 3 and points.shape[2] == 3 and points.dtype.kind in "fiu":
        return points
    if points.ndim != 2 or points.shape[1] != 3 or points.dtype.kind not in "fiu":
        raise WrongType(
            say("{file} holds numbers of shape {shape}, not points of three.", file=path, shape=points.shape),
            remedy=say("A cloud is height x width x 3: x, y and z of every pixel."),
        )
    if raster is not None and raster[0] * raster[1] == len(points):
        return points.reshape(*raster, 3)
    raise NoRaster(
        say("{file} lists {count} points without rows and columns.", file=path, count=len(points)),
        remedy=say("Export an organised cloud: one point per pixel, missing points as NaN or 0."),
    )


def _read_npy(path: Path) -> NDArray[np.generic]:
    """Mapped first, so that a header that lies about its size never allocates it."""
    mapped: NDArray[np.generic] = np.load(path, mmap_mode="r", allow_pickle=False)
    return np.array(mapped)


READERS: dict[str, Callable[[Path], NDArray[np.generic]]] = {
    ".tif": read_tiff,
    ".tiff": read_tiff,
    ".npy": _read_npy,
    ".ply": read_ply,
    ".pcd": read_pcd,
}
SUFFIXES = tuple(READERS)
