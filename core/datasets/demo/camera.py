"""A pinhole camera above a tilted table, and what each of its pixels sees."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from core.datasets.demo.place import Field, Place


@dataclass(frozen=True)
class Camera:
    """A square raster of `size` pixels, the table's origin `distance_mm` away on its axis.

    The table is turned by `tilt` (about the camera's x and y axis, radians) from facing the camera. The
    camera's axes are x right, y down, z away. Its axis passes between the middle pixels, so that hardly any
    coordinate is exactly 0, which would mean "not seen"; `is_axis_on_pixel` puts it on pixel size / 2.
    """

    size: int
    focal_px: float
    distance_mm: float
    tilt: tuple[float, float] = (0.0, 0.0)
    is_axis_on_pixel: bool = False

    @property
    def axes(self) -> NDArray[np.float64]:
        """(3, 3) columns: the table's x, y and upward directions in the camera's frame."""
        (sx, cx), (sy, cy) = ((np.sin(turn), np.cos(turn)) for turn in self.tilt)
        about_x = np.array([[1, 0, 0], [0, cx, -sx], [0, sx, cx]])
        about_y = np.array([[cy, 0, sy], [0, 1, 0], [-sy, 0, cy]])
        turned: NDArray[np.float64] = about_x @ about_y @ np.diag([1.0, 1.0, -1.0])
        return turned

    @property
    def pitch_mm(self) -> float:
        """The width of one pixel on the table."""
        return self.distance_mm / self.focal_px

    def rays(self) -> Field:
        """(H, W, 3) direction of each pixel in the camera's frame, its depth being 1."""
        middle = self.size / 2 if self.is_axis_on_pixel else (self.size - 1) / 2
        steps = (np.arange(self.size, dtype=np.float32) - np.float32(middle)) / np.float32(self.focal_px)
        across, down = np.meshgrid(steps, steps)
        return np.stack([across, down, np.ones_like(down)], -1)


@dataclass(frozen=True, eq=False)
class Sight:
    """Where a camera's rays pass above the table: at height z at `foot` + z * `lean`, all (H, W) in mm."""

    rays: Field
    foot: tuple[Field, Field]
    lean: tuple[Field, Field]
    range_at_zero: Field
    range_per_height: Field

    def depth(self, height: Field) -> Field:
        """(H, W) distance along the camera's axis in mm at which each ray is `height` above the table."""
        return self.range_at_zero + height * self.range_per_height

    def where(self, chosen: NDArray[np.bool_]) -> Sight:
        """The chosen rays alone, in one row."""
        return Sight(
            self.rays[chosen],
            (self.foot[0][chosen], self.foot[1][chosen]),
            (self.lean[0][chosen], self.lean[1][chosen]),
            self.range_at_zero[chosen],
            self.range_per_height[chosen],
        )


def sight_of(camera: Camera) -> Sight:
    """Prepare the rays of a camera for walking down to the table."""
    rays = camera.rays()
    turned = (rays @ camera.axes).astype(np.float32)
    origin = (np.array([0, 0, camera.distance_mm]) @ camera.axes).astype(np.float32)
    per_height = 1 / turned[..., 2]
    at_zero = origin[2] * per_height
    return Sight(
        rays,
        (at_zero * turned[..., 0] - origin[0], at_zero * turned[..., 1] - origin[1]),
        (per_height * turned[..., 0], per_height * turned[..., 1]),
        at_zero,
        per_height,
    )


class HeightMap:
    """Looks up a height raster at places given in mm on the table."""

    def __init__(self, height: Field, place: Place) -> None:
        self._rows = height
        self._flat = np.ascontiguousarray(height).ravel()
        self._middle = (height.shape[0] - 1) / 2
        self._per_mm = np.float32(1 / place.pitch_mm)

    def cells(self, x: Field, y: Field) -> NDArray[np.int32]:
        """Flat index of the nearest raster cell."""
        side = self._rows.shape[0]
        column = np.clip(x * self._per_mm + np.float32(self._middle + 0.5), 0, side - 1).astype(np.int32)
        row = np.clip(y * self._per_mm + np.float32(self._middle + 0.5), 0, side - 1).astype(np.int32)
        cell: NDArray[np.int32] = row * np.int32(side) + column
        return cell

    def nearest(self, x: Field, y: Field) -> Field:
        """Height of the nearest cell."""
        return self._flat[self.cells(x, y)]

    def corners(self, x: Field, y: Field) -> tuple[NDArray[np.int32], Field, Field]:
        """Flat index of the cell above and left of each place, and its share of the way to the next."""
        side = self._rows.shape[0]
        across = np.clip(x * self._per_mm + np.float32(self._middle), 0, side - 1.001)
        down = np.clip(y * self._per_mm + np.float32(self._middle), 0, side - 1.001)
        column, row = np.floor(across), np.floor(down)
        first = row.astype(np.int32) * np.int32(side) + column.astype(np.int32)
        return first, across - column, down - row

    def between(self, x: Field, y: Field) -> Field:
        """Height interpolated between the four cells around each place."""
        return interpolated(self._flat, self.corners(x, y), self._rows.shape[0])


def interpolated(values: Field, corners: tuple[NDArray[np.int32], Field, Field], side: int) -> Field:
    """Bilinear values (H, W) or (H, W, C) from a flat raster (cells,) or (cells, C)."""
    first, across, down = corners
    if values.ndim == 2:
        across, down = across[..., None], down[..., None]
    top = values[first]
    top += (values[first + 1] - top) * across
    bottom = values[first + side]
    bottom += (values[first + side + 1] - bottom) * across
    top += (bottom - top) * down
    return top


def first_hit(sight: Sight, height: Field, place: Place) -> Field:
    """(H, W) height above the table at which each ray meets the surface first, coming from the camera.

    On gentle ground a few rounds of looking up the height and moving on settle; rays that pass near a wall
    are followed down from the top.
    """
    surface = HeightMap(height, place)
    top = float(height.max()) * 1.01 + 0.1
    drift = max(float(np.abs(lean).max()) for lean in sight.lean) * top / place.pitch_mm
    level = surface.nearest(*sight.foot)
    for _ in range(4):
        level = surface.between(*_at(sight, level))
    walls = _near_walls(height, place, drift)[surface.cells(*sight.foot)]
    level[walls] = _walked_down(sight.where(walls), surface, top, drift)
    return level


def _near_walls(height: Field, place: Place, drift: float) -> NDArray[np.bool_]:
    """(cells,) True where ground steeper than 2 : 1 lies within `drift` cells."""
    down, across = (np.abs(np.diff(height, axis=axis)) > 2 * place.pitch_mm for axis in (0, 1))
    steep = np.zeros(height.shape, np.uint8)
    steep[1:] |= down
    steep[:, 1:] |= across
    near: NDArray[np.bool_] = ndimage.maximum_filter(steep, 2 * int(np.ceil(drift)) + 3).ravel() > 0
    return near


def _walked_down(sight: Sight, surface: HeightMap, top: float, drift: float) -> Field:
    steps = int(np.clip(np.ceil(2 * drift), 2, 80))
    level = np.linspace(top, 0, steps + 1, dtype=np.float32)
    reached = np.zeros(sight.range_at_zero.shape, np.int32)
    for step in range(1, steps):
        below = surface.between(*_at(sight, level[step])) < level[step]
        reached += below & (reached == step - 1)
    low, high = level[reached + 1], level[reached]
    for _ in range(4):
        middle = (low + high) / 2
        inside = surface.between(*_at(sight, middle)) >= middle
        low, high = np.where(inside, middle, low), np.where(inside, high, middle)
    return np.clip(surface.between(*_at(sight, (low + high) / 2)), low, high)


def _at(sight: Sight, level: Field | np.float32) -> tuple[Field, Field]:
    return sight.foot[0] + level * sight.lean[0], sight.foot[1] + level * sight.lean[1]


def looked_at(sight: Sight, height: Field) -> tuple[Field, Field]:
    """The table coordinates (x, y) in mm of what each pixel sees at `height`."""
    return _at(sight, height)
