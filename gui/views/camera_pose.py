"""Where the camera of the 3D view stands: the first look and the standard views, as plain numbers."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from gui.views.cloud_shading import SensorAxes

StandardView = Literal["first", "front", "back", "left", "right", "top", "bottom", "isometric"]
STANDARD_VIEWS: tuple[StandardView, ...] = (
    "first",
    "top",
    "front",
    "right",
    "back",
    "left",
    "bottom",
    "isometric",
)
VIEW_ANGLE = 27.0
"""Degrees, top to bottom."""
FILLED = 0.85
"""Share of the width that the part takes at the first look."""
Direction = tuple[float, float, float]
DIRECTIONS: dict[StandardView, Direction] = {
    "first": (-0.24, 0.70, 0.68),
    "front": (0, 1, 0),
    "back": (0, -1, 0),
    "left": (-1, 0, 0),
    "right": (1, 0, 0),
    "top": (0, 0, 1),
    "bottom": (0, 0, -1),
    "isometric": (-1, 1, 0.82),
}
"""From the part to the camera: right, down (nearer to the picture's foot), towards the sensor."""


@dataclass(frozen=True, eq=False)
class CameraPose:
    """A perspective camera: positions in the cloud's unit."""

    position: NDArray[np.float64]
    focus: NDArray[np.float64]
    up: NDArray[np.float64]

    def parts(self) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
        """In the order of the constructor."""
        return self.position, self.focus, self.up


def pose_for(side: Direction, axes: SensorAxes, points: NDArray[np.floating], aspect: float) -> CameraPose:
    """The camera that sees all `points` (P, 3) from that side in a window of that width over height."""
    right, down, toward = (np.asarray(a, float) for a in (axes.right, axes.down, -axes.away))
    sideways, below, above = side
    direction = sideways * right + below * down + above * toward
    direction /= np.linalg.norm(direction)
    up = -down if abs(direction @ toward) > 0.99 else toward
    across = np.cross(up, direction)
    across /= np.linalg.norm(across)
    up = np.cross(direction, across)
    focus = (points.min(axis=0) + points.max(axis=0)).astype(float) / 2
    return _framed(points, focus, direction, across, up, aspect)


def _framed(
    points: NDArray[np.floating],
    focus: NDArray[np.float64],
    direction: NDArray[np.float64],
    across: NDArray[np.float64],
    up: NDArray[np.float64],
    aspect: float,
) -> CameraPose:
    """Step back until the widest point fits, then centre what is seen; two rounds suffice."""
    half_height = math.tan(math.radians(VIEW_ANGLE / 2)) * FILLED
    half_width = half_height * aspect
    distance = 0.0
    for _ in range(3):
        local = points - focus
        x, y, near = local @ across, local @ up, local @ direction
        distance = float(np.max(np.maximum(np.abs(x) / half_width, np.abs(y) / half_height) + near))
        depth = np.maximum(distance - near, 1e-9)
        screen_x, screen_y = x / depth, y / depth
        shift_x = (screen_x.max() + screen_x.min()) / 2 * distance
        shift_y = (screen_y.max() + screen_y.min()) / 2 * distance
        focus = focus + shift_x * across + shift_y * up
    return CameraPose(focus + direction * max(distance, 1e-6), focus, up)
