"""The networks of MTFI with their weights: one for each sensor, and the one that imagines."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from torch import nn

from core.backbones.distilled import distilled_of
from core.backbones.feature_translator import FeatureTranslator
from core.backbones.hrnet import HighResolutionNet
from core.backbones.local_trunk import LocalTrunk
from core.backbones.published import image_network, point_network
from core.backbones.raster_decoder import RasterDecoder
from core.backbones.residual_trunk import ResidualTrunk
from core.backbones.rgb_patches import RgbPatches
from core.backbones.sources import picture_source, point_source
from core.backbones.weight_checks import fingerprint
from core.backbones.weights import POINT_KEYS, find, require
from core.backbones.xyz_patches import PointPatching, XyzPatches
from core.errors import WeightsMissing
from core.memory.kept_features import Source
from core.methods.mtfi.config import MtfiConfig
from core.methods.mtfi.cost import width_of
from core.methods.mtfi.descriptors import colour_patches, colour_source, shape_patches, shape_source
from core.methods.mtfi.imagination import (
    FromRaster,
    Imagination,
    by_decoding,
    by_raster,
    by_translation,
    imagined_picture,
    imagined_sample,
)
from core.methods.mtfi.streams import Streams
from core.monitor import Monitor
from core.phrase import say
from core.sample import Sensor

TAPS = (3, 11)
"""The blocks of the point transformer whose output MTFI takes, counted from 0; M3DM takes one more."""


def open_streams(config: MtfiConfig, sensors: frozenset[Sensor], monitor: Monitor) -> Streams:
    """Sources for `sensors` and the imagination; raise WeightsMissing before any work is done.

    The large networks are opened at the first sample whose features are not kept.
    """
    refuse_missing(config, config.weights_for(sensors))
    sources: dict[Sensor, Source] = {}
    if config.features == "descriptors":
        sources = {sensor: shape_source() if sensor == "xyz" else colour_source() for sensor in sensors}
    else:
        if "rgb" in sensors:
            sources["rgb"] = picture_source(config.rgb_backbone_name, config.device, monitor)
        if "xyz" in sensors:
            sources["xyz"] = point_source(config.xyz_backbone_name, patching(config), config.device, monitor)
    streams = Streams(config, sources)
    if not config.imagines or config.trains_itself:
        return streams
    path = distilled_file(config)
    network = distilled_of(path, f"mtfi_{config.family}")
    _refuse_other_width(config, network, path.name)
    sha256 = fingerprint(config.distilled_weights, monitor, None if config.distilled_weights else path)
    return streams.with_imagination(imagination_of(config, network, sha256))


def patching(config: MtfiConfig) -> PointPatching:
    """How a cloud is cut."""
    return PointPatching(config.num_group, config.group_size, config.point_norm, config.skip_origin, TAPS)


def distilled_file(config: MtfiConfig) -> Path:
    """The file of the imagining network: the one named in the config, else the one in the library."""
    return Path(config.fusion_module_path) if config.fusion_module_path else find(config.distilled_weights)


def imagination_of(config: MtfiConfig, network: nn.Module, identity: str) -> Imagination:
    """What the network makes of the main sensor."""
    told = f"{config.method_name} {identity}"
    if isinstance(network, FeatureTranslator):
        return by_translation(network, config.main, told, config.device)
    if isinstance(network, RasterDecoder):
        told = f"{told} {config.background_radius} {patching(config)} {config.rgb_backbone_name}"
        return by_decoding(network, _from_raster(config), told, config.device)
    return by_raster(network, config.main, told, config.device)


def refuse_missing(config: MtfiConfig, keys: tuple[str, ...]) -> None:
    """Raise WeightsMissing that names all files that are not there."""
    require(keys)
    for path in config.files_needed:
        if not path.is_file():
            raise WeightsMissing(
                say("There is no file {path}.", path=path),
                remedy=say("Look at the spelling of its name."),
            )


def weights_used(config: MtfiConfig, keys: tuple[str, ...], monitor: Monitor) -> dict[str, str]:
    """SHA-256 of the files of these keys and of a file outside the library."""
    hashes = {key: fingerprint(key, monitor) for key in keys}
    for path in config.files_needed:
        hashes[f"mtfi_{config.family}_{config.main}"] = fingerprint("", monitor, path)
    return hashes


def _from_raster(config: MtfiConfig) -> FromRaster:
    """What looks at an imagined raster; a network is opened at the first one."""
    if config.features == "descriptors":
        if config.main == "xyz":
            return lambda raster: colour_patches(imagined_picture(raster))
        return lambda raster: shape_patches(imagined_sample(raster, config.background_radius))
    if config.main == "xyz":
        picture = cache(
            lambda: RgbPatches(image_network(config.rgb_backbone_name).network, config.device).of_picture
        )
        return lambda raster: picture()(raster)
    points = cache(
        lambda: XyzPatches(
            point_network(POINT_KEYS[config.xyz_backbone_name]).network, patching(config), config.device
        )
    )
    return lambda raster: points()(imagined_sample(raster, config.background_radius))


def _refuse_other_width(config: MtfiConfig, network: nn.Module, name: str) -> None:
    """Raise WeightsMissing where the network was trained on other features, or is of another size."""
    widths = width_of(config, "xyz"), width_of(config, "rgb")
    if isinstance(network, FeatureTranslator):
        found = (network.xyz_norm.normalized_shape[0], network.rgb_norm.normalized_shape[0])
        if found != widths:
            raise _other(say("{name} was made for patches of {found} numbers.", name=name, found=found))
    if isinstance(network, ResidualTrunk | LocalTrunk | HighResolutionNet):
        given, wanted = network.final_layer.out_channels, width_of(config, "imagined")
        if given != wanted:
            raise _other(say("{name} was made for patches of {found} numbers.", name=name, found=given))
    if isinstance(network, HighResolutionNet) and config.c_hrnet not in (0, network.width):
        raise _other(say("{name} is of width {found}.", name=name, found=network.width))


def _other(fault: str) -> WeightsMissing:
    return WeightsMissing(fault, remedy=say("Choose the weights file that was made for this network."))
