"""What the missing sensor would have seen, patch by patch, told from the sensor that is there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from core.backbones.feature_translator import FeatureTranslator
from core.backbones.picture import DEVIATION, MEAN
from core.backbones.raster_decoder import RasterDecoder
from core.backbones.raster_input import sensor_raster
from core.backbones.rgb_patches import on_grid
from core.memory.kept_features import ReadSample
from core.patches import PatchFeatures
from core.sample import Sample, Sensor

GRID = 56
MainPatches = Callable[[], PatchFeatures]
"""Gives the real patches of the main sensor, computed when somebody asks."""
FromRaster = Callable[[Tensor], PatchFeatures]
"""Patches of an imagined raster (1, 3, 224, 224)."""


@dataclass(frozen=True)
class Imagination:
    """`imagine` gives patches of the missing sensor; those of equal identity are interchangeable."""

    imagine: Callable[[ReadSample, MainPatches], PatchFeatures]
    identity: str


def by_translation(network: FeatureTranslator, main: Sensor, identity: str, device: str) -> Imagination:
    """Feature to feature. A grid of half the side is translated as it is, and its patches repeated after."""
    network = network.eval().to(device)
    translate = network.rgb_from_xyz if main == "xyz" else network.xyz_from_rgb

    def imagine(read: ReadSample, patches: MainPatches) -> PatchFeatures:
        real = patches()
        if 2 * real.grid[0] != GRID:
            real = on_grid(real, GRID)
        with torch.inference_mode():
            values = translate(real.values.to(device)).cpu()
        return on_grid(PatchFeatures(values, real.grid), GRID)

    return Imagination(imagine, identity)


def by_raster(network: nn.Module, main: Sensor, identity: str, device: str) -> Imagination:
    """Input to feature."""
    network = network.eval().to(device)

    def imagine(read: ReadSample, patches: MainPatches) -> PatchFeatures:
        with torch.inference_mode():
            found = network(sensor_raster(read(), main)[None].to(device))[0].cpu()
        return PatchFeatures(found.flatten(1).T.contiguous(), (found.shape[1], found.shape[2]))

    return Imagination(imagine, identity)


def by_decoding(network: RasterDecoder, extract: FromRaster, identity: str, device: str) -> Imagination:
    """Feature to input: an imagined raster goes through the missing sensor's own network."""
    network = network.eval().to(device)

    def imagine(read: ReadSample, patches: MainPatches) -> PatchFeatures:
        real = on_grid(patches(), GRID)
        picture = real.values.T.reshape(1, -1, GRID, GRID).to(device)
        with torch.inference_mode():
            raster = network(picture).cpu()
        return extract(raster)

    return Imagination(imagine, identity)


def imagined_picture(raster: Tensor) -> Sample:
    """The colours of an imagined picture (1, 3, H, W)."""
    rgb = raster[0].permute(1, 2, 0).numpy() * DEVIATION + MEAN
    return Sample("imagined", (rgb * 255).round().clip(0, 255).astype(np.uint8))


def imagined_sample(raster: Tensor, background_radius: float = 0.0) -> Sample:
    """The points of an imagined cloud (1, 3, H, W); where a coordinate is exactly zero there is none.

    Reference: that is hardly ever so, and the background becomes points too; those nearer to the origin than
    `background_radius` (metres) can be dropped.
    """
    xyz = raster[0].permute(1, 2, 0).numpy().copy()
    xyz[(xyz == 0).any(axis=-1)] = np.nan
    if background_radius > 0:
        xyz[np.square(xyz).sum(axis=-1) < background_radius**2] = np.nan
    return Sample("imagined", None, xyz)
