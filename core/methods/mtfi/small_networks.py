"""Small networks that imagine hand-made features, or a raster to take them from, learnt from few parts."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from core.backbones.local_trunk import LocalTrunk
from core.backbones.raster_decoder import RasterDecoder
from core.methods.mtfi.distillation_training import TrainMethod
from core.methods.mtfi.turns import turned

PLANES = 32
DECODER_WIDTHS = (32, 16, 8)
_METHODS: dict[tuple[str, str], TrainMethod] = {
    ("ftoi", "xyz"): "XYZFeatureToRGBInputConv",
    ("ftoi", "rgb"): "RGBFeatureToXYZInputConv",
    ("itof", "xyz"): "XYZInputToRGBFeatureHRNET",
    ("itof", "rgb"): "RGBInputToXYZFeatureHRNET",
}


def method_of(family: str, main: str) -> TrainMethod:
    """The training of a family and a main sensor, under its published name."""
    return _METHODS.get((family, main), "HallucinationCrossModality")


def small_network(method: TrainMethod, example: tuple[Tensor, Tensor]) -> nn.Module:
    """As wide as the example's features."""
    shown, wanted = example
    if method.endswith("Conv"):
        is_cloud = method == "RGBFeatureToXYZInputConv"
        return RasterDecoder(shown.shape[1], widths=DECODER_WIDTHS, is_placed=is_cloud)
    return LocalTrunk(wanted.shape[1], PLANES, is_cloud=method == "XYZInputToRGBFeatureHRNET")


def seen_another_way(
    method: TrainMethod, example: tuple[Tensor, Tensor], drawn: torch.Generator
) -> tuple[Tensor, Tensor]:
    """The example turned, mirrored and shifted; as it is where a cloud is imagined, with its places."""
    shown, wanted = example
    if method == "RGBFeatureToXYZInputConv":
        return example
    if method == "XYZFeatureToRGBInputConv":
        wanted, shown = turned((wanted, shown), drawn)
        return shown, wanted
    return turned(example, drawn)
