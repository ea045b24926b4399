"""The patches of a part from every source an export may have: networks as graphs, all else in numpy."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.backbones.picture import network_array
from core.deployed.networks import Networks
from core.descriptors.colour_cells import colour_cells
from core.descriptors.fpfh import Reach, describe_points
from core.descriptors.hand_made import colour_rows, shape_rows
from core.descriptors.hog import oriented_gradients
from core.descriptors.pooling import GRID, averaged_array, pooled_array
from core.descriptors.sift import dense_sift
from core.errors import DataError
from core.geometry.group_grid import grid_of_groups
from core.geometry.grouping import group_points
from core.geometry.working_cloud import WorkingCloud, working_cloud
from core.phrase import say
from core.sample import Sample

Rows = NDArray[np.float32]
SIDE, FINE = 224, 56
Told = Mapping[str, Any]
"""What the manifest says of a source: its `kind`, numbers, and the graph or the sources it is made of."""


@dataclass(frozen=True, eq=False)
class Patches:
    """rows (N, D), row major over the grid."""

    rows: Rows
    grid: tuple[int, int]

    def on(self, side: int) -> Patches:
        """The same on a square grid of that side, by adaptive averages."""
        if self.grid == (side, side):
            return self
        picture = np.ascontiguousarray(self.rows.T).reshape(-1, *self.grid)
        return Patches(averaged_array(picture, side), (side, side))


@dataclass(eq=False)
class Sources:
    """The sources of one export; what is asked twice of a part is computed once."""

    told: Mapping[str, Told]
    networks: Networks
    _known: dict[tuple[int, str], Patches] = field(default_factory=dict)

    def look(self, samples: Sequence[Sample]) -> None:
        """Forget the parts before; pictures go through their network together."""
        self._known.clear()
        for name, told in self.told.items():
            if told["kind"] == "picture" and not any(sample.rgb is None for sample in samples):
                pictures = np.concatenate([_picture(sample, told) for sample in samples])
                for sample, rows in zip(samples, self.networks(told["graph"], pictures)[0], strict=True):
                    self._known[id(sample), name] = _squared(rows)

    def patches(self, name: str, sample: Sample) -> Patches:
        """Raise DataError where the part lacks what the source looks at."""
        key = id(sample), name
        if key not in self._known:
            self._known[key] = _KINDS[self.told[name]["kind"]](self, self.told[name], sample)
        return self._known[key]


def _of_picture(sources: Sources, told: Told, sample: Sample) -> Patches:
    return _squared(sources.networks(told["graph"], _picture(sample, told))[0][0])


def _of_depth(sources: Sources, told: Told, sample: Sample) -> Patches:
    picture = np.broadcast_to(_depth(sample), (1, 3, SIDE, SIDE))
    return _squared(sources.networks(told["graph"], np.ascontiguousarray(picture))[0][0])


def _of_cloud(sources: Sources, told: Told, sample: Sample) -> Patches:
    """As core/backbones/xyz_patches.py."""
    cloud = working_cloud(_cloud_of(sample))
    if len(cloud.points) < max(told["groups"], told["group_size"]):
        raise DataError(
            say("{name} has {points} points on the working raster, too few for {groups} groups.",
                name=sample.name, points=len(cloud.points), groups=told["groups"]),
            remedy=say("Use fewer and smaller groups, or check the background removal."),
        )  # fmt: skip
    groups = group_points(cloud.points, told["groups"], told["group_size"], skip_origin=told["skip_origin"])
    features = sources.networks(told["graph"], groups.offsets, groups.centres)[0]
    rows = grid_of_groups(cloud, groups.centres, features, FINE)
    return Patches(rows, (FINE, FINE))


def _of_histograms(sources: Sources, told: Told, sample: Sample) -> Patches:
    cloud = _seen_cloud(sample)
    described = describe_points(cloud.points, Reach(**told["reach"]))
    picture = np.zeros((SIDE * SIDE, described.shape[1]), np.float32)
    picture[cloud.pixels] = described
    planes = np.ascontiguousarray(picture.T).reshape(-1, SIDE, SIDE)
    return Patches(pooled_array(planes), (GRID, GRID))


def _of_heights(sources: Sources, told: Told, sample: Sample) -> Patches:
    depth = _depth(sample)
    if told["how"] == "raw":
        return _squared(depth.reshape(GRID * GRID, -1))
    return _squared(oriented_gradients(depth) if told["how"] == "hog" else pooled_array(dense_sift(depth)))


def _hand_made(sources: Sources, told: Told, sample: Sample) -> Patches:
    return _squared(shape_rows(sample) if told["sensor"] == "xyz" else colour_rows(sample))


def _colour_cells(sources: Sources, told: Told, sample: Sample) -> Patches:
    return _squared(colour_cells(_rgb(sample), told["size"]))


def _joined(sources: Sources, told: Told, sample: Sample) -> Patches:
    parts = [sources.patches(name, sample) for name in told["of"]]
    return Patches(np.concatenate([part.rows for part in parts], axis=1), parts[0].grid)


def _fused(sources: Sources, told: Told, sample: Sample) -> Patches:
    points, picture = (sources.patches(name, sample).on(FINE) for name in told["of"])
    return Patches(sources.networks(told["graph"], points.rows, picture.rows)[0], points.grid)


def _translated(sources: Sources, told: Told, sample: Sample) -> Patches:
    """A grid of half the side is translated as it is, and its patches repeated after."""
    real = sources.patches(told["of"], sample)
    if 2 * real.grid[0] != FINE:
        real = real.on(FINE)
    return Patches(sources.networks(told["graph"], real.rows)[0], real.grid).on(FINE)


def _of_raster(sources: Sources, told: Told, sample: Sample) -> Patches:
    """As core/backbones/raster_input.py."""
    if told["sensor"] == "rgb":
        raster = _picture(sample, {"side": SIDE, "resampling": "bicubic"})
    else:
        cloud = working_cloud(_cloud_of(sample), SIDE)
        flat = np.zeros((SIDE * SIDE, 3), np.float32)
        flat[cloud.pixels] = cloud.points
        raster = np.ascontiguousarray(flat.T).reshape(1, 3, SIDE, SIDE)
    found = sources.networks(told["graph"], raster)[0][0]
    return Patches(np.ascontiguousarray(found.reshape(len(found), -1).T), (found.shape[1], found.shape[2]))


def _decoded(sources: Sources, told: Told, sample: Sample) -> Patches:
    """An imagined picture goes through the missing sensor's own network."""
    real = sources.patches(told["of"], sample).on(FINE)
    given = np.ascontiguousarray(real.rows.T).reshape(1, -1, FINE, FINE)
    picture = sources.networks(told["graph"], given)[0]
    return _squared(sources.networks(told["then"], picture)[0][0])


_KINDS: Mapping[str, Callable[[Sources, Told, Sample], Patches]] = {
    "picture": _of_picture,
    "depth": _of_depth,
    "cloud": _of_cloud,
    "histograms": _of_histograms,
    "heights": _of_heights,
    "hand_made": _hand_made,
    "colour_cells": _colour_cells,
    "joined": _joined,
    "fused": _fused,
    "translated": _translated,
    "raster": _of_raster,
    "decoded": _decoded,
}


def _squared(rows: Rows) -> Patches:
    side = round(len(rows) ** 0.5)
    return Patches(rows, (side, side))


def _rgb(sample: Sample) -> NDArray[np.uint8]:
    if sample.rgb is None:
        raise DataError(
            say("{name} has no picture.", name=sample.name),
            remedy=say("Name its picture, too."),
        )
    return sample.rgb


def _picture(sample: Sample, told: Told) -> Rows:
    return network_array(_rgb(sample), told["side"], told["resampling"])


def _cloud_of(sample: Sample) -> NDArray[np.float32]:
    if sample.xyz is None:
        raise DataError(
            say("{name} has no point cloud.", name=sample.name), remedy=say("Name its cloud, too.")
        )
    return sample.xyz


def _seen_cloud(sample: Sample) -> WorkingCloud:
    cloud = working_cloud(_cloud_of(sample), SIDE)
    if len(cloud.points) == 0:
        raise DataError(
            say("The point cloud of {name} is empty.", name=sample.name),
            remedy=say("Check the 3D sensor and the preprocessing, or leave the part out."),
        )
    return cloud


def _depth(sample: Sample) -> Rows:
    """Depth (224, 224) in metres, zero where nothing was seen."""
    cloud = _seen_cloud(sample)
    picture = np.zeros(SIDE * SIDE, np.float32)
    picture[cloud.pixels] = cloud.points[:, 2]
    return picture.reshape(SIDE, SIDE)
