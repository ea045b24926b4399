"""Tiny parts and extractors in place of networks: 4 x 4 picture patches, 8 x 8 point patches."""

from __future__ import annotations

import numpy as np
import torch

from core.backbones.fusion_block import RGB_WIDTH, XYZ_WIDTH, FusionBlock
from core.memory.kept_features import Source
from core.methods.m3dm.config import Stream
from core.methods.m3dm.patches import StreamPatches
from core.patches import PatchFeatures
from core.sample import Sample


def part(number: int, *, is_scratched: bool = False) -> Sample:
    """A part of 8 x 8 pixels with smooth noise; a scratch is far from anything normal."""
    drawn = np.random.default_rng(number)
    rgb = drawn.integers(100, 120, (8, 8, 3), np.uint8)
    xyz = drawn.normal(0.5, 0.01, (8, 8, 3)).astype(np.float32)
    if is_scratched:
        rgb[2:4, 2:4, 0] = 250
        xyz[2:4, 2:4, 2] += 0.3
    return Sample(f"part/{number}", rgb, xyz)


def _widened(values: np.ndarray[tuple[int, ...], np.dtype[np.float32]], width: int) -> torch.Tensor:
    spread = np.random.default_rng(0).normal(size=(3, width)).astype(np.float32)
    return torch.from_numpy(values.reshape(-1, 3).astype(np.float32) @ spread)


def xyz_patches(sample: Sample, width: int = XYZ_WIDTH) -> PatchFeatures:
    """One patch per point."""
    assert sample.xyz is not None
    return PatchFeatures(_widened(sample.xyz, width), (8, 8))


def rgb_patches(sample: Sample, width: int = RGB_WIDTH) -> PatchFeatures:
    """One patch per 2 x 2 pixels."""
    assert sample.rgb is not None
    means = sample.rgb.astype(np.float32).reshape(4, 2, 4, 2, 3).mean(axis=(1, 3)) / 100
    return PatchFeatures(_widened(means, width), (4, 4))


def stream_patches(streams: tuple[Stream, ...]) -> StreamPatches:
    """Extractors for the wanted streams; the fusion block has fixed random weights."""
    torch.manual_seed(0)
    fusion = FusionBlock() if "fused" in streams else None
    return StreamPatches(streams, {"xyz": Source(xyz_patches, "x"), "rgb": Source(rgb_patches, "r")}, fusion)
