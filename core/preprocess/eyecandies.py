"""The geometry of Eyecandies: points from a rendered depth picture, without the stage around the sweet.

Bonfiglioli et al., "The Eyecandies dataset", ACCV 2022. The steps and constants are those by which M3DM
brought it into the MVTec 3D-AD layout, in double precision, so that its published figures can be repeated.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

FOCAL_LENGTH = 711.11
"""Pixels, on both axes; the principal point is the middle of the picture."""
HIGHEST_Y, FARTHEST_Z, WIDEST_X = -0.02, 1.8, 1.0
TO_METRES = np.array([0.1, -0.1, 0.1])


def depth_from_png(png: NDArray[np.integer], nearest: float, farthest: float) -> NDArray[np.float32]:
    """The 16-bit picture (H, W) as depth, in float32."""
    span = np.float32(farthest - nearest)
    return png.astype(np.float32) / np.float32(65535) * span + np.float32(nearest)


def points_from_depth(depth: NDArray[np.float32], pose: NDArray[np.float64]) -> NDArray[np.float64]:
    """Points (H, W, 3) in the world of the scene, from depth (H, W) and the camera's pose (4, 4)."""
    height, width = depth.shape
    camera = np.eye(4)
    camera[0, 0] = camera[1, 1] = FOCAL_LENGTH
    camera[:2, 2] = width / 2, height / 2
    rows, columns = np.mgrid[0:height, 0:width]
    with np.errstate(divide="ignore", invalid="ignore"):
        rays = np.stack([columns, rows, np.ones_like(rows), 1 / depth], axis=-1)
    points: NDArray[np.float64] = depth[..., None] * (rays @ np.linalg.inv(camera @ pose).T[:, :3])
    return points


def without_background(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """The points (H, W, 3) in metres, those of the stage with an x of exactly 0.

    The stage is turned level by its middle columns in the top and the bottom row.

    Reference: a removed point keeps a y and a z other than 0; it counts as missing because any coordinate
    of 0 does.
    """
    flat = points.reshape(-1, 3)
    middle = points.shape[1] // 2
    start = np.array([0.0, points[-1, -middle, 1], points[-1, -middle, 2]])
    along_z, along_y = points[0, middle, 2] - start[2], points[0, middle, 1] - start[1]
    length = np.hypot(along_z, along_y) or 1.0
    cos, sin = along_z / length, along_y / length
    turn = np.array([[1.0, 0.0, 0.0], [0.0, cos, -sin], [0.0, sin, cos]])
    upright = (flat - start) @ turn.T
    is_stage = (upright[:, 1] > HIGHEST_Y) | (upright[:, 2] > FARTHEST_Z) | (np.abs(upright[:, 0]) > WIDEST_X)
    upright[is_stage] = -start
    back = upright @ turn + start
    metres: NDArray[np.float64] = back[:, [0, 2, 1]] * TO_METRES
    return metres.reshape(points.shape)
