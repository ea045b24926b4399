"""A cloud cut into overlapping groups around well spread centres."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.geometry.cuda_ops import CudaOps
from core.geometry.farthest_points import farthest_points
from core.geometry.neighbours import nearest_points
from core.monitor import Monitor


@dataclass(frozen=True, eq=False)
class Groups:
    """centre_index (G,), member_index (G, K) nearest first, centres (G, 3), offsets (G, K, 3) from them."""

    centre_index: NDArray[np.int64]
    member_index: NDArray[np.int64]
    centres: NDArray[np.float32]
    offsets: NDArray[np.float32]


def group_points(
    points: NDArray[np.float32],
    groups: int,
    size: int,
    *,
    skip_origin: bool = True,
    monitor: Monitor | None = None,
    device: str = "cpu",
) -> Groups:
    """Cut points (P, 3) into `groups` groups of the `size` nearest points around farthest-point centres.

    On a CUDA device the optional operations do it where they are installed.
    """
    cuda = CudaOps.find() if device.startswith("cuda") and skip_origin and len(points) >= groups else None
    if cuda is not None and len(points) >= size:
        centre_index = cuda.farthest_points(points, groups, device)
        centres = points[centre_index]
        member_index = cuda.nearest_points(points, centres, size, device)
    else:
        centre_index = farthest_points(points, groups, skip_origin=skip_origin, monitor=monitor)
        centres = points[centre_index]
        _, member_index = nearest_points(points, centres, size)
    return Groups(centre_index, member_index, centres, points[member_index] - centres[:, None, :])
