"""Clouds stored as TIFF with three numbers a pixel, as MVTec 3D-AD has them."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import tifffile
from numpy.typing import NDArray

from core.datasets.faults import WrongType, too_large
from core.datasets.images import MOST_PIXELS
from core.datasets.lzw_tiff import unpack
from core.phrase import say

LZW = 5


def read_tiff(path: Path) -> NDArray[np.generic]:
    """The numbers of a three-channel TIFF as (H, W, 3), as stored; the channels may be pages."""
    try:
        with tifffile.TiffFile(path) as file:
            page, series = file.pages.first, file.series[0]
            _refuse(page, series.shape, path)
            values = unpack(path, page) if page.compression == LZW else series.asarray()
    except tifffile.TiffFileError as error:
        raise WrongType(
            say("{file} is not a TIFF, whatever its name says.", file=path),
            remedy=say("Save the cloud as TIFF, NPY, PLY or PCD, or skip this sample."),
        ) from error
    if values.ndim == 3 and values.shape[0] == 3 and values.shape[2] != 3:
        return np.moveaxis(values, 0, 2)
    return values


def _refuse(page: tifffile.TiffPage, shape: tuple[int, ...], path: Path) -> None:
    """Raise for what is no cloud: a picture, a depth map, a size that memory may not hold."""
    if math.prod(shape) > 3 * MOST_PIXELS:
        raise too_large(path)
    if len(shape) == 2:
        raise WrongType(
            say("{file} has one number a pixel: it is a depth map, not a cloud.", file=path),
            remedy=say("Export x, y and z of every pixel; depth alone does not tell sizes in millimetres."),
        )
    if len(shape) != 3 or 3 not in (shape[0], shape[2]) or page.dtype is None or page.dtype.itemsize == 1:
        raise WrongType(
            say("{file} is a picture, not a cloud.", file=path),
            remedy=say("Put the three-channel cloud in its place, or skip this sample."),
        )
