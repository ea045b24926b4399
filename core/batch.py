"""Many samples through one detector: every sample ends as an entry, also one that cannot be judged."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from time import perf_counter

from core.errors import DataError, InspectionError, NotFitted, OutOfMemory, WeightsMissing
from core.inspection import Inspection
from core.methods.detector import Detector
from core.methods.registry import Method, sensors_needed
from core.monitor import Monitor, Progress
from core.phrase import Phrase, say
from core.sample import Sample, Sensor

_CONCERN_ALL = (NotFitted, OutOfMemory, WeightsMissing)
_SENSOR_WORDS: dict[Sensor, Phrase] = {"rgb": say("colour image"), "xyz": say("point cloud")}


@dataclass(frozen=True)
class Waiting:
    """A sample that is read when its turn comes."""

    name: str
    read: Callable[[], Sample]


def inspect_each(
    detector: Detector,
    method: Method,
    trained_with: frozenset[Sensor],
    waiting: Sequence[Waiting],
    monitor: Monitor,
) -> Iterator[Inspection]:
    """Judge one sample after the other; what concerns only one sample becomes its entry.

    A method that takes what sensors there are needs those that it was `trained_with`: without one of them its
    scores would mean nothing.
    """
    needed = sensors_needed(method, getattr(detector, "config", None)) or trained_with
    for index, sample in enumerate(waiting):
        monitor.tick(index, len(waiting), say("Inspecting {name}", name=sample.name))
        yield _inspect(detector, method.key, needed, sample, monitor)
    monitor.tick(len(waiting), len(waiting), say("Inspected"))


def _inspect(
    detector: Detector, method: str, needed: frozenset[Sensor], waiting: Waiting, monitor: Monitor
) -> Inspection:
    try:
        sample = waiting.read()
        _refuse_missing(needed, sample)
        start = perf_counter()
        score_map = detector.predict(sample, replace(monitor, report=_unheard))
        seconds = perf_counter() - start
        if math.isnan(score_map.whole):
            raise DataError(
                say("{name} got no score.", name=waiting.name),
                remedy=say("Look whether its image and cloud show the part."),
            )
    except _CONCERN_ALL:
        raise
    except InspectionError as problem:
        return Inspection(waiting.name, method, None, failure=problem.message, remedy=problem.remedy)
    return Inspection(
        waiting.name,
        method,
        score_map,
        seconds=seconds,
        sensors=needed & sample.sensors,
        imagined=getattr(getattr(detector, "config", None), "sensors_imagined", frozenset()),
        frame=sample.placing,
    )


def _refuse_missing(needed: frozenset[Sensor], sample: Sample) -> None:
    for sensor in sorted(needed - sample.sensors):
        raise DataError(
            say("{name} has no {sensor}.", name=sample.name, sensor=_SENSOR_WORDS[sensor]),
            remedy=say("Add the missing file, or train a model on the other sensor alone."),
        )


def _unheard(progress: Progress) -> None:
    """Steps within one sample would make the bar of the batch jump."""
