"""What can be trained here and now, what it costs, and what stands in the way."""

from __future__ import annotations

from dataclasses import dataclass

from core.backbones.weights import require
from core.errors import WeightsMissing
from core.methods.registry import METHODS, Method, config_class
from core.phrase import Phrase, say
from core.project.records import ModelRecord
from core.sample import Sensor
from workers.remaining import say_remaining

NO_WEIGHTS = say("Needs weights that are not on this machine.")
_SECONDS_A_PART = {"quick_look": 1.2}
"""Measured on two cores at 400 px; other methods are told from their last training."""


@dataclass(frozen=True)
class MethodChoice:
    """A method with the reason why it is blocked ("" if it is not) and its time in words.

    `missing` says which weights are not there and where to put them.
    """

    method: Method
    blocked: Phrase | str
    time: Phrase | str
    is_recommended: bool
    missing: WeightsMissing | None = None


def choices(
    sensors: frozenset[Sensor], good_parts: int, models: tuple[ModelRecord, ...]
) -> tuple[MethodChoice, ...]:
    """All methods in the order of the registry; the first usable one is recommended."""
    found = []
    is_taken = False
    for method in METHODS:
        missing = _missing_weights(method)
        blocked = _blocked(method, sensors) or (NO_WEIGHTS if missing else "")
        is_recommended = not blocked and not is_taken
        is_taken |= is_recommended
        time = "" if blocked else _time(method, good_parts, models)
        found.append(MethodChoice(method, blocked, time, is_recommended, missing))
    return tuple(found)


def _blocked(method: Method, sensors: frozenset[Sensor]) -> Phrase | str:
    missing = method.needs - sensors
    if not missing:
        return ""
    if "xyz" in missing:
        return say("Needs a 3D sensor, which these parts do not have.")
    return say("Needs colour pictures, which these parts do not have.")


def _missing_weights(method: Method) -> WeightsMissing | None:
    """What the default variant lacks; no file is opened and no library loaded."""
    try:
        require(getattr(config_class(method.key)(), "weights_needed", ()))
    except WeightsMissing as missing:
        return missing
    return None


def _time(method: Method, good_parts: int, models: tuple[ModelRecord, ...]) -> Phrase | str:
    """From the last training of this method on this machine, else from a measured pace, else silence."""
    for model in models:
        if model.method == method.key and model.trained_on:
            return say_remaining(model.seconds / model.trained_on * good_parts)
    pace = _SECONDS_A_PART.get(method.key)
    return say_remaining(pace * good_parts) if pace is not None else ""
