"""What a sensor saw, as a raster that a network takes whole."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

from core.backbones.picture import network_input
from core.errors import DataError
from core.geometry.working_cloud import working_cloud
from core.phrase import say
from core.sample import Sample, Sensor

SIDE = 224


def sensor_raster(sample: Sample, sensor: Sensor) -> Tensor:
    """(3, 224, 224): the normalised picture, or the points in metres with zeros where nothing was seen."""
    if sensor == "rgb":
        if sample.rgb is None:
            raise DataError(
                say("{name} has no picture.", name=sample.name),
                remedy=say("Choose a method that needs the cloud only."),
            )
        return network_input(sample.rgb, SIDE)[0]
    if sample.xyz is None:
        raise DataError(
            say("{name} has no 3D cloud.", name=sample.name),
            remedy=say("Choose a method that needs colour only."),
        )
    cloud = working_cloud(sample.xyz, SIDE)
    raster = np.zeros((SIDE * SIDE, 3), np.float32)
    raster[cloud.pixels] = cloud.points
    return torch.from_numpy(np.ascontiguousarray(raster.T.reshape(3, SIDE, SIDE)))
