"""Values of seen points, laid back on the small raster as a picture."""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray

from core.geometry.working_cloud import WorkingCloud


def rastered(cloud: WorkingCloud, values: NDArray[np.float32]) -> torch.Tensor:
    """Picture (D, size, size) of `values` (P, D); exact zeros where nothing was seen."""
    picture = np.zeros((cloud.size * cloud.size, values.shape[1]), np.float32)
    picture[cloud.pixels] = values
    return torch.from_numpy(picture.T.reshape(-1, cloud.size, cloud.size))


def depth_picture(cloud: WorkingCloud) -> torch.Tensor:
    """Depth (size, size) in metres, zero where nothing was seen."""
    return rastered(cloud, cloud.points[:, 2:])[0]
