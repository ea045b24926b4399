"""One pixel in all its rasters: shown sample, source picture, cloud and score map, linked by index."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from core.frame import Frame
from core.sample import Sample
from core.score_map import ScoreMap

Pixel = tuple[int, int]
Box = tuple[float, float, float, float]


@dataclass(frozen=True, eq=False)
class PixelLink:
    """A sample and a map of it; `map_frame` is the raster that the map spans, None: the sample's own.

    Pixels are (row, column) of the sample's raster. A map may have any resolution over its raster.
    """

    sample: Sample
    score_map: ScoreMap | None = None
    map_frame: Frame | None = None

    def __post_init__(self) -> None:
        """Where padding lies over what a crop took away the map has its least value: nothing is hot."""
        frame, found = self.map_frame, self.score_map
        if frame is None or found is None or not frame.is_cut or not np.isfinite(found.pixels).any():
            return
        place = frame.resized(*found.pixels.shape)
        rows = np.arange(place.height) * place.row_step + place.top
        columns = np.arange(place.width) * place.column_step + place.left
        pixels = found.pixels.copy()
        pixels[_is_cut(rows, frame.seen_rows, frame.source_height)] = np.nanmin(pixels)
        pixels[:, _is_cut(columns, frame.seen_columns, frame.source_width)] = np.nanmin(pixels)
        object.__setattr__(self, "score_map", replace(found, pixels=pixels))

    def to_source(self, pixel: tuple[float, float]) -> tuple[float, float]:
        """The position in the source picture."""
        return self.sample.placing.to_source(*pixel)

    def from_source(self, spot: tuple[float, float]) -> Pixel | None:
        """The sample's pixel at that source position, None outside the raster."""
        row, column = self.sample.placing.from_source(*spot)
        return self.inside(math.floor(row + 0.5), math.floor(column + 0.5))

    def inside(self, row: int, column: int) -> Pixel | None:
        """The pixel itself, None outside the raster."""
        height, width = self.sample.shape
        return (row, column) if 0 <= row < height and 0 <= column < width else None

    def point_at(self, pixel: Pixel) -> NDArray[np.float32] | None:
        """X, Y, Z in metres, None where the sensor saw nothing."""
        if self.sample.xyz is None:
            return None
        point: NDArray[np.float32] = self.sample.xyz[pixel]
        return point if np.isfinite(point).all() else None

    def colour_at(self, pixel: Pixel) -> tuple[int, int, int] | None:
        """R, G, B, None without a picture."""
        if self.sample.rgb is None:
            return None
        red, green, blue = (int(value) for value in self.sample.rgb[pixel])
        return red, green, blue

    def score_at(self, pixel: Pixel) -> float | None:
        """The map's own value that is shown at that pixel, None where there is none."""
        if self.score_map is None:
            return None
        rows, columns = self._map_cells(np.array([pixel[0]]), np.array([pixel[1]]))
        if rows[0] < 0 or columns[0] < 0:
            return None
        score = float(self.score_map.pixels[rows[0], columns[0]])
        return None if math.isnan(score) else score

    def hottest(self) -> Pixel | None:
        """The sample's pixel of the highest score, None without a map."""
        if self.score_map is None or not np.isfinite(self.score_map.pixels).any():
            return None
        row, column = np.unravel_index(np.nanargmax(self.score_map.pixels), self.score_map.pixels.shape)
        left, top, width, height = self.map_box()
        rows, columns = self.score_map.pixels.shape
        y, x = top + (int(row) + 0.5) * height / rows, left + (int(column) + 0.5) * width / columns
        return self.inside(math.floor(y), math.floor(x))

    def scores_of(self, flat_pixels: NDArray[np.int64]) -> NDArray[np.float32]:
        """(P,) the map's value for each flat pixel of the sample, NaN outside the map."""
        assert self.score_map is not None
        return self._of(self.score_map.pixels, flat_pixels)

    @property
    def has_distances(self) -> bool:
        """Whether the map tells millimetres from the normal surface, and the cloud's unit is known."""
        return self.score_map is not None and self.score_map.distance_mm is not None and self.sample.is_metric

    def distances_of(self, flat_pixels: NDArray[np.int64]) -> NDArray[np.float32]:
        """(P,) signed millimetres for each flat pixel of the sample, NaN where there is none."""
        assert self.score_map is not None
        assert self.score_map.distance_mm is not None
        return self._of(self.score_map.distance_mm, flat_pixels)

    def _of(self, values: NDArray[np.float32], flat_pixels: NDArray[np.int64]) -> NDArray[np.float32]:
        if self.map_frame is None and values.shape == self.sample.shape:
            return values.ravel()[flat_pixels]
        rows, columns = self._map_cells(*np.divmod(flat_pixels, self.sample.shape[1]))
        found = values[np.maximum(rows, 0), np.maximum(columns, 0)].copy()
        found[(rows < 0) | (columns < 0)] = np.nan
        return found

    def map_box(self) -> Box:
        """(left, top, width, height) of the map in the sample's pixels, edges at whole numbers."""
        frame = self.map_frame or self.sample.placing
        placing = self.sample.placing
        top, left = placing.from_source(*frame.to_source(-0.5, -0.5))
        bottom, right = placing.from_source(*frame.to_source(frame.height - 0.5, frame.width - 0.5))
        return left + 0.5, top + 0.5, right - left, bottom - top

    def source_box(self) -> Box:
        """(left, top, width, height) of the whole source picture in the sample's pixels."""
        placing = self.sample.placing
        top, left = placing.from_source(-0.5, -0.5)
        bottom, right = placing.from_source(placing.source_height - 0.5, placing.source_width - 0.5)
        return left + 0.5, top + 0.5, right - left, bottom - top

    def source_pixels(self, flat_pixels: NDArray[np.integer]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Rows and columns in the source of flat pixels of the sample, held within its edges."""
        placing = self.sample.placing
        rows, columns = np.divmod(flat_pixels, self.sample.shape[1])
        down = np.rint(rows * placing.row_step + placing.top).astype(np.int64)
        across = np.rint(columns * placing.column_step + placing.left).astype(np.int64)
        return np.clip(down, 0, placing.source_height - 1), np.clip(across, 0, placing.source_width - 1)

    def _map_cells(
        self, rows: NDArray[np.integer], columns: NDArray[np.integer]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Map cells that show those pixels, -1 outside."""
        assert self.score_map is not None
        left, top, width, height = self.map_box()
        map_rows, map_columns = self.score_map.pixels.shape
        frame, placing = self.map_frame or self.sample.placing, self.sample.placing
        down, across = rows * placing.row_step + placing.top, columns * placing.column_step + placing.left
        found_rows, found_columns = (
            _cells(rows, top, height, map_rows),
            _cells(columns, left, width, map_columns),
        )
        found_rows[_is_cut(down, frame.seen_rows, frame.source_height)] = -1
        found_columns[_is_cut(across, frame.seen_columns, frame.source_width)] = -1
        return found_rows, found_columns


def _is_cut(places: NDArray[np.floating], seen: tuple[int, int], size: int) -> NDArray[np.bool_]:
    """Positions of a source of that size that a crop took away: padding may lie there, and says nothing."""
    first, end = seen
    before = (places >= -0.5) & (places < first - 0.5)
    cut: NDArray[np.bool_] = before | ((places >= end - 0.5) & (places < size - 0.5))
    return cut


def _cells(pixels: NDArray[np.integer], start: float, length: float, count: int) -> NDArray[np.int64]:
    cells: NDArray[np.int64] = np.floor((pixels + 0.5 - start) * (count / length)).astype(np.int64)
    cells[(cells < 0) | (cells >= count)] = -1
    return cells
