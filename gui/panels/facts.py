"""The lines of fact below a result: truth, sensors, model, training, time."""

from __future__ import annotations

from core.phrase import Phrase, say
from core.project.records import SampleRecord
from core.sample import GOOD, UNKNOWN, Sensor
from core.state.results_state import Mark, ResultsState
from core.state.session_state import SessionState

Fact = tuple[Phrase, Phrase]


def facts_of(session: SessionState, results: ResultsState) -> list[Fact]:
    """(name, value) of what is known about the current part, in a fixed order."""
    record = session.record
    if record is None:
        return []
    facts = [
        (say("Ground truth"), _truth(record, results)),
        (say("Sensors"), _sensors(record.ref.sensors)),
    ]
    inspection = results.inspections.get(record.id)
    model = session.model
    if inspection is not None and model is not None:
        facts.append((say("Model"), Phrase(model.name, {})))
        facts.append((say("Trained on"), say("{count} good parts", count=model.trained_on)))
        facts.append((say("Time"), say("{seconds} s", seconds=f"{inspection.seconds:.2g}")))
        if inspection.failure:
            facts.append((say("Failed"), Phrase(str(inspection.failure), {})))
    return facts


def _truth(record: SampleRecord, results: ResultsState) -> Phrase:
    label = record.ref.label
    if label == UNKNOWN:
        return say("unknown")
    name = say(label)
    mark = results.mark(record.id)
    if mark not in (Mark.OK, Mark.NG):
        return name
    agrees = (mark is Mark.OK) == (label == GOOD)
    if agrees:
        return say("{label} · agrees", label=name)
    return say("{label} · missed", label=name) if label != GOOD else say("{label} · false alarm", label=name)


def _sensors(sensors: frozenset[Sensor]) -> Phrase:
    if len(sensors) == 2:
        return say("RGB + 3D")
    return say("RGB only") if "rgb" in sensors else say("3D only")
