"""The networks of M3DM with their published weights."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from core.backbones.published import fusion_network_of
from core.backbones.sources import picture_source, point_source
from core.backbones.weight_checks import fingerprint
from core.backbones.weights import find, require
from core.backbones.xyz_patches import PointPatching
from core.errors import WeightsMissing
from core.memory.kept_features import Source
from core.methods.m3dm.config import FUSION_WEIGHTS, M3dmConfig
from core.methods.m3dm.patches import StreamPatches
from core.monitor import Monitor
from core.phrase import say


def load_patches(config: M3dmConfig, monitor: Monitor) -> StreamPatches:
    """What the variant needs and nothing else; raise WeightsMissing before any work is done.

    The large networks are opened at the first sample whose features are not kept.
    """
    refuse_missing(config)
    sources: dict[str, Source] = {}
    if "rgb" in config.sensors_needed:
        sources["rgb"] = picture_source(config.rgb_backbone_name, config.device, monitor)
    if "xyz" in config.sensors_needed:
        sources["xyz"] = point_source(config.xyz_backbone_name, patching(config), config.device, monitor)
    fusion = None
    if "fused" in config.streams:
        fusion = fusion_network_of(fusion_file(config)).to(config.device)
    stored = {name: replace(source, storage=config.feature_storage) for name, source in sources.items()}
    return StreamPatches(config.streams, stored, fusion)


def patching(config: M3dmConfig) -> PointPatching:
    """How a cloud is cut."""
    return PointPatching(config.num_group, config.group_size, config.point_norm, config.skip_origin)


def refuse_missing(config: M3dmConfig) -> None:
    """Raise WeightsMissing that names all files that are not there."""
    require(config.weights_needed)
    for path in config.files_needed:
        if not path.is_file():
            raise WeightsMissing(
                say("There is no file {path}.", path=path),
                remedy=say("Look at the spelling of its name."),
            )


def weights_used(config: M3dmConfig, monitor: Monitor) -> dict[str, str]:
    """SHA-256 of every file that the variant uses, by its key in the library."""
    hashes = {key: fingerprint(key, monitor) for key in config.weights_needed}
    for path in config.files_needed:
        hashes[FUSION_WEIGHTS] = fingerprint(FUSION_WEIGHTS, monitor, path)
    return hashes


def fusion_file(config: M3dmConfig) -> Path:
    """The file of the fusion block: the one named in the config, else the one in the library."""
    return Path(config.fusion_module_path) if config.fusion_module_path else find(FUSION_WEIGHTS)
