"""Writes what the imagining networks learn from: patches and rasters of both sensors."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from core.backbones.raster_input import SIDE, sensor_raster
from core.memory.feature_cache import Shelf
from core.memory.kept_features import kept_name
from core.methods.mtfi.config import MtfiConfig
from core.methods.mtfi.example_files import save_example
from core.methods.mtfi.lessons import Item
from core.methods.mtfi.networks import open_streams
from core.methods.mtfi.streams import Shelves, Streams
from core.monitor import Monitor
from core.sample import Sample, Sensor

_SENSORS: dict[Item, Sensor] = {"xyz": "xyz", "rgb": "rgb"}
_RASTERS: dict[Item, Sensor] = {"cloud": "xyz", "picture": "rgb"}


@dataclass(frozen=True)
class Examples:
    """The wanted items of every part, patches from a training's features where it has left some."""

    streams: Streams
    items: tuple[Item, ...]

    @property
    def identities(self) -> dict[str, str]:
        """What the patches are made with, and which items there are."""
        made = {str(sensor): source.identity for sensor, source in self.streams.sources.items()}
        return {**made, "items": " ".join(self.items)}

    def write(self, path: Path, sample: Sample, shelf: Shelf, *, is_half: bool) -> None:
        """One file for the part."""
        found = {item: self._item(item, sample, shelf) for item in self.items}
        save_example(path, found, is_half=is_half)

    def keep(self, sample: Sample, shelf: Shelf) -> dict[str, Path]:
        """Leave each item on the shelf, and say where it lies."""
        for item in self.items:
            if item in _RASTERS:
                shelf.rows(_raster_name(item), partial(_raster, sample, _RASTERS[item]))
            else:
                self._item(item, sample, shelf)
        return {str(item): shelf.place(self._name(item)) for item in self.items}

    def _name(self, item: Item) -> str:
        return _raster_name(item) if item in _RASTERS else kept_name(self.streams.sources[_SENSORS[item]])

    def _item(self, item: Item, sample: Sample, shelf: Shelf) -> Tensor:
        if item in _RASTERS:
            return sensor_raster(sample, _RASTERS[item])
        return self.streams.patches(_SENSORS[item], lambda: sample, Shelves(shelf)).values


def _raster(sample: Sample, sensor: Sensor) -> NDArray[np.float32]:
    return np.asarray(sensor_raster(sample, sensor), np.float32)


def _raster_name(item: Item) -> str:
    return f"{item} {SIDE}"


def ftof(config: MtfiConfig, monitor: Monitor) -> Examples:
    """For feature to feature."""
    return _examples(config, monitor, "xyz", "rgb")


def frgb_xyz(config: MtfiConfig, monitor: Monitor) -> Examples:
    """For a cloud from picture patches, and picture patches from a cloud."""
    return _examples(config, monitor, "rgb", "cloud")


def rgb_fxyz(config: MtfiConfig, monitor: Monitor) -> Examples:
    """For a picture from point patches, and point patches from a picture."""
    return _examples(config, monitor, "xyz", "picture")


def everything(config: MtfiConfig, monitor: Monitor) -> Examples:
    """For all families."""
    return _examples(config, monitor, "xyz", "rgb", "cloud", "picture")


def _examples(config: MtfiConfig, monitor: Monitor, *items: Item) -> Examples:
    sensors = frozenset(_SENSORS[item] for item in items if item in _SENSORS)
    return Examples(open_streams(config, sensors, monitor), items)
