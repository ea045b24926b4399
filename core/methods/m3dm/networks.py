"""The networks of M3DM with their published weights."""

from __future__ import annotations

from pathlib import Path

from core.backbones.published import fusion_network_of, image_network, point_network
from core.backbones.rgb_patches import RgbPatches
from core.backbones.weights import find
from core.backbones.xyz_patches import PointPatching, XyzPatches
from core.methods.m3dm.config import FUSION_WEIGHTS, POINT_KEYS, M3dmConfig
from core.methods.m3dm.patches import Source, StreamPatches


def load_patches(config: M3dmConfig) -> StreamPatches:
    """Open what the variant needs and nothing else; raise WeightsMissing before any work is done."""
    sources: dict[str, Source] = {}
    if "rgb" in config.sensors_needed:
        picture = image_network(config.rgb_backbone_name)
        name = f"{config.rgb_backbone_name} {picture.sha256}"
        sources["rgb"] = Source(RgbPatches(picture.network, config.device), name)
    if "xyz" in config.sensors_needed:
        points = point_network(POINT_KEYS[config.xyz_backbone_name])
        how = PointPatching(config.num_group, config.group_size, config.point_norm, config.skip_origin)
        name = f"{config.xyz_backbone_name} {points.sha256} {how}"
        sources["xyz"] = Source(XyzPatches(points.network, how, config.device), name)
    fusion = fusion_network_of(fusion_file(config)) if "fused" in config.streams else None
    return StreamPatches(config.streams, sources, fusion)


def fusion_file(config: M3dmConfig) -> Path:
    """The file of the fusion block: the one named in the config, else the one in the library."""
    return Path(config.fusion_module_path) if config.fusion_module_path else find(FUSION_WEIGHTS)
