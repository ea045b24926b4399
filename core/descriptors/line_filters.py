"""Lines in a raster, whatever way they run: scratches and cracks add up along their length."""

from __future__ import annotations

import numpy as np
from scipy import fft

from core.descriptors.filters import Raster

_DIRECTIONS = 12
_REACH = 3.0
_LEAST_WIDTH = 1.0


def line_strength(raster: Raster, width: float, length: float) -> list[Raster]:
    """The strongest dark (or sunk) and the strongest bright (or raised) line through every pixel.

    `width` and `length` are standard deviations in pixels of a second derivative across and a mean along.
    """
    margin = int(np.ceil(_REACH * length))
    around = np.pad(raster, margin, mode="edge")
    size = [fft.next_fast_len(side, real=True) for side in around.shape]
    spectrum = fft.rfft2(around, size)
    down = (2 * np.pi * fft.fftfreq(size[0])).astype(np.float32)[:, None]
    right = (2 * np.pi * fft.rfftfreq(size[1])).astype(np.float32)[None]
    width = max(width, _LEAST_WIDTH)
    dark = np.full(raster.shape, -np.inf, np.float32)
    bright = dark.copy()
    for turn in np.pi * np.arange(_DIRECTIONS, dtype=np.float32) / _DIRECTIONS:
        along = length * (right * np.cos(turn) + down * np.sin(turn))
        across = np.square(width * (down * np.cos(turn) - right * np.sin(turn)))
        response = fft.irfft2(spectrum * (across * np.exp(-(across + np.square(along)) / 2)), size)
        inner = response[margin : margin + raster.shape[0], margin : margin + raster.shape[1]]
        dark, bright = np.maximum(dark, -inner), np.maximum(bright, inner)
    return [dark, bright]
