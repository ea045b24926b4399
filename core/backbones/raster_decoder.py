"""Feature to input: the picture or the cloud that the other sensor's patches speak of (CMDIAD, 2024).

Names of the parameters are those of the published checkpoints.
"""

from __future__ import annotations

import torch.nn.functional as F
from torch import Tensor, nn

_WIDTHS = (384, 96, 32, 3)


class RasterDecoder(nn.Module):
    """Patches (B, D, h, w) -> a raster (B, 3, size, size): a normalised picture, or points in metres."""

    def __init__(self, width: int = 768, size: int = 224) -> None:
        super().__init__()
        self.size = size
        # Reference: the norm is kept in every checkpoint, but not applied
        self.norm = nn.LayerNorm(width)
        first, second, third, last = _WIDTHS
        self.conv1 = nn.Conv2d(width, first, 3, padding=1)
        self.conv2 = nn.Conv2d(first, second, 3, padding=1)
        self.conv3 = nn.Conv2d(second, third, 3, padding=1)
        self.conv4 = nn.Conv2d(third, last, 3, padding=1)

    def forward(self, patches: Tensor) -> Tensor:
        x = F.interpolate(
            self.conv1(patches), size=(self.size, self.size), mode="bicubic", align_corners=False
        )
        x = F.relu(self.conv3(F.relu(self.conv2(x))))
        out: Tensor = self.conv4(x)
        return out
