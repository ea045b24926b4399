"""Which sensors a kept model looks at, and which one it imagines."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from core.methods.registry import config_class, method, sensors_needed
from core.phrase import Phrase
from core.project.records import InspectionRecord, ModelRecord
from core.sample import Sensor
from core.sensor_words import NO_SENSORS, say_sensors
from core.tasks.method_config import with_values


def sensors_of_model(model: ModelRecord) -> frozenset[Sensor]:
    """The sensors that an inspection by this model cannot do without."""
    return sensors_needed(method(model.method), _config(model)) or model.sensors


def imagined_by(model: ModelRecord) -> frozenset[Sensor]:
    """The sensor that it imagines, if it does."""
    if not hasattr(config_class(model.method), "sensors_imagined"):
        return NO_SENSORS
    return _imagined(model.method, json.dumps(model.config, sort_keys=True))


def say_model_sensors(model: ModelRecord) -> Phrase:
    """By which sensors it judges, in words."""
    return say_sensors(sensors_of_model(model), imagined_by(model))


def say_inspection_sensors(model: ModelRecord, found: InspectionRecord) -> Phrase:
    """By which sensors a part was judged, in words."""
    return say_sensors(found.sensors, imagined_by(model))


@lru_cache(64)
def _imagined(key: str, config: str) -> frozenset[Sensor]:
    """The window asks for every part that it paints."""
    imagined: frozenset[Sensor] = with_values(config_class(key)(), json.loads(config)).sensors_imagined
    return imagined


def _config(model: ModelRecord) -> Any:
    return with_values(config_class(model.method)(), model.config)
