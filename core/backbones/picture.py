"""A picture as the published image networks expect it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image

if TYPE_CHECKING:
    from torch import Tensor

MEAN = np.array((0.485, 0.456, 0.406), np.float32)
DEVIATION = np.array((0.229, 0.224, 0.225), np.float32)
"""The statistics of ImageNet. Reference: used for all image networks, the supervised transformers too."""

Resampling = Literal["bicubic", "bilinear"]


def network_input(rgb: NDArray[np.uint8], size: int = 224, how: Resampling = "bicubic") -> Tensor:
    """(H, W, 3) uint8 -> (1, 3, size, size): a resize that ignores the aspect, then normalised."""
    import torch

    return torch.from_numpy(network_array(rgb, size, how))


def network_array(rgb: NDArray[np.uint8], size: int, how: Resampling) -> NDArray[np.float32]:
    """The same as an array, without torch."""
    resized = Image.fromarray(rgb).resize((size, size), Image.Resampling[how.upper()])
    scaled = (np.asarray(resized, np.float32) / 255 - MEAN) / DEVIATION
    return np.ascontiguousarray(scaled.transpose(2, 0, 1), np.float32)[None]
