"""Writes the patches that the fusion block learns from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from core.memory.feature_cache import Shelf
from core.methods.m3dm.config import M3dmConfig
from core.methods.m3dm.feature_files import save_features
from core.methods.m3dm.networks import load_patches
from core.methods.m3dm.patches import StreamPatches
from core.monitor import Monitor
from core.sample import Sample


@dataclass(frozen=True)
class FusionFeatures:
    """Point and picture patches, from a training's features where it has left some."""

    patches: StreamPatches

    @property
    def identities(self) -> dict[str, str]:
        """What the patches are made with."""
        return self.patches.identities

    def write(self, path: Path, sample: Sample, shelf: Shelf, *, is_half: bool) -> None:
        """One file for the part."""
        xyz, rgb = (self.patches.sensor(name, lambda: sample, shelf).values for name in ("xyz", "rgb"))
        save_features(path, xyz, rgb, is_half=is_half)

    def keep(self, sample: Sample, shelf: Shelf) -> dict[str, Path]:
        """Leave the patches of both sensors on the shelf, and say where they lie."""
        return {name: self.patches.keep(name, lambda: sample, shelf) for name in ("xyz", "rgb")}


def open_writer(config: M3dmConfig, monitor: Monitor) -> FusionFeatures:
    """The networks of the config; raise WeightsMissing where one is not there."""
    return FusionFeatures(load_patches(config, monitor))
