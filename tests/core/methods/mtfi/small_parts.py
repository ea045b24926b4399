"""Tiny parts and streams in place of networks: 8 x 8 patches of both sensors that speak of each other."""

from __future__ import annotations

import numpy as np
import torch

from core.memory.kept_features import Source
from core.methods.mtfi.config import MtfiConfig
from core.methods.mtfi.imagination import Imagination
from core.methods.mtfi.streams import Streams
from core.patches import PatchFeatures
from core.sample import Sample

SPREAD = torch.from_numpy(np.random.default_rng(0).normal(size=(3, 16)).astype(np.float32))


def part(number: int, *, is_scratched: bool = False) -> Sample:
    """A part of 8 x 8 pixels with smooth noise; a scratch is far from anything normal."""
    drawn = np.random.default_rng(number)
    rgb = drawn.integers(100, 120, (8, 8, 3), np.uint8)
    xyz = drawn.normal(0.5, 0.01, (8, 8, 3)).astype(np.float32)
    if is_scratched:
        rgb[2:4, 2:4, 0] = 250
        xyz[2:4, 2:4, 2] += 0.3
    return Sample(f"part/{number}", rgb, xyz)


def xyz_patches(sample: Sample) -> PatchFeatures:
    assert sample.xyz is not None
    return PatchFeatures(torch.from_numpy(sample.xyz.reshape(-1, 3).copy()) @ SPREAD, (8, 8))


def rgb_patches(sample: Sample) -> PatchFeatures:
    assert sample.rgb is not None
    return PatchFeatures(torch.from_numpy(sample.rgb.reshape(-1, 3) / np.float32(100)) @ SPREAD, (8, 8))


def streams(config: MtfiConfig) -> Streams:
    """Both sensors; the missing one is imagined as the squares of the main one."""
    found = Streams(config, {"xyz": Source(xyz_patches, "x"), "rgb": Source(rgb_patches, "r")})
    if not config.imagines:
        return found
    return found.with_imagination(
        Imagination(lambda read, real: PatchFeatures(real().values.square(), real().grid), "squares")
    )
