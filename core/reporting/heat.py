"""Heat and contour painted over a picture of the part, in plain numpy."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from core.colour_maps import levels, lut, smooth_step
from core.sample import Sample

Picture = NDArray[np.uint8]
_DARK, _LIGHT = (11, 13, 15), (255, 255, 255)


@dataclass(frozen=True)
class HeatLook:
    """The colours of a class: the range of the map's colours, and the line whose contour is drawn."""

    low: float
    high: float
    threshold: float | None = None
    opacity: float = 0.72

    @property
    def ends(self) -> tuple[float, float]:
        """The range of the colours."""
        return self.low, self.high


def base_picture(sample: Sample) -> Picture:
    """The colour image (H, W, 3), or a relief of the cloud where there is none."""
    return np.asarray(sample.rgb) if sample.rgb is not None else _relief(sample)


def heat_over(picture: Picture, scores: NDArray[np.float32], look: HeatLook) -> Picture:
    """Paint scores (H, W) over the picture of the same raster; low scores and NaN stay clear."""
    line = look.threshold if look.threshold is not None else look.low + 0.6 * (look.high - look.low)
    known = np.nan_to_num(scores, nan=look.low)
    alpha = look.opacity * smooth_step(
        known, look.low + 0.2 * (line - look.low), max(1.2 * line, line + 1e-9)
    )
    colours = lut("inferno")[levels(known, look.low, look.high)]
    mixed = picture * (1 - alpha[..., None]) + colours * alpha[..., None]
    painted = np.rint(mixed).astype(np.uint8)
    return painted if look.threshold is None else _contoured(painted, known > look.threshold)


def _contoured(picture: Picture, inside: NDArray[np.bool_]) -> Picture:
    """A light line on the edge of the regions and a dark one around it: visible on any picture."""
    if not inside.any():
        return picture
    drawn = picture.copy()
    grown = ndimage.binary_dilation(inside)
    drawn[ndimage.binary_dilation(grown) & ~grown] = _DARK
    drawn[grown & ~inside] = _LIGHT
    return drawn


def _relief(sample: Sample) -> Picture:
    """Grey by height within the part, dark where the sensor saw nothing."""
    assert sample.xyz is not None
    heights, seen = sample.xyz[..., 2], sample.seen
    if not seen.any():
        return np.zeros((*sample.shape, 3), np.uint8)
    near, far = np.quantile(heights[seen], [0.01, 0.99])
    share = np.clip((far - np.where(seen, heights, far)) / max(far - near, 1e-9), 0, 1)
    grey = np.where(seen, 40 + 190 * share, 15)
    return np.repeat(np.rint(grey).astype(np.uint8)[..., None], 3, axis=2)
