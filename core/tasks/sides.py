"""One side of a comparison: a trained version as it is, or with one of its sensors taken away."""

from __future__ import annotations

import json
import logging
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from core.atomic import replacing, unwritable
from core.batch import Waiting, inspect_each
from core.device import Compute, apply_threads
from core.errors import WrongUse
from core.frame import Frame
from core.inspection import Inspection
from core.methods import registry
from core.metrics.summary import Figures, class_figures
from core.monitor import Monitor
from core.phrase import Phrase, say
from core.project.project import Project
from core.project.records import InspectionRecord, ModelRecord, SampleRecord
from core.project.trail import now
from core.sample import Sensor
from core.tasks.evaluate import evaluate_class
from core.tasks.inspect_class import inspect_class, load_detector
from core.tasks.normal_range import display_range
from core.tasks.sensors_used import imagined_by, sensors_of_model
from core.tasks.truth import Judged, Lazy, map_of, readable_truth_of

log = logging.getLogger(__name__)
RESULTS = "results.jsonl"
_BOTH: frozenset[Sensor] = frozenset({"rgb", "xyz"})


@dataclass(frozen=True)
class Side:
    """A version by its number; the files of the `removed` sensors are never opened."""

    model_id: int
    removed: frozenset[Sensor] = frozenset()

    @property
    def text(self) -> str:
        """As it is written down: "4", or "4-xyz"."""
        return "-".join((str(self.model_id), *sorted(self.removed)))

    @classmethod
    def of_text(cls, text: str) -> Side | None:
        """What `text` wrote; None for anything else."""
        number, *removed = text.split("-")
        sensors = frozenset(sensor for sensor in _BOTH if sensor in removed)
        return cls(int(number), sensors) if number.isdecimal() and len(sensors) == len(removed) else None


@dataclass(frozen=True, eq=False)
class SideData:
    """What one side says of the parts of a class; `line` is its own threshold, `pixel_line` that of pixels.

    `colours` are the ends of its colour range, `size` the bytes of its files. `keeps_background` says that
    without the cloud nobody can tell the part from what lies behind it, as the model has learnt it.
    """

    side: Side
    model: ModelRecord
    inspections: Mapping[int, InspectionRecord]
    line: float | None
    pixel_line: float | None
    is_optimistic: bool
    colours: tuple[float, float]
    size: int
    keeps_background: bool = False

    @property
    def name(self) -> Phrase:
        """As it is listed."""
        return side_name(self.model, self.side)

    @property
    def has_ratio(self) -> bool:
        """Whether a score can be told in multiples of the line."""
        return self.line is not None and self.line > 0

    @property
    def scores(self) -> dict[int, float]:
        """Every score that is a number."""
        found = {number: entry.score for number, entry in self.inspections.items()}
        return {n: score for n, score in found.items() if score is not None and not math.isnan(score)}

    def ratio(self, sample_id: int) -> float | None:
        """The score in multiples of its own line, None where there is none."""
        found = self.inspections.get(sample_id)
        if found is None or found.score is None or self.line is None or not self.has_ratio:
            return None
        return found.score / self.line

    @property
    def seconds_a_part(self) -> float | None:
        """What a usual part took."""
        times = [entry.seconds for entry in self.inspections.values() if entry.score is not None]
        return median(times) if times else None


def removable(model: ModelRecord) -> frozenset[Sensor]:
    """The sensors that a version was trained with and can do without."""
    try:
        return (model.sensors | imagined_by(model)) - sensors_of_model(model)
    except WrongUse as problem:
        log.warning("the parameters of %s cannot be read: %s", model.name, problem.message)
        return frozenset()


def sides_of(models: Sequence[ModelRecord]) -> tuple[Side, ...]:
    """Everything that can be compared, in the order of the models."""
    found: list[Side] = []
    for model in models:
        found.append(Side(model.id))
        found += [Side(model.id, frozenset({sensor})) for sensor in sorted(removable(model))]
    return tuple(found)


def side_name(model: ModelRecord, side: Side) -> Phrase:
    """The version, and what was taken away from it."""
    if not side.removed:
        return say("{model}", model=model.name)
    if "xyz" in side.removed:
        return say("{model} without 3D", model=model.name)
    return say("{model} without colour", model=model.name)


def read_side(project: Project, side: Side) -> SideData:
    """Everything that the project holds of a side."""
    model = project.model(side.model_id)
    image, pixel = (project.threshold(model.id, level) for level in ("image", "pixel"))
    line = image.value if image else None
    pixel_line = pixel.value if pixel else line
    found = _read_results(project, side) if side.removed else project.inspections(model.id)
    folder = project.model_folder(model)
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    optimistic = image is not None and image.is_optimistic
    is_cut_out = "xyz" in model.sensors and project.preprocess_config(model.class_name).remove_background
    return SideData(
        side,
        model,
        found,
        line,
        pixel_line,
        optimistic,
        display_range(model, pixel_line),
        size,
        keeps_background=is_cut_out and "xyz" in side.removed,
    )


def inspect_side(
    project: Project,
    side: Side,
    records: Sequence[SampleRecord],
    compute: Compute,
    monitor: Monitor,
    on_result: Callable[[InspectionRecord], None],
) -> int:
    """Judge parts by a side and keep each result at once; say how many could be judged."""
    model = project.model(side.model_id)
    if not side.removed:
        return inspect_class(project, model, records, compute, monitor, on_result).judged
    apply_threads(compute)
    detector = load_detector(project, model, compute)
    bare = [without(record, side.removed) for record in records]
    waiting = [Waiting(record.name, partial(project.prepared, record)) for record in bare]
    trained_with = model.sensors - side.removed
    outcomes = inspect_each(detector, registry.method(model.method), trained_with, waiting, monitor)
    judged = 0
    for record, outcome in zip(records, outcomes, strict=True):
        kept = _keep(project, side, record, outcome)
        judged += not kept.failure
        on_result(kept)
    return judged


def without(record: SampleRecord, removed: frozenset[Sensor]) -> SampleRecord:
    """The same part as if those sensors had not been there: their files are not even named."""
    ref = record.ref
    rgb, cloud = (None if "rgb" in removed else ref.rgb), (None if "xyz" in removed else ref.cloud)
    return replace(record, ref=replace(ref, rgb=rgb, cloud=cloud))


def evaluate_side(
    project: Project, data: SideData, records: Sequence[SampleRecord], monitor: Monitor
) -> Figures:
    """The figures of a side; those of a version as it is are kept with it."""
    if not data.side.removed:
        return evaluate_class(project, data.model, monitor).figures.overall
    parts = [
        Judged(record, data.inspections[record.id]) for record in records if record.id in data.inspections
    ]
    faults: dict[str, Phrase] = {}

    def watched(entry: Judged) -> Any:
        monitor.tick(parts.index(entry), len(parts), say("Reading the map of {name}", name=entry.record.name))
        return map_of(project, entry)

    return class_figures(
        [entry.score for entry in parts],
        [entry.record.ref.label for entry in parts],
        Lazy(parts, watched),
        Lazy(parts, lambda entry: readable_truth_of(project, entry, faults)),
    ).overall


def _folder(project: Project, side: Side) -> Path:
    return project.places.folder / "maps" / side.text


def _keep(project: Project, side: Side, record: SampleRecord, outcome: Inspection) -> InspectionRecord:
    """First the map, then the line that names it."""
    folder, found = _folder(project, side), outcome.score_map
    path = folder / f"{record.id}.npy"
    kept = InspectionRecord(
        sample_id=record.id,
        model_id=side.model_id,
        score=None if found is None else found.whole,
        seconds=outcome.seconds,
        sensors=outcome.sensors,
        made=now(),
        map_file="" if found is None else str(path),
        frame=outcome.frame,
        failure=str(outcome.failure),
        remedy=str(outcome.remedy),
    )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if found is not None:
            with replacing(path) as aside, aside.open("wb") as file:
                np.save(file, np.asarray(found.pixels, np.float32))
        with (folder / RESULTS).open("a", encoding="utf-8") as lines:
            lines.write(json.dumps(_as_line(kept), ensure_ascii=False) + "\n")
    except OSError as problem:
        raise unwritable(folder, problem) from problem
    return kept


def _as_line(record: InspectionRecord) -> dict[str, Any]:
    return {
        "sample": record.sample_id,
        "score": record.score,
        "seconds": record.seconds,
        "sensors": sorted(record.sensors),
        "made": record.made.isoformat(),
        "frame": asdict(record.frame) if record.frame else None,
        "failure": record.failure,
        "remedy": record.remedy,
    }


def _read_results(project: Project, side: Side) -> dict[int, InspectionRecord]:
    """The newest result of each part; a line that was cut off by a crash is passed over."""
    folder = _folder(project, side)
    found: dict[int, InspectionRecord] = {}
    if not (folder / RESULTS).is_file():
        return found
    for line in (folder / RESULTS).read_text(encoding="utf-8").splitlines():
        try:
            record = _of_line(json.loads(line), folder, side.model_id)
        except (ValueError, KeyError, TypeError) as problem:
            log.warning("a line of %s cannot be read: %s", folder / RESULTS, problem)
            continue
        found[record.sample_id] = record
    return found


def _of_line(stored: dict[str, Any], folder: Path, model_id: int) -> InspectionRecord:
    number = int(stored["sample"])
    return InspectionRecord(
        sample_id=number,
        model_id=model_id,
        score=stored["score"],
        seconds=float(stored["seconds"]),
        sensors=frozenset(stored["sensors"]),
        made=datetime.fromisoformat(stored["made"]),
        map_file="" if stored["score"] is None else str(folder / f"{number}.npy"),
        frame=Frame(**stored["frame"]) if stored["frame"] else None,
        failure=stored["failure"],
        remedy=stored["remedy"],
    )
