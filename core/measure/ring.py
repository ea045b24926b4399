"""The surroundings of a region, from which its reference surface is taken."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from core.measure.metric_cloud import MetricCloud
from core.measurement import Region

SHARE_OF_RADIUS = 1.5
NARROWEST_MM, WIDEST_MM = 2.0, 10.0

Window = tuple[slice, slice]


def ring_width_mm(region: Region, spacing: float) -> float:
    """How far the ring reaches from the region."""
    radius = math.sqrt(region.pixels / math.pi) * spacing
    return min(max(SHARE_OF_RADIUS * radius, NARROWEST_MM), WIDEST_MM)


def window_around(region: Region, cloud: MetricCloud) -> Window:
    """Rows and columns that hold the region and its ring, within the raster."""
    margin = math.ceil(ring_width_mm(region, cloud.spacing) / cloud.spacing) + 1
    rows, columns = region.box
    height, width = cloud.shape
    return (
        slice(max(0, rows.start - margin), min(height, rows.stop + margin)),
        slice(max(0, columns.start - margin), min(width, columns.stop + margin)),
    )


def ring_of(
    region: Region, cloud: MetricCloud, marked: NDArray[np.bool_], window: Window
) -> NDArray[np.bool_]:
    """(h, w) of the window: seen pixels of the part around the region, without any of the `marked` (H, W)."""
    own = region.on(cloud.shape)[window]
    away = ndimage.distance_transform_edt(~own) * cloud.spacing
    near = away <= ring_width_mm(region, cloud.spacing)
    found: NDArray[np.bool_] = near & ~own & ~marked[window] & cloud.seen[window] & cloud.part[window]
    return found
