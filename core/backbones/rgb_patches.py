"""From the picture of a sample to 28 x 28 patches, through a vision transformer."""

from __future__ import annotations

import torch

from core.backbones.dino_vit import PATCH, SIZE, PatchTransformer
from core.backbones.picture import network_input
from core.errors import DataError
from core.patches import PatchFeatures
from core.phrase import say
from core.sample import Sample

GRID = SIZE // PATCH


class RgbPatches:
    """Callable: sample -> features (784, D)."""

    def __init__(self, network: PatchTransformer, device: str = "cpu") -> None:
        self._network = network.eval().to(device)
        self._device = device

    def __call__(self, sample: Sample) -> PatchFeatures:
        if sample.rgb is None:
            raise DataError(
                say("{name} has no picture.", name=sample.name),
                remedy=say("Choose a method that needs the cloud only."),
            )
        with torch.inference_mode():
            tokens = self._network(network_input(sample.rgb).to(self._device))
        return PatchFeatures(tokens[0].cpu(), (GRID, GRID))


def doubled(patches: PatchFeatures) -> PatchFeatures:
    """Every patch four times, on a grid of twice the side; as adaptive pooling to that grid would do."""
    rows, columns = patches.grid
    grid = patches.values.reshape(rows, columns, -1)
    larger = grid.repeat_interleave(2, dim=0).repeat_interleave(2, dim=1)
    return PatchFeatures(larger.reshape(rows * columns * 4, -1), (2 * rows, 2 * columns))
