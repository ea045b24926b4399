"""From the cloud of a sample to 56 x 56 patches, through a point transformer."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch

from core.backbones.point_transformer import TAPS, PointNorm, PointTransformer
from core.errors import DataError
from core.geometry.grouping import group_points
from core.geometry.to_pixels import patch_map
from core.geometry.working_cloud import working_cloud
from core.patches import PatchFeatures
from core.phrase import say
from core.sample import Sample

GRID = 56


@dataclass(frozen=True)
class PointPatching:
    """How a cloud is cut: number and size of the groups, and the two quirks of the published programs."""

    groups: int = 1024
    group_size: int = 128
    norm: PointNorm = "batch"
    skip_origin: bool = True
    taps: tuple[int, ...] = TAPS


class XyzPatches:
    """Callable: sample -> features (3136, 384 per tapped block); cells that see no point are zero rows."""

    def __init__(self, network: PointTransformer, how: PointPatching, device: str = "cpu") -> None:
        self._network = network.eval().to(device)
        self._how = how
        self._device = device

    def __call__(self, sample: Sample) -> PatchFeatures:
        if sample.xyz is None:
            raise DataError(
                say("{name} has no 3D cloud.", name=sample.name),
                remedy=say("Choose a method that needs colour only."),
            )
        how, cloud = self._how, working_cloud(sample.xyz)
        if len(cloud.points) < max(how.groups, how.group_size):
            raise DataError(
                say(
                    "{name} has {points} points on the working raster, too few for {groups} groups.",
                    name=sample.name,
                    points=len(cloud.points),
                    groups=how.groups,
                ),
                remedy=say("Use fewer and smaller groups, or check the background removal."),
            )
        groups = group_points(
            cloud.points, how.groups, how.group_size, skip_origin=how.skip_origin, device=self._device
        )
        with torch.inference_mode():
            features = self._network(
                torch.from_numpy(groups.offsets).to(self._device),
                torch.from_numpy(groups.centres).to(self._device),
                how.norm,
                how.taps,
            )
        to_grid = patch_map(cloud.pixels, cloud.points, groups.centres, size=cloud.size, grid=GRID)
        values = np.asarray(to_grid @ features.cpu().numpy(), np.float32)
        return PatchFeatures(torch.from_numpy(values), (GRID, GRID))
