"""Feature to input: the picture or the cloud that the other sensor's patches speak of (CMDIAD, 2024).

Names of the parameters are those of the published checkpoints.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

PUBLISHED = (384, 96, 32)
"""Widths of the layers."""


class RasterDecoder(nn.Module):
    """Patches (B, D, h, w) -> a raster (B, 3, size, size): a normalised picture, or points in metres.

    `is_placed` shows its second layer where every pixel lies, which the published network does not know.
    """

    def __init__(
        self,
        width: int = 768,
        size: int = 224,
        widths: tuple[int, int, int] = PUBLISHED,
        *,
        is_placed: bool = False,
    ) -> None:
        super().__init__()
        self.size, self.is_placed = size, is_placed
        # Reference: the norm is kept in every checkpoint, but not applied
        self.norm = nn.LayerNorm(width)
        first, second, third = widths
        self.conv1 = nn.Conv2d(width, first, 3, padding=1)
        self.conv2 = nn.Conv2d(first + 2 * is_placed, second, 3, padding=1)
        self.conv3 = nn.Conv2d(second, third, 3, padding=1)
        self.conv4 = nn.Conv2d(third, 3, 3, padding=1)

    def forward(self, patches: Tensor) -> Tensor:
        x = F.interpolate(
            self.conv1(patches), size=(self.size, self.size), mode="bicubic", align_corners=False
        )
        if self.is_placed:
            x = torch.cat([x, self._places(x)], 1)
        x = F.relu(self.conv3(F.relu(self.conv2(x))))
        out: Tensor = self.conv4(x)
        return out

    def _places(self, x: Tensor) -> Tensor:
        """Across and down (B, 2, size, size), from -1 to 1."""
        along = torch.linspace(-1, 1, self.size, device=x.device, dtype=x.dtype)
        down, across = torch.meshgrid(along, along, indexing="ij")
        return torch.stack([across, down]).expand(len(x), -1, -1, -1)
