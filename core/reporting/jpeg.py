"""Pictures small enough for a page."""

from __future__ import annotations

from io import BytesIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image

SIDE = 360
_QUALITY = 82


def jpeg(picture: NDArray[np.uint8]) -> bytes:
    """The picture (H, W, 3) as JPEG, at most SIDE pixels a side."""
    image = Image.fromarray(picture)
    image.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
    data = BytesIO()
    image.save(data, format="JPEG", quality=_QUALITY)
    return data.getvalue()


def mask_png(mask: NDArray[np.bool_]) -> bytes:
    """The mask (H, W) as PNG at its full size, white where it is set."""
    data = BytesIO()
    Image.fromarray(np.where(mask, np.uint8(255), np.uint8(0))).save(data, format="PNG")
    return data.getvalue()
