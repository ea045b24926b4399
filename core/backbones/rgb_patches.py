"""From the picture of a sample to patches, 28 x 28 of most networks, through a vision transformer."""

from __future__ import annotations

import torch

from core.backbones.dino_vit import PatchTransformer
from core.backbones.picture import network_input
from core.errors import DataError
from core.patches import PatchFeatures
from core.phrase import say
from core.sample import Sample


class RgbPatches:
    """Callable: sample -> features (N, D), N = 784 of the networks with patches of 8 pixels."""

    def __init__(self, network: PatchTransformer, device: str = "cpu") -> None:
        self._network = network.eval().to(device)
        self._device = device

    def __call__(self, sample: Sample) -> PatchFeatures:
        if sample.rgb is None:
            raise DataError(
                say("{name} has no picture.", name=sample.name),
                remedy=say("Choose a method that needs the cloud only."),
            )
        return self.of_picture(network_input(sample.rgb, self._network.size))

    def of_picture(self, picture: torch.Tensor) -> PatchFeatures:
        """Features of a normalised picture (1, 3, size, size) that is not a sample's own."""
        with torch.inference_mode():
            tokens = self._network(picture.to(self._device))
        side = self._network.size // self._network.patch
        return PatchFeatures(tokens[0].cpu(), (side, side))


def doubled(patches: PatchFeatures) -> PatchFeatures:
    """Every patch four times, on a grid of twice the side; as adaptive pooling to that grid would do."""
    rows, columns = patches.grid
    grid = patches.values.reshape(rows, columns, -1)
    larger = grid.repeat_interleave(2, dim=0).repeat_interleave(2, dim=1)
    return PatchFeatures(larger.reshape(rows * columns * 4, -1), (2 * rows, 2 * columns))


def on_grid(patches: PatchFeatures, side: int) -> PatchFeatures:
    """The patches on a square grid of that side, by adaptive averages."""
    rows, columns = patches.grid
    if rows == columns == side:
        return patches
    if 2 * rows == 2 * columns == side:
        return doubled(patches)
    picture = patches.values.T.reshape(1, -1, rows, columns)
    pooled = torch.nn.functional.adaptive_avg_pool2d(picture, side)
    return PatchFeatures(pooled[0].flatten(1).T.contiguous(), (side, side))
