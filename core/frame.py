"""Where a working raster lies in the source picture: crop, padding and resize, undone exactly."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Frame:
    """A (height, width) raster whose pixel (row, column) shows source pixel row * step + top.

    Coordinates are those of pixel centres, (row, column), source pixel (0, 0) first. `top` and `left` are
    negative where the raster was padded, positive where it was cropped; `step` is source pixels per
    raster pixel. `cut_...` source pixels of each side were taken away on purpose: where padding lies over
    them, nothing is seen.
    """

    height: int
    width: int
    source_height: int
    source_width: int
    top: float = 0.0
    left: float = 0.0
    row_step: float = 1.0
    column_step: float = 1.0
    cut_top: int = 0
    cut_bottom: int = 0
    cut_left: int = 0
    cut_right: int = 0

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
        return replace(
            self,
            height=height,
            width=width,
            top=self.top - top * self.row_step,
            left=self.left - left * self.column_step,
        )

    def cut(self, top: int, bottom: int, left: int, right: int) -> Frame:
        """What is left of this raster without so many of its pixels on each side."""
        inside = self.padded(-top, -left, self.height - top - bottom, self.width - left - right)
        return replace(
            inside,
            cut_top=self.cut_top + round(top * self.row_step),
            cut_bottom=self.cut_bottom + round(bottom * self.row_step),
            cut_left=self.cut_left + round(left * self.column_step),
            cut_right=self.cut_right + round(right * self.column_step),
        )

    @property
    def is_cut(self) -> bool:
        """Whether anything was taken away on purpose."""
        return any((self.cut_top, self.cut_bottom, self.cut_left, self.cut_right))

    @property
    def seen_rows(self) -> tuple[int, int]:
        """The first row of the source that is left, and the one after the last."""
        return self.cut_top, self.source_height - self.cut_bottom

    @property
    def seen_columns(self) -> tuple[int, int]:
        """The same of its columns."""
        return self.cut_left, self.source_width - self.cut_right

    def resized(self, height: int, width: int) -> Frame:
        """The same view on another number of pixels; the outer edges of both rasters coincide."""
        rows, columns = self.height / height, self.width / width
        return replace(
            self,
            height=height,
            width=width,
            top=self.top + (rows - 1) / 2 * self.row_step,
            left=self.left + (columns - 1) / 2 * self.column_step,
            row_step=self.row_step * rows,
            column_step=self.column_step * columns,
        )
