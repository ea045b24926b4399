"""The sizes of regions on a cloud, or on the picture alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from core.measure.cells import cells_of
from core.measure.metric_cloud import MetricCloud
from core.measure.rectangle import least_rectangle
from core.measure.ring import Window, ring_of, window_around
from core.measure.surface import LEAST_POINTS, Surface, fit_surface
from core.measurement import ENOUGH_COVERAGE, LEAST_COVERAGE, Reference, Region, RegionSize, Spread

_MOST_POINTS = 20_000
Points = NDArray[np.float64]


class NormalHeights(Protocol):
    """What a mean good part tells of every point of a cloud."""

    def rise(self, cloud: MetricCloud) -> tuple[Points, Points]:
        """(H, W) signed mm above it, and how level it is there; NaN where it cannot tell."""
        ...


def measure_regions(
    regions: Sequence[Region],
    cloud: MetricCloud | None,
    reference: Reference = "local",
    mean_part: NormalHeights | None = None,
    mm_per_pixel: float | None = None,
) -> tuple[RegionSize, ...]:
    """The sizes of all regions of one part; surroundings are what no region covers.

    Without a cloud, sizes come from the image scale `mm_per_pixel`, else they are pixels.
    """
    return tuple(measure_each(regions, cloud, reference, mean_part, mm_per_pixel))


def measure_each(
    regions: Sequence[Region],
    cloud: MetricCloud | None,
    reference: Reference = "local",
    mean_part: NormalHeights | None = None,
    mm_per_pixel: float | None = None,
) -> Iterator[RegionSize]:
    """The same one after the other, for those who may stop before the last."""
    if cloud is None:
        yield from (_on_picture(region, mm_per_pixel) for region in regions)
        return
    marked = np.zeros(cloud.shape, bool)
    for region in regions:
        marked[region.box] |= region.mask
    rise = mean_part.rise(cloud) if reference == "mean_part" and mean_part is not None else None
    flat = _flat(cloud, marked) if reference == "flat" else None
    yield from (_measured(region, cloud, marked, flat, rise) for region in regions)


def _measured(
    region: Region,
    cloud: MetricCloud,
    marked: NDArray[np.bool_],
    flat: Surface | None,
    rise: tuple[Points, Points] | None,
) -> RegionSize:
    window = window_around(region, cloud)
    own = region.on(cloud.shape)[window]
    valid = own & cloud.seen[window]
    coverage = float(np.count_nonzero(valid) / region.pixels)
    size = RegionSize(region.number, region.pixels, region.peak, "too_few", coverage, spacing=cloud.spacing)
    points = cloud.points[window]
    size = replace(size, area=cells_of(points, own, cloud.spacing).total)
    if coverage < LEAST_COVERAGE or np.count_nonzero(valid) < 3:
        return size
    size = replace(size, trust="full" if coverage >= ENOUGH_COVERAGE else "at_least")
    ring = ring_of(region, cloud, marked, window)
    surface = flat or fit_surface(points[ring], cloud.to_sensor)
    if surface is None:
        return size
    if rise is not None:
        return _against_mean(size, region, cloud, window, ring, surface, rise)
    heights = surface.deviation(points)
    return _filled(size, cloud, window, own, surface, heights, surface.error, surface.kind)


def _against_mean(
    size: RegionSize,
    region: Region,
    cloud: MetricCloud,
    window: Window,
    ring: NDArray[np.bool_],
    surface: Surface,
    rise: tuple[Points, Points],
) -> RegionSize:
    """The mean part is moved along the prevailing normal until it meets the surroundings of the region."""
    heights, level = (layer[window] for layer in rise)
    known = ring & np.isfinite(heights) & np.isfinite(level)
    if np.count_nonzero(known) < LEAST_POINTS:
        return size
    heights = heights * float(np.median(level[known]))
    around = heights[known]
    offset = float(np.median(around))
    error = 1.4826 * float(np.median(np.abs(around - offset)))
    own = region.on(cloud.shape)[window]
    return _filled(size, cloud, window, own, surface, heights - offset, error, "mean_part")


def _filled(
    size: RegionSize,
    cloud: MetricCloud,
    window: Window,
    own: NDArray[np.bool_],
    surface: Surface,
    heights: Points,
    error: float,
    kind: str,
) -> RegionSize:
    points = cloud.points[window]
    seen = own & cloud.seen[window]
    projected = cells_of(points, own, cloud.spacing, surface.normal)
    length, width = least_rectangle(surface.on_plane(points[seen]), cloud.spacing)
    known = heights[seen & np.isfinite(heights)]
    return replace(
        size,
        projected_area=projected.total,
        length=length,
        width=width,
        depth=_spread(known) if known.size else None,
        volume=projected.volume(heights),
        fit_error=error,
        surface=kind,
    )


def _spread(heights: Points) -> Spread:
    low, high = np.quantile(heights, [0.05, 0.95])
    return Spread(float(heights.min()), float(low), float(heights.mean()), float(high), float(heights.max()))


def _flat(cloud: MetricCloud, marked: NDArray[np.bool_]) -> Surface | None:
    """One plane through the part, thinned evenly where it has very many points."""
    points = cloud.points[cloud.seen & cloud.part & ~marked]
    step = max(1, len(points) // _MOST_POINTS)
    return fit_surface(points[::step], cloud.to_sensor, only_plane=True)


def _on_picture(region: Region, mm_per_pixel: float | None) -> RegionSize:
    scale = mm_per_pixel if mm_per_pixel is not None else 1.0
    places = np.argwhere(region.mask).astype(np.float64)
    length, width = least_rectangle(places, 1.0)
    return RegionSize(
        region.number,
        region.pixels,
        region.peak,
        "pixels" if mm_per_pixel is None else "image_scale",
        area=region.pixels * scale**2,
        projected_area=region.pixels * scale**2,
        length=length * scale,
        width=width * scale,
        spacing=scale,
    )
