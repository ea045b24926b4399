"""The mean good part: what a part of its kind looks like where it has no defect."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.errors import DataError
from core.measure.alignment import Pose, aligned, own_pose
from core.measure.height_map import HeightMap, height_map
from core.measure.metric_cloud import MetricCloud
from core.phrase import say

Points = NDArray[np.float64]
_MARGIN = 1.05
_LEAST_SHARE = 0.5
"""A cell belongs to the mean part where at least this share of the parts has it."""


@dataclass(frozen=True, eq=False)
class MeanPart:
    """The median heights of `parts` good parts laid onto each other."""

    map: HeightMap
    parts: int

    def rise(self, cloud: MetricCloud) -> tuple[Points, Points]:
        """(H, W) signed mm above the mean part, + towards the sensor, and how level it is there, 0 to 1.

        The rise is along the normal of the whole part; times the levelness it is along the surface's own.
        Both are NaN where the mean part cannot tell.
        """
        found, level = np.full(cloud.shape, np.nan), np.full(cloud.shape, np.nan)
        pose = aligned(cloud, self.map)
        if pose is not None:
            u, v, w = pose.of(cloud.points[cloud.seen]).T
            across, down = (slope.at(u, v) for slope in self.map.slopes())
            found[cloud.seen] = w - self.map.at(u, v)
            level[cloud.seen] = 1 / np.sqrt(1 + across**2 + down**2)
        return found, level


def mean_part(clouds: Iterable[MetricCloud]) -> MeanPart:
    """Learn from good parts, read one after the other; raise DataError where none can be used.

    The first part gives the pose; each further one is laid onto it.
    """
    layers: list[NDArray[np.float32]] = []
    target: HeightMap | None = None
    for cloud in clouds:
        pose = own_pose(cloud) if target is None else aligned(cloud, target)
        if pose is None:
            continue
        found = _laid(cloud, pose, target)
        target = found if target is None else target
        layers.append(found.heights.astype(np.float32))
    if target is None:
        raise DataError(
            say("No good part has a cloud to compare with."),
            remedy=say("Choose another reference surface."),
        )
    return MeanPart(HeightMap(_middle(layers), target.pitch), len(layers))


def _laid(cloud: MetricCloud, pose: Pose, target: HeightMap | None) -> HeightMap:
    """All that was seen, the table too: what lies below a hole tells where the hole has to be."""
    places = pose.of(cloud.points[cloud.seen])
    if target is not None:
        return height_map(places, target.half_width, target.pitch)
    reach = float(np.abs(pose.of(cloud.points[cloud.seen & cloud.part])[:, :2]).max())
    return height_map(places, _MARGIN * reach, cloud.spacing)


def _middle(layers: list[NDArray[np.float32]]) -> Points:
    """The median of the parts that have a cell."""
    stack = np.stack(layers)
    count = np.isfinite(stack).sum(axis=0)
    middle = np.full(stack.shape[1:], np.nan)
    enough = count >= _LEAST_SHARE * len(layers)
    middle[enough] = np.nanmedian(stack[:, enough], axis=0)
    return middle
