"""One sample's cloud made ready for drawing: which pixel is which point, its light, its thinned copy."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from core.pixel_link import Pixel, PixelLink
from core.state.overlay_state import OverlayState
from gui.views.cloud_colours import point_colours
from gui.views.cloud_shading import SensorAxes, sensor_axes, shade_of
from gui.views.region_border import border_pixels


@dataclass(frozen=True, eq=False)
class CloudScene:
    """A linked sample as points; row r of all (P, ...) arrays is the flat pixel kept[r].

    `row_of_pixel` (H * W,) is the inverse, -1 where the pixel has no point. `thin_rows` are the points that
    are drawn while the camera moves.
    """

    link: PixelLink
    kept: NDArray[np.int64]
    row_of_pixel: NDArray[np.int32]
    points: NDArray[np.float32]
    axes: SensorAxes
    shade: NDArray[np.float32]
    thin_rows: NDArray[np.int64]
    stride: int

    @classmethod
    def of(cls, link: PixelLink, moving_points: int) -> CloudScene | None:
        """Take the points that the sensor saw on the part; None if it saw none."""
        sample = link.sample
        if sample.xyz is None:
            return None
        shown = sample.seen if sample.part is None else sample.seen & sample.part
        kept = np.flatnonzero(shown)
        if not len(kept):
            return None
        row_of_pixel = np.full(shown.size, -1, np.int32)
        row_of_pixel[kept] = np.arange(len(kept), dtype=np.int32)
        points = np.ascontiguousarray(sample.xyz.reshape(-1, 3)[kept], np.float32)
        axes = sensor_axes(sample.xyz)
        shade = shade_of(sample.xyz, axes).ravel()[kept]
        stride = max(1, math.ceil(math.sqrt(len(kept) / moving_points)))
        rows, columns = np.divmod(kept, shown.shape[1])
        thin = np.flatnonzero((rows % stride == 0) & (columns % stride == 0))
        return cls(link, kept, row_of_pixel, points, axes, shade, thin, stride)

    def relinked(self, link: PixelLink) -> CloudScene:
        """The same points with another map over them."""
        return CloudScene(
            link,
            self.kept,
            self.row_of_pixel,
            self.points,
            self.axes,
            self.shade,
            self.thin_rows,
            self.stride,
        )

    def colours(self, overlay: OverlayState, is_light: bool) -> NDArray[np.uint8]:
        """(P, 3) as the overlay wants it."""
        return point_colours(self.link, self.kept, self.shade, self.axes, overlay, is_light)

    def thin_colours(self, overlay: OverlayState, is_light: bool) -> NDArray[np.uint8]:
        """(T, 3) of the thinned copy alone: the others need not be reckoned while things move."""
        kept, shade = self.kept[self.thin_rows], self.shade[self.thin_rows]
        return point_colours(self.link, kept, shade, self.axes, overlay, is_light)

    def border(self, overlay: OverlayState, stride: int = 1) -> NDArray[np.float32]:
        """(B, 3) the points along the contour, as far as it has any."""
        rows = self.row_of_pixel[border_pixels(self.link, overlay, stride)]
        return self.points[rows[rows >= 0]]

    @cached_property
    def lift(self) -> NDArray[np.float64]:
        """(3,) one spacing of the points towards the sensor: what is lifted so lies on the surface."""
        some = self.points[self.thin_rows] if len(self.thin_rows) else self.points
        spacing = float(np.ptp(some, axis=0).max()) / math.sqrt(len(self.points))
        return np.asarray(-self.axes.away * spacing, np.float64)

    def pixel_of(self, row: int) -> Pixel:
        """The pixel that saw the point."""
        pixel_row, column = divmod(int(self.kept[row]), self.link.sample.shape[1])
        return pixel_row, column

    def row_at(self, pixel: Pixel) -> int | None:
        """The point that the pixel saw, None where it saw nothing."""
        row = int(self.row_of_pixel[pixel[0] * self.link.sample.shape[1] + pixel[1]])
        return None if row < 0 else row

    def nearest(self, place: NDArray[np.floating]) -> int | None:
        """The point next to a place on the surface: nearest thinned point, then its neighbours' best."""
        if not len(self.thin_rows):
            return None
        offsets = self.points[self.thin_rows] - place
        first = self.thin_rows[int(np.argmin(np.einsum("pc,pc->p", offsets, offsets)))]
        height, width = self.link.sample.shape
        row, column = self.pixel_of(int(first))
        rows = np.arange(max(0, row - self.stride), min(height, row + self.stride + 1))
        columns = np.arange(max(0, column - self.stride), min(width, column + self.stride + 1))
        around = self.row_of_pixel[(rows[:, None] * width + columns).ravel()]
        around = around[around >= 0]
        offsets = self.points[around] - place
        return int(around[int(np.argmin(np.einsum("pc,pc->p", offsets, offsets)))])
