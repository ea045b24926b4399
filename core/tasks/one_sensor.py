"""What a missing sensor costs: the same test parts judged with both sensors and with one."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.batch import Waiting, inspect_each
from core.datasets.lazy import LazySamples
from core.datasets.masks import read_mask
from core.device import Compute, apply_threads
from core.errors import WeightsMissing, WrongUse
from core.exporting.one_sensor_table import TITLES
from core.inspection import Inspection
from core.methods import registry
from core.methods.one_sensor_ways import Way, ways_of
from core.methods.registry import config_class, method
from core.metrics.confusion import confusion_at
from core.metrics.summary import Figures, class_figures
from core.monitor import Monitor
from core.phrase import Phrase, say
from core.preprocess.prepare import prepare
from core.project.project import Project
from core.project.records import ModelRecord, SampleRecord
from core.sample import Sample, Sensor
from core.sensor_words import NO_SENSORS, say_sensors
from core.source_raster import truth_on_map, without_margin
from core.tasks.inspect_class import inspect_class
from core.tasks.method_config import config_values, on_device, with_values
from core.tasks.sensors_used import imagined_by, say_model_sensors, sensors_of_model
from core.tasks.train_class import train_class
from core.tasks.truth import Judged, Lazy, map_of, readable_truth_of

REMARK = say("Trained to tell the cost of a missing sensor.")
_BOTH: frozenset[Sensor] = frozenset({"rgb", "xyz"})


@dataclass(frozen=True)
class OneSensorRow:
    """One way to judge the parts: by which sensors, by which model, and how well.

    `missed` and `false_alarms` count at the model's own line, None where it has none. `scores` are by the
    numbers of the parts. `dropped` is the sensor that was taken from all parts, also those of the training.
    """

    sensors: frozenset[Sensor]
    imagined: frozenset[Sensor]
    model: ModelRecord
    figures: Figures
    scores: Mapping[int, float] = field(repr=False)
    missed: int | None = None
    false_alarms: int | None = None
    dropped: Sensor | None = None

    @property
    def seen_by(self) -> Phrase:
        """The sensors in words: "3D only, RGB imagined"."""
        return say_sensors(self.sensors, self.imagined)

    @property
    def title(self) -> str:
        """The model by its name, and that it was learnt anew where it was."""
        if self.dropped is None:
            return self.model.name
        return say("{name}, learnt anew without the sensor", name=self.model.name)

    def cost(self, other: OneSensorRow, figure: str) -> float | None:
        """How much of that figure is lost against the other row; negative where it is won."""
        mine, its = getattr(self.figures, figure), getattr(other.figures, figure)
        return None if mine is None or its is None else its - mine


@dataclass(frozen=True)
class OneSensorCost:
    """All rows of one class, that with both sensors first; `left_out` says what could not be judged."""

    class_name: str
    good: int
    bad: int
    rows: tuple[OneSensorRow, ...]
    left_out: tuple[Phrase, ...] = ()

    @property
    def both(self) -> OneSensorRow | None:
        """The row with both sensors, which the others are compared with."""
        return next((row for row in self.rows if row.sensors == _BOTH), None)


def one_sensor_cost(
    project: Project, model_id: int, compute: Compute, monitor: Monitor, *, may_train: bool = True
) -> OneSensorCost:
    """Judge the test parts that both sensors saw in every way that the model's method knows.

    Models of the project are used where they were trained so; `may_train` allows to train those that lack,
    as versions beside the active one. No sensor is ever filled in with zeros. Raise WrongUse for a method of
    one sensor, and where no test part was seen by both.
    """
    model = project.model(model_id)
    config = with_values(config_class(model.method)(), model.config)
    ways = ways_of(model.method, config)
    if not ways:
        raise WrongUse(
            say("{method} looks at one sensor only.", method=method(model.method).title),
            remedy=say("Choose a model of a method that looks at colour and 3D."),
        )
    parts = _parts(project, model.class_name)
    rows, left_out = [], []
    for turn, way in enumerate(ways):
        stage = monitor.at_stage(turn + 1, len(ways), say("Judge with {sensors}", sensors=_name(way, config)))
        try:
            rows.append(_row(project, model, way, parts, compute, stage, may_train=may_train))
        except (WeightsMissing, WrongUse) as problem:
            left_out.append(
                say("{sensors}: {reason}", sensors=_name(way, config), reason=say_reason(problem.message))
            )
    good = sum(bool(part.ref.is_good) for part in parts)
    return OneSensorCost(model.class_name, good, len(parts) - good, tuple(rows), tuple(left_out))


def say_reason(message: str) -> Phrase:
    """A sentence as it was made, so that it can be said in another language."""
    return message if isinstance(message, Phrase) else Phrase(message, {})


def _parts(project: Project, class_name: str) -> list[SampleRecord]:
    parts = [
        record
        for record in project.samples(class_name, "test")
        if record.ref.sensors == _BOTH and record.ref.is_good is not None
    ]
    if not parts:
        raise WrongUse(
            say('No test part of "{name}" was seen by both sensors.', name=class_name),
            remedy=say("Import test parts with colour and 3D, and say which are good."),
        )
    return parts


def _name(way: Way, config: Any) -> Phrase:
    if way.config is None:
        return say_sensors(_BOTH - {way.dropped} if way.dropped else _BOTH)
    imagined = getattr(way.config, "sensors_imagined", NO_SENSORS)
    return say_sensors(way.config.sensors_needed, imagined)


def _row(
    project: Project,
    model: ModelRecord,
    way: Way,
    parts: Sequence[SampleRecord],
    compute: Compute,
    monitor: Monitor,
    *,
    may_train: bool,
) -> OneSensorRow:
    if way.dropped is not None:
        return _dropped_row(project, model, way.dropped, parts, compute, monitor)
    chosen = (
        model if way.config is None else _model_of(project, model, way.config, compute, monitor, may_train)
    )
    known = project.inspections(chosen.id)
    waiting = [part for part in parts if part.id not in known or known[part.id].score is None]
    if waiting and not project.is_read_only:
        inspect_class(project, chosen, waiting, compute, monitor)
    known = project.inspections(chosen.id)
    judged = [Judged(part, known.get(part.id)) for part in parts]
    figures = class_figures(
        [entry.score for entry in judged],
        [entry.record.ref.label for entry in judged],
        Lazy(judged, partial(map_of, project)),
        Lazy(judged, lambda entry: readable_truth_of(project, entry, {})),
    )
    line = project.threshold(chosen.id, "image")
    counts = confusion_at(line.value, [e.score for e in judged], _is_bad(parts)) if line else None
    return OneSensorRow(
        sensors_of_model(chosen),
        imagined_by(chosen),
        chosen,
        figures.overall,
        {entry.record.id: entry.score for entry in judged},
        counts.missed if counts else None,
        counts.false_alarms if counts else None,
    )


def _model_of(
    project: Project, model: ModelRecord, config: Any, compute: Compute, monitor: Monitor, may_train: bool
) -> ModelRecord:
    """A version that was trained so; else one is trained now, and the active one stays active."""
    wanted = _comparable(config_values(config))
    for known in project.models(model.class_name):
        if known.method == model.method and not known.is_stale and _comparable(known.config) == wanted:
            return known
    if not may_train or project.is_read_only:
        raise WrongUse(
            say("There is no model that was trained so."), remedy=say("Train one, or allow to train it now.")
        )
    active = project.active_model(model.class_name)
    made = train_class(project, model.class_name, model.method, config, compute, monitor)
    project.set_remark(made.id, str(REMARK))
    name = say("{sensors} · {name}", sensors=say_model_sensors(made), name=made.name)
    project.rename_model(made.id, str(name))
    if active is not None:
        project.set_active(active.id)
    return project.model(made.id)


def _comparable(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name != "device"}


def _is_bad(parts: Sequence[SampleRecord]) -> list[bool]:
    return [not part.ref.is_good for part in parts]


def _dropped_row(
    project: Project,
    model: ModelRecord,
    dropped: Sensor,
    parts: Sequence[SampleRecord],
    compute: Compute,
    monitor: Monitor,
) -> OneSensorRow:
    """The same method with the same settings over the same parts, as if the sensor had never been there.

    Learnt anew, because a model of both sensors refuses such parts; kept nowhere.
    """
    left: frozenset[Sensor] = _BOTH - {dropped}
    if sensors_of_model(model) != _BOTH:
        raise WrongUse(
            say("The model was trained with one sensor only."),
            remedy=say("Choose a model that was trained with colour and 3D."),
        )
    apply_threads(compute)
    learning, judging = monitor.split(1, 2)
    good = [record for record in project.samples(model.class_name, "train") if record.ref.is_good]
    by_name = {record.name: record for record in good if record.ref.sensors == _BOTH}
    normal = LazySamples(
        [record.ref for record in by_name.values()],
        read=lambda ref: _without(project, by_name[ref.name], dropped),
    )
    config = on_device(with_values(config_class(model.method)(), model.config), compute)
    detector = registry.build(model.method, config).fit(normal, learning)
    waiting = [Waiting(part.name, partial(_without, project, part, dropped)) for part in parts]
    with tempfile.TemporaryDirectory() as folder:
        kept = _Kept(Path(folder))
        outcomes = inspect_each(detector, method(model.method), left, waiting, judging)
        for part, outcome in zip(parts, outcomes, strict=True):
            kept.add(part, outcome)
        entries = [Judged(part, None) for part in parts]
        figures = class_figures(
            [kept.scores[part.id] for part in parts],
            [part.ref.label for part in parts],
            Lazy(entries, lambda entry: kept.map_of(entry.record)),
            Lazy(entries, lambda entry: kept.truth_of(entry.record)),
        )
    return OneSensorRow(left, NO_SENSORS, model, figures.overall, kept.scores, dropped=dropped)


def _without(project: Project, part: SampleRecord, dropped: Sensor) -> Sample:
    """What is left of a part, prepared as if the sensor had never been there."""
    seen = project.read(part)
    alone = replace(seen, rgb=None) if dropped == "rgb" else replace(seen, xyz=None)
    return prepare(alone, project.preprocess_config(part.ref.class_name)).sample


@dataclass
class _Kept:
    """Maps of parts on disk, as long as the figures are being computed."""

    folder: Path
    scores: dict[int, float] = field(default_factory=dict)
    outcomes: dict[int, Inspection] = field(default_factory=dict)

    def add(self, part: SampleRecord, outcome: Inspection) -> None:
        """Take one outcome in."""
        self.scores[part.id] = float("nan") if outcome.score_map is None else outcome.score_map.whole
        if outcome.score_map is not None:
            np.save(self._place(part), outcome.score_map.pixels)
        self.outcomes[part.id] = replace(outcome, score_map=None)

    def map_of(self, part: SampleRecord) -> NDArray[np.float32] | None:
        """The map, NaN on the margin around the picture."""
        frame = self.outcomes[part.id].frame
        if not self._place(part).exists() or frame is None:
            return None
        return without_margin(np.load(self._place(part)), frame)

    def truth_of(self, part: SampleRecord) -> NDArray[np.bool_] | None:
        """The imported truth on the raster of the map."""
        pixels, frame = self.map_of(part), self.outcomes[part.id].frame
        if part.ref.mask is None or part.ref.is_good or pixels is None or frame is None:
            return None
        return truth_on_map(read_mask(part.ref.mask), frame, (pixels.shape[0], pixels.shape[1]))

    def _place(self, part: SampleRecord) -> Path:
        return self.folder / f"{part.id}.npy"


def as_data(found: Sequence[OneSensorCost]) -> list[dict[str, Any]]:
    """Plain data for a file."""
    return [
        {
            "class": cost.class_name,
            "good": cost.good,
            "bad": cost.bad,
            "left_out": [str(reason) for reason in cost.left_out],
            "rows": list(_rows(cost)),
        }
        for cost in found
    ]


def _rows(cost: OneSensorCost) -> Iterator[dict[str, Any]]:
    both = cost.both
    for row in cost.rows:
        lost = {key: row.cost(both, key) if both is not None else None for key in TITLES}
        yield {
            "seen_by": str(row.seen_by),
            "sensors": sorted(row.sensors),
            "imagined": sorted(row.imagined),
            "dropped": row.dropped,
            "model": str(row.title),
            "model_id": row.model.id,
            "method": row.model.method,
            "figures": asdict(row.figures),
            "cost": lost,
            "missed": row.missed,
            "false_alarms": row.false_alarms,
        }
