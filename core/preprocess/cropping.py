"""The rim of the picture taken away: fixtures, clamps, and what else is not the part."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from numpy.typing import NDArray

from core.preprocess.config import PreprocessConfig
from core.sample import Sample


def cropped(sample: Sample, config: PreprocessConfig) -> Sample:
    """What is left of the sample, at least one pixel; its frame leads back to the whole picture."""
    height, width = sample.shape
    top, low = _left(height, config.crop_top, config.crop_bottom)
    left, right = _left(width, config.crop_left, config.crop_right)
    if (top, left, low, right) == (0, 0, height, width):
        return sample

    def inside(array: NDArray[Any] | None) -> NDArray[Any] | None:
        return None if array is None else array[top:low, left:right].copy()

    return replace(
        sample,
        rgb=inside(sample.rgb),
        xyz=inside(sample.xyz),
        mask=inside(sample.mask),
        part=inside(sample.part),
        frame=sample.placing.cut(top, height - low, left, width - right),
    )


def _left(side: int, before: int, after: int) -> tuple[int, int]:
    start = min(round(side * before / 100), side - 1)
    return start, max(start + 1, side - round(side * after / 100))
