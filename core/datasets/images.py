"""Pictures of any common kind as (H, W, 3) uint8."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import tifffile
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError
from PIL.TiffImagePlugin import TiffImageFile

from core.datasets.faults import WrongType, reading, too_large
from core.phrase import say

SUFFIXES = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp")
BITS, PLANAR = 258, 284
"""Numbers of TIFF tags."""
MOST_PIXELS = 89_478_485
"""A quarter of a gigabyte in three bytes a pixel; 6000 x 4000 is a quarter of it."""


def read_image(path: Path) -> NDArray[np.uint8]:
    """Read a picture as (H, W, 3) RGB.

    Grey is repeated, palettes are looked up, alpha is dropped, and the camera's orientation mark is obeyed.
    Of 16 bits the upper eight are kept: the rule is the same for every picture, so pictures stay comparable.
    """
    with reading(path):
        try:
            return _with_pillow(path)
        except UnidentifiedImageError:
            if path.suffix.lower() not in (".tif", ".tiff"):
                raise
            return _with_tifffile(path)


def eight_bit(values: NDArray[np.generic], path: Path) -> NDArray[np.uint8]:
    """Whole numbers of 8 or 16 bits as 8 bits; anything else is not a picture."""
    if values.dtype == np.uint8:
        return values.view(np.uint8)
    if values.dtype.kind in "iu" and values.size and values.min() >= 0 and values.max() <= 65535:
        return (values.astype(np.uint16, copy=False) >> 8).astype(np.uint8)
    raise WrongType(
        say("{file} holds measured numbers ({kind}), not a picture.", file=path, kind=values.dtype.name),
        remedy=say("If it is a cloud or a depth map, choose its place in the layout; else save it as PNG."),
    )


def _with_pillow(path: Path) -> NDArray[np.uint8]:
    with Image.open(path) as image:
        if image.width * image.height > MOST_PIXELS:
            raise too_large(path)
        if _is_misread(image):
            raise UnidentifiedImageError
        ImageOps.exif_transpose(image, in_place=True)
        if image.mode == "F" or image.mode.startswith("I"):
            return _three_channels(eight_bit(np.asarray(image), path))
        return np.asarray(image if image.mode == "RGB" else image.convert("RGB"))


def _is_misread(image: Image.Image) -> bool:
    """WORKAROUND(Pillow 13.0): 16-bit channels stored one after the other are read as noise, without a word.

    Remove when test_channels_stored_one_after_the_other_are_put_together passes without it.
    """
    if not isinstance(image, TiffImageFile):
        return False
    return image.tag_v2.get(PLANAR) == 2 and max(image.tag_v2.get(BITS, (8,))) > 8


def _with_tifffile(path: Path) -> NDArray[np.uint8]:
    """The kinds of TIFF that Pillow does not know: several 16-bit channels, above all."""
    try:
        with tifffile.TiffFile(path) as file:
            page = file.pages.first
            if page.imagewidth * page.imagelength > MOST_PIXELS:
                raise too_large(path)
            values = page.asarray()
    except tifffile.TiffFileError as error:
        raise UnidentifiedImageError from error
    if values.ndim == 3 and values.shape[0] in (3, 4) and values.shape[2] not in (1, 2, 3, 4):
        values = np.moveaxis(values, 0, 2)
    return _three_channels(eight_bit(values, path))


def _three_channels(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Grey (H, W), (H, W, 1) and (H, W, 2) repeated; of four channels the first three."""
    grey = picture[..., None] if picture.ndim == 2 else picture
    return np.ascontiguousarray(grey[..., :3] if grey.shape[2] >= 3 else grey[..., :1].repeat(3, axis=2))
