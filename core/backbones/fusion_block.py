"""The unsupervised feature fusion of M3DM (Wang et al., CVPR 2023, section 3.3) and its contrastive loss."""

from __future__ import annotations

from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

XYZ_WIDTH, RGB_WIDTH, SHARED_WIDTH = 1152, 768, 256


class FusionMlp(nn.Module):
    """Two layers, four times as wide between, no shortcut."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.fc1 = nn.Linear(width, 4 * width)
        self.fc2 = nn.Linear(4 * width, width)

    def forward(self, x: Tensor) -> Tensor:
        out: Tensor = self.fc2(F.gelu(self.fc1(x)))
        return out


class FusionBlock(nn.Module):
    """Point patches (..., 1152) and image patches (..., 768) -> fused patches (..., 1920)."""

    def __init__(self) -> None:
        super().__init__()
        self.xyz_norm = nn.LayerNorm(XYZ_WIDTH)
        self.xyz_mlp = FusionMlp(XYZ_WIDTH)
        self.rgb_norm = nn.LayerNorm(RGB_WIDTH)
        self.rgb_mlp = FusionMlp(RGB_WIDTH)
        self.rgb_head = nn.Linear(RGB_WIDTH, SHARED_WIDTH)
        self.xyz_head = nn.Linear(XYZ_WIDTH, SHARED_WIDTH)

    def forward(self, xyz: Tensor, rgb: Tensor) -> Tensor:
        return torch.cat([self.xyz_mlp(self.xyz_norm(xyz)), self.rgb_mlp(self.rgb_norm(rgb))], dim=-1)

    def contrastive_loss(self, xyz: Tensor, rgb: Tensor, rows_at_once: int = 2048) -> Tensor:
        """Each image patch must find the point patch of its own place among all patches of the batch.

        Patches whose input point row holds a zero anywhere are left out. The matrix of similarities is never
        held whole: `rows_at_once` of its rows live at a time, forward and backward.
        """
        fused = self(xyz, rgb)
        filled = (xyz != 0).all(dim=-1)
        points, picture = fused[filled].split([XYZ_WIDTH, RGB_WIDTH], dim=-1)
        queries = F.normalize(self.rgb_head(picture), dim=-1)
        keys = F.normalize(self.xyz_head(points), dim=-1)
        total: Tensor = _PairedCrossEntropy.apply(queries, keys, rows_at_once)
        # Reference: cross entropy times 2T with a temperature T of 1
        return 2 * total / len(queries)


class _PairedCrossEntropy(torch.autograd.Function):
    """Summed cross entropy of queries (N, D) against keys (N, D), each the answer to its own query.

    The gradients are taken while a few rows of the similarities are there, so none is kept or made twice.
    """

    @staticmethod
    def forward(ctx: Any, queries: Tensor, keys: Tensor, rows_at_once: int) -> Tensor:
        to_queries, to_keys = torch.empty_like(queries), torch.zeros_like(keys)
        total = queries.new_zeros(())
        for first in range(0, len(queries), rows_at_once):
            part = queries[first : first + rows_at_once]
            logits = (part @ keys.T).float()
            row = torch.arange(len(part), device=part.device)
            spread = logits.logsumexp(dim=1)
            total += (spread - logits[row, row + first]).sum()
            share = logits.sub_(spread[:, None]).exp_()
            share[row, row + first] -= 1
            to_queries[first : first + rows_at_once] = share @ keys
            to_keys += share.T @ part
        ctx.save_for_backward(to_queries, to_keys)
        return total

    @staticmethod
    def backward(ctx: Any, outer: Tensor) -> tuple[Tensor, Tensor, None]:
        to_queries, to_keys = ctx.saved_tensors
        return outer * to_queries, outer * to_keys, None
