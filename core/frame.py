"""Where a working raster lies in the source picture: crop, padding and resize, undone exactly."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Frame:
    """A (height, width) raster whose pixel (row, column) shows source pixel row * step + top.

    Coordinates are those of pixel centres, (row, column), source pixel (0, 0) first. `top` and `left` are
    negative where the raster was padded, positive where it was cropped; `step` is source pixels per
    raster pixel.
    """

    height: int
    width: int
    source_height: int
    source_width: int
    top: float = 0.0
    left: float = 0.0
    row_step: float = 1.0
    column_step: float = 1.0

    @classmethod
    def whole(cls, height: int, width: int) -> Frame:
        """The frame of an untouched picture."""
        return cls(height, width, height, width)

    @property
    def shape(self) -> tuple[int, int]:
        """(H, W) of the raster."""
        return self.height, self.width

    def to_source(self, row: float, column: float) -> tuple[float, float]:
        """The source position that raster position (row, column) shows."""
        return row * self.row_step + self.top, column * self.column_step + self.left

    def from_source(self, row: float, column: float) -> tuple[float, float]:
        """The raster position that shows the source position (row, column)."""
        return (row - self.top) / self.row_step, (column - self.left) / self.column_step

    def padded(self, top: int, left: int, height: int, width: int) -> Frame:
        """This raster laid into a larger one at row `top`, column `left`; negative values crop."""
        return Frame(
            height,
            width,
            self.source_height,
            self.source_width,
            self.top - top * self.row_step,
            self.left - left * self.column_step,
            self.row_step,
            self.column_step,
        )

    def resized(self, height: int, width: int) -> Frame:
        """The same view on another number of pixels; the outer edges of both rasters coincide."""
        rows, columns = self.height / height, self.width / width
        return Frame(
            height,
            width,
            self.source_height,
            self.source_width,
            self.top + (rows - 1) / 2 * self.row_step,
            self.left + (columns - 1) / 2 * self.column_step,
            self.row_step * rows,
            self.column_step * columns,
        )
