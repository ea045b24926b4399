"""Which models can judge a part though one of its sensors is missing."""

from __future__ import annotations

from collections.abc import Sequence

from core.phrase import Phrase, say
from core.project.records import ModelRecord, SampleRecord
from core.sample import Sensor
from core.tasks.sensors_used import sensors_of_model


def able_models(models: Sequence[ModelRecord], sensors: frozenset[Sensor]) -> tuple[ModelRecord, ...]:
    """The models that need no more than these sensors."""
    return tuple(model for model in models if sensors_of_model(model) <= sensors)


def say_able_models(models: Sequence[ModelRecord], record: SampleRecord) -> Phrase:
    """What can be done about the sensor that a part lacks; "" where it has both."""
    sensors = record.ref.sensors
    if len(sensors) != 1:
        return Phrase("", {})
    able = able_models(models, sensors)
    if able:
        names = ", ".join(model.name for model in able)
        return say("Can still be judged by: {models}", models=names)
    if not models:
        return say("A model that is trained with this sensor alone can judge it.")
    if "rgb" in sensors:
        return say("No model of this class can judge it from the colour picture alone. Train one that can.")
    return say("No model of this class can judge it from the cloud alone. Train one that can.")
