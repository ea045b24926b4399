"""What the detector needs to know of one part: its patches, their codes, and its colours."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import torch

from core.backbones.published import sdf_network_of
from core.backbones.weight_checks import fingerprint
from core.backbones.weights import find, require
from core.errors import DataError, WeightsMissing
from core.geometry.to_sensor import Direction, to_sensor
from core.methods.shape_guided.cells import Cells, cells_of
from core.methods.shape_guided.colour import Describe, build_colour
from core.methods.shape_guided.config import SDF_WEIGHTS, ShapeGuidedConfig
from core.methods.shape_guided.cut import Cutting, Patches, cut_patches, normalised, seen_points, unit_cloud
from core.methods.shape_guided.expert import Expert, ShapeExpert
from core.methods.shape_guided.patch_files import grid_file, read_grid
from core.monitor import Monitor
from core.phrase import say
from core.sample import Sample


@dataclass(frozen=True, eq=False)
class Look:
    """Patches (S, P), their codes (S, D) and colour cells, and the features (784, C) of the picture.

    `to_sensor` (3,) is a unit vector, for a cloud in metres; None where nothing can be told in millimetres.
    """

    patches: Patches
    codes: torch.Tensor
    cells: tuple[Cells, ...]
    colours: torch.Tensor | None
    to_sensor: Direction | None


@dataclass(frozen=True, eq=False)
class Eyes:
    """The shape expert and, where colour counts, what describes the picture."""

    expert: Expert
    describe: Describe | None

    def look(self, sample: Sample, config: ShapeGuidedConfig) -> Look:
        """Everything about one part; raise DataError where a sensor is missing or saw nothing."""
        patches = patches_of(sample, config)
        codes = self.expert.encode(normalised(patches.points))
        if not bool(torch.isfinite(codes).all()):
            raise DataError(
                say("Some features of {name} are not numbers.", name=sample.name),
                remedy=say("Check the part for broken points or values, or leave it out."),
            )
        seen_from = to_sensor(sample.xyz) if sample.is_metric and sample.xyz is not None else None
        if self.describe is None:
            return Look(patches, codes, (), None, seen_from)
        cells = tuple(cells_of(pixels, config.cells, config.image_size) for pixels in patches.pixels)
        return Look(patches, codes, cells, self.describe(sample).values, seen_from)


def open_eyes(config: ShapeGuidedConfig) -> Eyes:
    """Both experts of the config; raise WeightsMissing that names what is not there."""
    refuse_missing(config)
    network = sdf_network_of(expert_file(config))
    return Eyes(ShapeExpert(network, config.device), build_colour(config) if config.uses_colour else None)


def expert_file(config: ShapeGuidedConfig) -> Path:
    """The file of the shape expert: the one named in the config, else the one in the library."""
    return Path(config.ckpt_path) if config.ckpt_path else find(SDF_WEIGHTS)


def refuse_missing(config: ShapeGuidedConfig) -> None:
    """Raise WeightsMissing that names all files that are not there."""
    require(config.weights_needed)
    for path in config.files_needed:
        if not path.is_file():
            raise WeightsMissing(
                say("There is no file {path}.", path=path), remedy=say("Look at the spelling of its name.")
            )


def weights_used(config: ShapeGuidedConfig, monitor: Monitor) -> dict[str, str]:
    """SHA-256 of every file that the variant uses; raise WeightsMissing that names what is not there."""
    refuse_missing(config)
    hashes = {key: fingerprint(key, monitor) for key in config.weights_needed}
    for path in config.files_needed:
        hashes[SDF_WEIGHTS] = fingerprint(SDF_WEIGHTS, monitor, path)
    return hashes


def patches_of(sample: Sample, config: ShapeGuidedConfig) -> Patches:
    """The patches that were cut before, where the config names a folder that has them; else fresh ones."""
    stored = grid_file(Path(config.grid_path), sample.name) if config.grid_path else None
    if stored is None or not stored.is_file():
        how = Cutting(config.point_num, config.group_mul, config.image_size, config.seed)
        return cut_patches(sample, how)
    found = read_grid(stored)
    if found.points.shape[1] != config.point_num or found.pixels.max() >= config.image_size**2:
        raise DataError(
            say("{path} holds patches of another size.", path=stored),
            remedy=say("Set {key}={value}.", key="point_num", value=found.points.shape[1]),
        )
    _, metres = unit_cloud(seen_points(sample, config.image_size).points)
    return Patches(found.points, found.pixels, metres)
