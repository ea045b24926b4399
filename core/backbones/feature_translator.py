"""Feature to feature: what one sensor's patches would be, told from the other's (CMDIAD, 2024).

Names of the parameters are those of the published checkpoints.
"""

from __future__ import annotations

import torch.nn.functional as F
from torch import Tensor, nn

WIDENING = 2.5
"""Numbers between the layers per number of the input."""


class TranslationBlock(nn.Module):
    """Three layers, a GELU after each. Reference: after the last one too, so nothing falls below -0.17."""

    def __init__(self, width: int, out: int) -> None:
        super().__init__()
        hidden = int(WIDENING * width)
        self.fc1 = nn.Linear(width, hidden)
        self.fc2 = nn.Linear(hidden, hidden)
        self.fc3 = nn.Linear(hidden, out)

    def forward(self, x: Tensor) -> Tensor:
        return F.gelu(self.fc3(F.gelu(self.fc2(F.gelu(self.fc1(x))))))


class Translation(nn.Module):
    """One direction: `depth` blocks, of which all but the first keep the width."""

    def __init__(self, width: int, out: int, depth: int) -> None:
        super().__init__()
        self.mlp_module = nn.Sequential(
            *(TranslationBlock(width if turn == 0 else out, out) for turn in range(depth))
        )

    def forward(self, x: Tensor) -> Tensor:
        out: Tensor = self.mlp_module(x)
        return out


class FeatureTranslator(nn.Module):
    """Both directions, each with a norm of its own; any number of patches."""

    def __init__(self, xyz: int = 768, rgb: int = 768, depth: int = 1) -> None:
        super().__init__()
        self.xyz_norm = nn.LayerNorm(xyz)
        self.xyz_mlp = Translation(xyz, rgb, depth)
        self.rgb_norm = nn.LayerNorm(rgb)
        self.rgb_mlp = Translation(rgb, xyz, depth)

    def rgb_from_xyz(self, xyz: Tensor) -> Tensor:
        """Point patches (..., N, xyz) -> picture patches (..., N, rgb)."""
        out: Tensor = self.xyz_mlp(self.xyz_norm(xyz))
        return out

    def xyz_from_rgb(self, rgb: Tensor) -> Tensor:
        """Picture patches (..., N, rgb) -> point patches (..., N, xyz)."""
        out: Tensor = self.rgb_mlp(self.rgb_norm(rgb))
        return out

    def forward(self, xyz: Tensor, rgb: Tensor) -> tuple[Tensor, Tensor]:
        return self.rgb_from_xyz(xyz), self.xyz_from_rgb(rgb)
