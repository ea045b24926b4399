"""Trains one model of a class: prepare, learn, calibrate, keep, draw the first line."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from time import perf_counter
from typing import Any

from core.batch import Waiting, inspect_each
from core.calibration import HeldOut
from core.datasets.lazy import LazySamples
from core.device import Compute, apply_threads
from core.errors import DataError
from core.inspection import Inspection
from core.methods import registry
from core.methods.detector import Detector
from core.monitor import Monitor
from core.phrase import say
from core.project.fingerprint import files_hash, names_hash
from core.project.project import Project
from core.project.records import ModelRecord, SampleRecord
from core.project.trail import now
from core.sample import Sample, SampleRef, Sensor
from core.tasks.best_on_test import REMARK, told_of_the_test, uses_the_test, without_the_test
from core.tasks.calibrate import calibrate, on_the_part
from core.tasks.inspect_class import keep, require_class
from core.tasks.method_config import config_values, method_config, on_device
from core.tasks.normal_range import normal_range, with_left_out
from core.tasks.provenance import provenance, refuse_missing_weights, weight_hashes
from core.tasks.reviewed_good import KEY, require_reviewed
from core.tasks.set_threshold import good_only_lines
from core.tasks.training_stages import CALIBRATE, KEEP, PREPARE, training_stages


@dataclass(frozen=True)
class Readable:
    """The good training parts that can be read, the sensors they all have, and what was left out and why."""

    records: tuple[SampleRecord, ...]
    sensors: frozenset[Sensor]
    left_out: tuple[dict[str, str], ...]


def train_class(
    project: Project,
    class_name: str,
    method: str,
    config: Any,
    compute: Compute,
    monitor: Monitor,
    also: Sequence[int] = (),
) -> ModelRecord:
    """Train and keep a new version, which becomes the active one; cancelling leaves no half model.

    `config` None means the method's defaults. Parts that cannot be read are left out and named in the
    model's provenance; raise DataError where none is left. `also` are numbers of test parts that a human
    called OK: they are learnt too, and are no longer part of the test of this model.
    """
    require_class(project, class_name)
    added = require_reviewed(project, class_name, also)
    apply_threads(compute)
    start = perf_counter()
    config = on_device(method_config(method, {}) if config is None else config, compute)
    refuse_missing_weights(config)
    wanted = [*_good_parts(project, class_name, config), *added]
    stages = training_stages(method, config, len(wanted))
    parts = _readable(project, class_name, wanted, stages.at(monitor, PREPARE))
    normal = _lazy(project, parts.records)
    features = project.places.features
    fresh = told_of_the_test(registry.build(method, config, features), config, project, class_name)
    detector = fresh.fit(normal, stages.learning(monitor))
    calibrating = stages.at(monitor, CALIBRATE)
    seen = _validate(project, class_name, method, detector, parts.sensors, calibrating)
    unseen = [] if _learns_validation(config) else seen
    held_out = _held_out(project, unseen, detector) or calibrate(
        lambda: registry.build(method, without_the_test(config), features),
        lambda chosen: _lazy(project, [parts.records[index] for index in chosen]),
        len(parts.records),
        calibrating,
    )
    keeping = stages.at(monitor, KEEP)
    draft = _draft(project, class_name, method, config, parts, keeping)
    if added:
        draft.provenance[KEY] = [record.name for record in parts.records if record in added]
    draft.provenance.update(provenance(compute))
    draft.provenance["weights"] = weight_hashes(config, keeping)
    draft.held_out.update(json.loads(json.dumps(held_out.as_dict())))
    return _keep(project, draft, detector, seen, perf_counter() - start, keeping)


def _good_parts(project: Project, class_name: str, config: Any) -> list[SampleRecord]:
    """Those of the training, and on request those of the validation, which then are no longer unseen."""
    records = project.samples(class_name, "train")
    if _learns_validation(config):
        records = [*records, *project.samples(class_name, "validation")]
    return [record for record in records if record.ref.is_good]


def _learns_validation(config: Any) -> bool:
    return bool(getattr(config, "train_with_validation", False))


def _readable(
    project: Project, class_name: str, records: Sequence[SampleRecord], monitor: Monitor
) -> Readable:
    kept, sensors, left_out = [], [], []
    for index, record in enumerate(records):
        monitor.tick(index, len(records), say("Preparing {name}", name=record.name))
        try:
            sensors.append(project.prepared(record, monitor).sensors)
            kept.append(record)
        except DataError as problem:
            left_out.append({"sample": record.name, "reason": str(problem.message)})
    if not kept:
        raise DataError(
            say('Class "{name}" has no good training part that can be read.', name=class_name),
            remedy=say("Import good parts for training, or locate their folder."),
        )
    return Readable(tuple(kept), frozenset.intersection(*sensors), tuple(left_out))


def _lazy(project: Project, records: Sequence[SampleRecord]) -> LazySamples:
    """The prepared samples, read when the detector looks at them."""
    by_name = {record.name: record for record in records}

    def read(ref: SampleRef) -> Sample:
        return project.prepared(by_name[ref.name])

    return LazySamples([record.ref for record in records], read=read)


Seen = list[tuple[SampleRecord, Inspection]]


def _validate(
    project: Project,
    class_name: str,
    method: str,
    detector: Detector,
    sensors: frozenset[Sensor],
    monitor: Monitor,
) -> Seen:
    """The validation parts as the fresh detector judges them."""
    records = project.samples(class_name, "validation")
    waiting = [Waiting(record.name, partial(project.prepared, record)) for record in records]
    outcomes = inspect_each(detector, registry.method(method), sensors, waiting, monitor)
    return list(zip(records, outcomes, strict=True))


def _held_out(project: Project, seen: Seen, detector: Detector) -> HeldOut | None:
    """From good validation parts and what the detector itself left out in turn, None without either."""
    own = getattr(detector, "held_out", None)
    left_out = own if isinstance(own, HeldOut) else HeldOut()
    scores, maps = [], []
    for record, outcome in seen:
        if record.ref.is_good and outcome.score_map is not None:
            scores.append(outcome.score_map.whole)
            maps.append(on_the_part(outcome.score_map, project.prepared(record)))
    if maps:
        return with_left_out(normal_range("validation", scores, maps), left_out)
    return left_out if left_out.scores else None


def _draft(
    project: Project, class_name: str, method: str, config: Any, parts: Readable, monitor: Monitor
) -> ModelRecord:
    names = [record.name for record in project.samples(class_name, "train")]
    return ModelRecord(
        id=0,
        class_name=class_name,
        method=method,
        version=0,
        name=registry.method(method).title,
        config=config_values(config),
        seed=int(getattr(config, "seed", 0)),
        sensors=parts.sensors,
        trained_on=len(parts.records),
        data_hash=files_hash([record.ref for record in parts.records], monitor),
        seconds=0.0,
        made=now(),
        provenance={
            "samples": [record.name for record in parts.records],
            "sample_list_hash": names_hash(names),
            "left_out": list(parts.left_out),
            "preprocess": asdict(project.preprocess_config(class_name)),
        },
        remark=REMARK if uses_the_test(config) else "",
    )


def _keep(
    project: Project, draft: ModelRecord, detector: Detector, seen: Seen, seconds: float, monitor: Monitor
) -> ModelRecord:
    """Files and row first, then what the validation parts got, then the first lines."""
    monitor.tick(0, 1, say("Keeping the model"))
    model = project.add_model(replace(draft, seconds=seconds), detector.save)
    for record, outcome in seen:
        keep(project, model, record, outcome)
    good_only_lines(project, model, monitor)
    monitor.tick(1, 1, say("Kept"))
    return model
