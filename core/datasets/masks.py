"""Truth masks: where the defect is, as (H, W) bool."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from core.datasets.faults import reading, too_large
from core.datasets.images import MOST_PIXELS, eight_bit


def read_grey(path: Path) -> NDArray[np.uint8]:
    """Read the mask file as (H, W) grey, 0 to 255."""
    with reading(path), Image.open(path) as image:
        if image.width * image.height > MOST_PIXELS:
            raise too_large(path)
        ImageOps.exif_transpose(image, in_place=True)
        if image.mode == "F" or image.mode.startswith("I"):
            return eight_bit(np.asarray(image), path)
        return np.asarray(image if image.mode == "L" else image.convert("L"))


def read_mask(path: Path) -> NDArray[np.bool_]:
    """Read a mask: defect where the grey value is above one half of white."""
    return marked(read_grey(path))


def marked(grey: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Defect pixels of a grey mask; a mask whose only values are 0 and 1 counts 1 as white."""
    half: NDArray[np.bool_] = grey > (0 if grey.size and grey.max() == 1 else 127)
    return half
