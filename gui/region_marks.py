"""The found regions as marks for the views."""

from __future__ import annotations

import numpy as np

from core.measurement import Region
from core.pixel_link import Pixel, PixelLink
from core.state.regions_state import RegionsState
from gui.region_texts import SizeTexts
from gui.views.region_mark import RegionMark

MOST_LABELS = 12
"""More labels than these would hide the part; the others are read in the table."""


def marks_of(state: RegionsState, link: PixelLink) -> tuple[RegionMark, ...]:
    """One mark for each region on the raster of the shown sample; only some of very many are labelled."""
    found = state.found
    if found is None:
        return ()
    marks = []
    for region, size in zip(found.regions, found.sizes, strict=True):
        text = SizeTexts(size, state.shown_unit, found.is_exact)
        is_chosen = region.number == state.selected
        marks.append(
            RegionMark(
                region.number,
                text.area_with_unit,
                *_extent(region, found.step, link),
                text_3d=text.short_depth,
                is_chosen=is_chosen,
                is_labelled=is_chosen or region.number <= MOST_LABELS,
                at_3d=_seen_pixel(region, found.step, link),
                region=region,
                step=found.step,
            )
        )
    return tuple(marks)


def _extent(region: Region, step: int, link: PixelLink) -> tuple[float, float, float, float]:
    """Middle and half extent in the sample's pixels."""
    height, width = region.mask.shape
    ends = ((region.top, region.left), (region.top + height, region.left + width))
    (top, left), (bottom, right) = (
        link.sample.placing.from_source(row * step - 0.5, column * step - 0.5) for row, column in ends
    )
    return (top + bottom) / 2, (left + right) / 2, abs(bottom - top) / 2, abs(right - left) / 2


def _seen_pixel(region: Region, step: int, link: PixelLink) -> Pixel | None:
    """The pixel of the region next to its middle that has a point, in the sample's raster."""
    if link.sample.xyz is None:
        return None
    rows, columns = np.nonzero(region.mask)
    middle = rows.mean(), columns.mean()
    order = np.argsort((rows - middle[0]) ** 2 + (columns - middle[1]) ** 2)
    for at in order[:: max(1, len(order) // 200)]:
        spot = (float((region.top + rows[at]) * step), float((region.left + columns[at]) * step))
        pixel = link.from_source(spot)
        if pixel is not None and link.point_at(pixel) is not None:
            return pixel
    return None
