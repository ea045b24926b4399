"""Pictures and clouds as MVTec 3D-AD stores them, each file whole or not at all."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import tifffile
from numpy.typing import NDArray
from PIL import Image

from core.atomic import replacing


def write_rgb(path: Path, rgb: NDArray[np.uint8]) -> None:
    """(H, W, 3) as PNG."""
    with replacing(path) as aside:
        Image.fromarray(rgb).save(aside, format="PNG")


def write_mask(path: Path, mask: NDArray[np.bool_]) -> None:
    """(H, W) as grey PNG, defects white."""
    with replacing(path) as aside:
        Image.fromarray(mask.astype(np.uint8) * np.uint8(255)).save(aside, format="PNG")


def write_cloud(path: Path, xyz: NDArray[np.floating]) -> None:
    """(H, W, 3) as TIFF in its own precision, missing points 0."""
    with replacing(path) as aside:
        tifffile.imwrite(aside, np.where(np.isnan(xyz), xyz.dtype.type(0), xyz), photometric="rgb")
