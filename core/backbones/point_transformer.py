"""Point-MAE and Point-BERT: a transformer over groups of points.

Point-MAE: Pang et al., ECCV 2022. Point-BERT: Yu et al., CVPR 2022. Names of the parameters are those of the
published checkpoints once their prefix is gone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

import torch
import torch.nn.functional as F
from torch import Tensor, nn

PointNorm = Literal["batch", "running"]
"""Whose statistics normalise the groups: those of the cloud itself, or the stored ones."""
WIDTH, DEPTH, HEADS = 384, 12, 6
TAPS = (3, 7, 11)
"""The blocks whose output M3DM takes, counted from 0."""
Normed = Callable[[Tensor, nn.BatchNorm1d], Tensor]


def normed_by_itself(x: Tensor, norm: nn.BatchNorm1d) -> Tensor:
    """By the statistics of the cloud; the stored ones are neither used nor changed."""
    return F.batch_norm(x, None, None, norm.weight, norm.bias, training=True, eps=norm.eps)


class GroupEncoder(nn.Module):
    """A small PointNet: (G, K, 3) offsets -> (G, channels)."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.first_conv = nn.Sequential(
            nn.Conv1d(3, 128, 1), nn.BatchNorm1d(128), nn.ReLU(), nn.Conv1d(128, 256, 1)
        )
        self.second_conv = nn.Sequential(
            nn.Conv1d(512, 512, 1), nn.BatchNorm1d(512), nn.ReLU(), nn.Conv1d(512, channels, 1)
        )

    def forward(self, offsets: Tensor, norm: PointNorm, normed: Normed = normed_by_itself) -> Tensor:
        each = _two_layers(self.first_conv, offsets.transpose(1, 2), norm, normed)  # (G, 256, K)
        whole = each.amax(dim=2, keepdim=True).expand_as(each)
        joined = _two_layers(self.second_conv, torch.cat([whole, each], dim=1), norm, normed)
        return joined.amax(dim=2)


def _two_layers(layers: nn.Sequential, x: Tensor, norm: PointNorm, normed: Normed) -> Tensor:
    narrow, batch_norm, relu, wide = layers
    assert isinstance(narrow, nn.Conv1d)
    assert isinstance(batch_norm, nn.BatchNorm1d)
    if norm == "batch":
        # Reference: the network stays in training mode.
        # The norm takes a bias away again; beside offsets of millimetres it would only cost digits
        x = normed(F.conv1d(x, narrow.weight), batch_norm)
    else:
        x = F.batch_norm(
            narrow(x),
            batch_norm.running_mean,
            batch_norm.running_var,
            batch_norm.weight,
            batch_norm.bias,
            eps=batch_norm.eps,
        )
    out: Tensor = wide(relu(x))
    return out


class Attention(nn.Module):
    """Self-attention with joint query, key and value without bias."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH, bias=False)
        self.proj = nn.Linear(WIDTH, WIDTH)

    def forward(self, x: Tensor) -> Tensor:
        tokens = x.shape[1]
        query, key, value = (
            self.qkv(x).reshape(-1, tokens, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4).unbind(0)
        )
        mixed = F.scaled_dot_product_attention(query, key, value)
        out: Tensor = self.proj(mixed.transpose(1, 2).reshape(-1, tokens, WIDTH))
        return out


class Mlp(nn.Module):
    """Two layers, four times as wide between."""

    def __init__(self) -> None:
        super().__init__()
        self.fc1 = nn.Linear(WIDTH, 4 * WIDTH)
        self.fc2 = nn.Linear(4 * WIDTH, WIDTH)

    def forward(self, x: Tensor) -> Tensor:
        out: Tensor = self.fc2(F.gelu(self.fc1(x)))
        return out


class Block(nn.Module):
    """A pre-norm transformer block; no branch is ever dropped."""

    def __init__(self) -> None:
        super().__init__()
        self.norm1 = nn.LayerNorm(WIDTH)
        self.attn = Attention()
        self.norm2 = nn.LayerNorm(WIDTH)
        self.mlp = Mlp()

    def forward(self, x: Tensor) -> Tensor:
        x = x + self.attn(self.norm1(x))
        out: Tensor = x + self.mlp(self.norm2(x))
        return out


class Blocks(nn.Module):
    """The stack, named as in the checkpoints."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks = nn.ModuleList([Block() for _ in range(DEPTH)])


class PointTransformer(nn.Module):
    """offsets (G, K, 3) and centres (G, 3) in metres -> features (G, 384 per tapped block)."""

    def __init__(self, kind: Literal["point_mae", "point_bert"] = "point_mae") -> None:
        super().__init__()
        self.has_class_token = kind == "point_bert"
        self.encoder = GroupEncoder(256 if self.has_class_token else WIDTH)
        self.pos_embed = nn.Sequential(nn.Linear(3, 128), nn.GELU(), nn.Linear(128, WIDTH))
        self.blocks = Blocks()
        self.norm = nn.LayerNorm(WIDTH)
        if self.has_class_token:
            self.reduce_dim = nn.Linear(256, WIDTH)
            self.cls_token = nn.Parameter(torch.zeros(1, 1, WIDTH))
            self.cls_pos = nn.Parameter(torch.zeros(1, 1, WIDTH))

    def forward(
        self, offsets: Tensor, centres: Tensor, norm: PointNorm = "batch", taps: Sequence[int] = TAPS
    ) -> Tensor:
        tokens = self.encoder(offsets, norm)[None]  # (1, G, C)
        position = self.pos_embed(centres)[None]
        if self.has_class_token:
            tokens = torch.cat([self.cls_token, self.reduce_dim(tokens)], dim=1)
            position = torch.cat([self.cls_pos, position], dim=1)
        tapped = []
        for number, block in enumerate(self.blocks.blocks):
            tokens = block(tokens + position)
            if number in taps:
                tapped.append(self.norm(tokens)[0, -len(centres) :])
        return torch.cat(tapped, dim=-1)
