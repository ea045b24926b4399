"""Where the contour runs on the points of a cloud."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.pixel_link import PixelLink
from core.state.overlay_state import OverlayState

MOST_POINTS = 20_000


def border_pixels(link: PixelLink, overlay: OverlayState) -> NDArray[np.int64]:
    """(P,) flat pixels of the sample on the inner border of what lies above the contour's level."""
    level = overlay.contour_level
    if link.score_map is None or level is None or not (overlay.is_shown and overlay.contour):
        return np.zeros(0, np.int64)
    with np.errstate(invalid="ignore"):
        above = link.score_map.pixels > level
    padded = np.pad(above, 1)
    inner = padded[:-2, 1:-1] & padded[2:, 1:-1] & padded[1:-1, :-2] & padded[1:-1, 2:]
    rows, columns = np.nonzero(above & ~inner)
    step = max(1, -(-len(rows) // MOST_POINTS))
    rows, columns = rows[::step], columns[::step]
    left, top, width, height = link.map_box()
    down = np.floor(top + (rows + 0.5) * (height / above.shape[0])).astype(np.int64)
    across = np.floor(left + (columns + 0.5) * (width / above.shape[1])).astype(np.int64)
    high, wide = link.sample.shape
    inside = (down >= 0) & (down < high) & (across >= 0) & (across < wide)
    return np.asarray(down[inside] * wide + across[inside], np.int64)
