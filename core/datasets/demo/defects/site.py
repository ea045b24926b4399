"""Where on a part a defect is put."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from core.datasets.demo.place import Field, Place


def on_face(face: NDArray[np.bool_], place: Place, rng: np.random.Generator, clearance_mm: float) -> Place:
    """A frame of random direction at a random cell of `face` that lies `clearance_mm` from its edge.

    Where the face is nowhere that wide, the cell farthest from the edge is taken.
    """
    step = max(1, round(0.8 / place.pitch_mm))
    room = ndimage.distance_transform_edt(np.pad(face[::step, ::step], 1))[1:-1, 1:-1] * step * place.pitch_mm
    wide = np.flatnonzero(room >= min(clearance_mm, float(room.max())))
    row, column = np.unravel_index(wide[rng.integers(wide.size)], room.shape)
    return _frame_at(place, int(row) * step, int(column) * step, rng.uniform(-np.pi, np.pi))


def on_rim(part: NDArray[np.bool_], place: Place, rng: np.random.Generator) -> Place:
    """A frame at the part's outer edge, in a random direction from its centre, x pointing outwards."""
    turn = rng.uniform(-np.pi, np.pi)
    ray = place.moved(0, 0, turn)
    on_ray = part & (np.abs(ray.y) <= place.pitch_mm) & (ray.x > 0)
    reach = float(ray.x[on_ray].max())
    return place.moved(reach * np.cos(turn), reach * np.sin(turn), turn)


def ragged(frame: Place, radius: float, rng: np.random.Generator, raggedness: float = 0.18) -> Field:
    """Distance from the frame's origin, 0 there and 1 on an irregular outline about `radius` mm away."""
    angle = frame.angle
    outline = np.ones_like(angle)
    for waves in (2, 3, 4, 5, 7, 9):
        swing = 1.6 * raggedness * rng.normal() / waves
        outline += np.float32(swing) * np.cos(waves * angle + np.float32(rng.uniform(0, 6.3)))
    return frame.radius / (np.float32(radius) * np.clip(outline, 0.45, 1.7))


def _frame_at(place: Place, row: int, column: int, turn: float) -> Place:
    return place.moved(float(place.x[row, column]), float(place.y[row, column]), turn)
