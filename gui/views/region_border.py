"""Where the contour runs on the points of a cloud."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.pixel_link import PixelLink
from core.state.overlay_state import OverlayState

MOST_POINTS = 20_000


def border_pixels(link: PixelLink, overlay: OverlayState, stride: int = 1) -> NDArray[np.int64]:
    """(P,) flat pixels of the sample on the inner border of what lies above the contour's level.

    A `stride` looks at every second, third... value of the map, while things move.
    """
    level = overlay.contour_level
    if link.score_map is None or level is None or not (overlay.is_shown and overlay.contour):
        return np.zeros(0, np.int64)
    with np.errstate(invalid="ignore"):
        above = link.score_map.pixels[::stride, ::stride] > level
    padded = np.pad(above, 1)
    inner = padded[:-2, 1:-1] & padded[2:, 1:-1] & padded[1:-1, :-2] & padded[1:-1, 2:]
    found = np.flatnonzero(above & ~inner)
    rows, columns = np.divmod(found[:: max(1, -(-len(found) // MOST_POINTS))], above.shape[1])
    left, top, width, height = link.map_box()
    map_rows, map_columns = link.score_map.pixels.shape
    down = np.floor(top + (stride * rows + 0.5) * (height / map_rows)).astype(np.int64)
    across = np.floor(left + (stride * columns + 0.5) * (width / map_columns)).astype(np.int64)
    high, wide = link.sample.shape
    inside = (down >= 0) & (down < high) & (across >= 0) & (across < wide)
    return np.asarray(down[inside] * wide + across[inside], np.int64)
