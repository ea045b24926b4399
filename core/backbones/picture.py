"""A picture as the published image networks expect it."""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor

MEAN = np.array((0.485, 0.456, 0.406), np.float32)
DEVIATION = np.array((0.229, 0.224, 0.225), np.float32)
"""The statistics of ImageNet. Reference: used for all image networks, the supervised transformers too."""


def network_input(rgb: NDArray[np.uint8], size: int = 224) -> Tensor:
    """(H, W, 3) uint8 -> (1, 3, size, size): bicubic resize that ignores the aspect, then normalised."""
    resized = Image.fromarray(rgb).resize((size, size), Image.Resampling.BICUBIC)
    scaled = (np.asarray(resized, np.float32) / 255 - MEAN) / DEVIATION
    return torch.from_numpy(np.ascontiguousarray(scaled.transpose(2, 0, 1)))[None]
