"""The colour of every point of a cloud: shaded part, photo or height, with the heat mixed in."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.colour_maps import levels, lut
from core.pixel_link import PixelLink
from core.state.overlay_state import OverlayState
from gui.views.cloud_masks import tint_masks
from gui.views.cloud_shading import SensorAxes

PART_GREY = np.array([0.80, 0.83, 0.87], np.float32)
LIGHT_THEME = 0.86
"""The part is darker on a light ground."""
LEAST_REACH_MM = 0.1
"""What a sensor adds of its own is not to look like a deviation."""


def point_colours(
    link: PixelLink,
    kept: NDArray[np.int64],
    shade: NDArray[np.float32],
    axes: SensorAxes,
    overlay: OverlayState,
    is_light: bool,
) -> NDArray[np.uint8]:
    """(P, 3) colours of the points at the flat pixels `kept`, whose brightness is `shade` (P,)."""
    base = _base(link, kept, shade, axes, overlay)
    if is_light:
        base *= LIGHT_THEME
    if overlay.colour_by_3d == "score" and link.score_map is not None and overlay.is_shown:
        _mix_heat(base, link, kept, shade, overlay)
    tint_masks(base, link, kept, overlay)
    return np.asarray(np.clip(base, 0, 255), np.uint8)


def height_range(
    link: PixelLink, kept: NDArray[np.int64], axes: SensorAxes
) -> tuple[float, float, NDArray[np.float32]]:
    """(low, high, heights (P,)) towards the sensor, above the middle of the part, in metres."""
    assert link.sample.xyz is not None
    heights = -(link.sample.xyz.reshape(-1, 3)[kept] @ axes.away)
    heights = heights - np.median(heights)
    low, high = np.percentile(heights, (1, 99))
    return float(low), float(high), heights


def distance_reach(link: PixelLink, kept: NDArray[np.int64]) -> tuple[float, NDArray[np.float32]]:
    """How far the colours reach to both sides of nought, and the distances (P,), all in millimetres."""
    distances = link.distances_of(kept)
    known = np.abs(distances[np.isfinite(distances)])
    return max(float(np.percentile(known, 99.8)) if known.size else 0.0, LEAST_REACH_MM), distances


def _base(
    link: PixelLink,
    kept: NDArray[np.int64],
    shade: NDArray[np.float32],
    axes: SensorAxes,
    overlay: OverlayState,
) -> NDArray[np.float32]:
    if overlay.colour_by_3d == "rgb" and link.sample.rgb is not None:
        photo = link.sample.rgb.reshape(-1, 3)[kept]
        return photo * (0.78 + 0.28 * shade[:, None])
    if overlay.colour_by_3d == "height":
        low, high, heights = height_range(link, kept, axes)
        return lut("viridis")[levels(heights, low, high)] * (0.45 + 0.62 * shade[:, None])
    if overlay.colour_by_3d == "distance" and link.has_distances:
        return _by_distance(link, kept, shade)
    return 255 * PART_GREY * shade[:, None]


def _by_distance(link: PixelLink, kept: NDArray[np.int64], shade: NDArray[np.float32]) -> NDArray[np.float32]:
    """Two colours from the middle of nought; grey where no distance is known."""
    reach, distances = distance_reach(link, kept)
    painted = lut("difference")[levels(distances, -reach, reach)] * (0.45 + 0.62 * shade[:, None])
    unknown = np.isnan(distances)
    painted[unknown] = 255 * PART_GREY * shade[unknown, None]
    return np.asarray(painted, np.float32)


def _mix_heat(
    base: NDArray[np.float32],
    link: PixelLink,
    kept: NDArray[np.int64],
    shade: NDArray[np.float32],
    overlay: OverlayState,
) -> None:
    """Replace the part's shade by heat where the score nears the line; a little relief stays in it."""
    assert link.score_map is not None
    low, high = overlay.range_for(link.score_map)
    level = levels(link.scores_of(kept), low, high)
    share = overlay.mixing(low, high).astype(np.float32)
    hot = np.flatnonzero(share[level] > 0)
    mixed, relief = share[level[hot]][:, None], 0.84 + 0.18 * shade[hot, None]
    base[hot] += mixed * (lut(overlay.colour_map)[level[hot]] * relief - base[hot])
