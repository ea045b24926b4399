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
