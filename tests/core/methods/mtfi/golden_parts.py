"""The parts, networks and configs of the golden end-to-end cases."""

from __future__ import annotations

from functools import cache, partial
from typing import TypeVar

import numpy as np
import torch
from torch import nn

from core.backbones.dino_vit import PatchTransformer
from core.backbones.distilled import decoder_of, input_to_feature_of, translator_of
from core.backbones.point_transformer import PointTransformer
from core.backbones.rgb_patches import RgbPatches
from core.backbones.xyz_patches import XyzPatches
from core.memory.kept_features import Source
from core.methods.mtfi.config import MtfiConfig
from core.methods.mtfi.imagination import Imagination, by_decoding, by_raster, by_translation, imagined_sample
from core.methods.mtfi.networks import patching
from core.methods.mtfi.streams import Shelves, Streams
from core.patches import PatchFeatures
from core.sample import Sample
from tests.golden.fill import cloud, image
from tests.golden_vectors import sizes
from tests.mtfi_inputs import SIDE, salt, weights

Network = TypeVar("Network", bound=nn.Module)
TRAIN = tuple(f"mtfi_train_{number}" for number in range(3))
TEST = ("mtfi_test_good", "mtfi_test_bad")
GROUPS, GROUP_SIZE = 256, 32
STREAM_NAMES = {"xyz": "xyz", "rgb": "rgb", "imagined": "fusion"}
"""Our streams and the words of the golden files."""
_SINGLE = {"single_rgb": "DINO", "single_xyz": "Point_MAE", "dual": "DINO+Point_MAE"}


def config_of(case: str) -> MtfiConfig:
    """The config of a golden case such as "ftof_xyz"."""
    family, _, main = case.partition("_")
    name = _SINGLE.get(case, "WithHallucinationFromFeature" if family == "ftoi" else "WithHallucination")
    return MtfiConfig(
        method_name=name,  # type: ignore[arg-type]  # one of the names
        main_modality="" if case in _SINGLE else main,  # type: ignore[arg-type]  # xyz or rgb
        use_hrnet=True if family == "itof" else None,
        group_size=GROUP_SIZE,
        num_group=GROUPS,
        point_norm="running",
        blur="8bit",
        distance_rounding="published",
    )


def part(name: str) -> Sample:
    """A part of the family; zeros of the cloud are unseen. Zero columns that the defect moved stay points."""
    picture, points = image(SIDE, SIDE, name, salt()).copy(), cloud(SIDE, SIDE, name, salt()).copy()
    if name == "mtfi_test_bad":
        rows, columns = (slice(*sizes("mtfi")[f"defect_{axis}"]) for axis in ("rows", "cols"))
        picture[rows, columns] = (255, 40, 40)
        points[rows, columns, 2] -= np.float32(0.01)
    points[(points == 0).all(axis=-1)] = np.nan
    return Sample(name, picture, points)


def streams_of(case: str) -> Streams:
    """Stand-in networks for that case; features of the real sensors are computed once for all cases."""
    config = config_of(case)
    streams = Streams(config, {"xyz": Source(_points, "points"), "rgb": Source(_pictures, "pictures")})
    return streams.with_imagination(_imagination(config)) if config.imagines else streams


@cache
def patches(case: str, stream: str, name: str) -> PatchFeatures:
    """One stream of one part."""
    if stream != "imagined":
        return (_points if stream == "xyz" else _pictures)(part(name))
    return streams_of(case).patches("imagined", partial(part, name), Shelves())


def _imagination(config: MtfiConfig) -> Imagination:
    if config.family == "ftof":
        return by_translation(translator_of(weights("ftof"), "ftof"), config.main, "stand-in", "cpu")
    if config.family == "itof":
        trunk = input_to_feature_of(weights("itof_trunk512"), "itof")
        return by_raster(trunk, config.main, "stand-in", "cpu")
    decoder = decoder_of(weights("ftoi"), "ftoi")
    if config.main == "xyz":
        return by_decoding(decoder, _image_network().of_picture, "stand-in", "cpu")
    return by_decoding(decoder, lambda raster: _point_network()(imagined_sample(raster)), "stand-in", "cpu")


def _points(sample: Sample) -> PatchFeatures:
    """Reference: a point with any coordinate of exactly zero is none."""
    return _kept_points(sample.name) if sample.name.startswith("mtfi") else _point_network()(sample)


@cache
def _kept_points(name: str) -> PatchFeatures:
    sample = part(name)
    assert sample.xyz is not None
    xyz = np.where((sample.xyz == 0).any(axis=-1, keepdims=True), np.float32(np.nan), sample.xyz)
    return _point_network()(Sample(name, None, xyz))


def _pictures(sample: Sample) -> PatchFeatures:
    return _kept_picture(sample.name)


@cache
def _kept_picture(name: str) -> PatchFeatures:
    return _image_network()(part(name))


@cache
def _point_network() -> XyzPatches:
    return XyzPatches(_filled(PointTransformer(), "pointmae"), patching(config_of("dual")))


@cache
def _image_network() -> RgbPatches:
    network = PatchTransformer("vit_base_patch8_224_dino")
    _filled(network.net, "dino")
    return RgbPatches(network)


def _filled(network: Network, name: str) -> Network:
    network.load_state_dict(weights(name), strict=True)
    return network


def rounding(values: torch.Tensor, distance: float) -> float:
    """How far the published program's distance may lie from the exact one, in single precision.

    It takes |q|^2 + |b|^2 - 2 q.b, whose error is a few units in the last place of the squared lengths.
    """
    lengths = 2 * float(values.double().square().sum(1).max())
    return 4 * torch.finfo(torch.float32).eps * lengths / (2 * max(distance, 1e-12))
