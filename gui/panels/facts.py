"""The lines of fact below a result: truth, sensors, model, training, time."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QLabel

from core.phrase import Phrase, say
from core.project.records import SampleRecord
from core.sample import GOOD, UNKNOWN
from core.sensor_words import say_sensors
from core.state.results_state import Mark, ResultsState
from core.state.session_state import SessionState
from core.tasks.sensors_used import say_inspection_sensors
from gui.translator import word

Fact = tuple[Phrase, Phrase]


def facts_of(session: SessionState, results: ResultsState) -> list[Fact]:
    """(name, value) of what is known about the current part, in a fixed order."""
    record = session.record
    if record is None:
        return []
    inspection, model = results.inspections.get(record.id), session.model
    facts = [(say("Ground truth"), _truth(record, results))]
    if inspection is not None and model is not None and inspection.sensors:
        facts.append((say("Judged by"), say_inspection_sensors(model, inspection)))
    else:
        facts.append((say("Sensors"), say_sensors(record.ref.sensors)))
    if inspection is not None and model is not None:
        facts.append((say("Model"), Phrase(model.name, {})))
        facts.append((say("Trained on"), say("{count} good parts", count=model.trained_on)))
        facts.append((say("Time"), say("{seconds} s", seconds=f"{inspection.seconds:.2g}")))
        if inspection.failure:
            facts.append((say("Failed"), Phrase(str(inspection.failure), {})))
    return facts


def fill_facts(names: Sequence[QLabel], values: Sequence[QLabel], facts: Sequence[Fact]) -> None:
    """Write facts into the labels of a list, and hide those that are left."""
    for at, (name, value) in enumerate(zip(names, values, strict=True)):
        shown = at < len(facts)
        name.setVisible(shown)
        value.setVisible(shown)
        if shown:
            name.setText(word(facts[at][0]))
            value.setText(word(facts[at][1]))


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
