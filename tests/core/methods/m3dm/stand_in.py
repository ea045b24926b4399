"""M3DM over plain descriptors in place of its networks, fast enough for tests of the whole."""

from __future__ import annotations

from functools import cache

import numpy as np
import torch

from core.backbones.fusion_block import RGB_WIDTH, XYZ_WIDTH, FusionBlock
from core.errors import DataError
from core.memory.kept_features import Source
from core.methods.m3dm.config import M3dmConfig, Stream
from core.methods.m3dm.detector import M3DM
from core.methods.m3dm.patches import StreamPatches
from core.patches import PatchFeatures
from core.sample import Sample

GRIDS = {"xyz": 16, "rgb": 8}


def shape_patches(sample: Sample) -> PatchFeatures:
    """Mean height and its gradient of every cell; cells without a point are zero rows."""
    if sample.xyz is None or not np.isfinite(sample.xyz).all(axis=-1).any():
        raise DataError(f"{sample.name} has no points.", remedy="Leave it out.")
    is_seen = np.isfinite(sample.xyz).all(axis=-1)
    depth = np.where(is_seen, sample.xyz[..., 2] * 1000, 0)
    cells = np.stack([_means(plane, GRIDS["xyz"]) for plane in (depth, depth**2 / 400, is_seen)], -1)
    return PatchFeatures(torch.from_numpy(cells) @ _spread(XYZ_WIDTH), (GRIDS["xyz"],) * 2)


def colour_patches(sample: Sample) -> PatchFeatures:
    """Mean colour of every cell."""
    if sample.rgb is None:
        raise DataError(f"{sample.name} has no picture.", remedy="Leave it out.")
    cells = np.stack([_means(sample.rgb[..., channel], GRIDS["rgb"]) for channel in range(3)], -1)
    return PatchFeatures(torch.from_numpy(cells) @ _spread(RGB_WIDTH), (GRIDS["rgb"],) * 2)


class M3dmOnStandIns(M3DM):
    """Whatever its config asks for comes from the descriptors above."""

    def __init__(self, config: M3dmConfig) -> None:
        super().__init__(config, stand_ins(config.streams))

    @classmethod
    def load(cls, folder, device="cpu"):  # type: ignore[no-untyped-def]  # as the class above
        opened = M3DM.load(folder, device)
        detector = cls(opened.config)
        detector._learnt = opened._learnt
        return detector


def stand_ins(streams: tuple[Stream, ...]) -> StreamPatches:
    sources = {"xyz": Source(shape_patches, "shape"), "rgb": Source(colour_patches, "colour")}
    return StreamPatches(streams, sources, _fusion() if "fused" in streams else None)


@cache
def _fusion() -> FusionBlock:
    with torch.random.fork_rng(devices=[]):
        torch.random.manual_seed(0)
        return FusionBlock()


@cache
def _spread(width: int) -> torch.Tensor:
    return torch.randn((3, width), generator=torch.Generator().manual_seed(0))


def _means(plane: np.ndarray, grid: int) -> np.ndarray:
    side = len(plane) // grid
    means: np.ndarray = plane.reshape(grid, side, grid, side).mean(axis=(1, 3)).ravel().astype(np.float32)
    return means
