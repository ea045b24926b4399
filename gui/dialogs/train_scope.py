"""What a training may be started from: the classes with their good parts, and where to begin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from core.project.records import SampleRecord
from core.sample import Sensor
from core.tasks.look_ahead import TrainWish

SENSORS: frozenset[Sensor] = frozenset({"rgb", "xyz"})


@dataclass(frozen=True)
class ClassParts:
    """A class with the number of its good training parts, and the sensors that all of them have."""

    name: str
    good: int
    sensors: frozenset[Sensor]


@dataclass(frozen=True)
class TrainScope:
    """`chosen` are the classes that are ticked at first; `wish` is what the user wants to change, if any.

    `alarms` counts by class the false alarms that people called OK.
    """

    classes: tuple[ClassParts, ...]
    chosen: tuple[str, ...]
    wish: TrainWish | None = None
    alarms: Mapping[str, int] = field(default_factory=dict)

    def good(self, names: Sequence[str]) -> int:
        """Good parts of these classes together."""
        return sum(each.good for each in self.classes if each.name in names)

    def reviewed(self, names: Sequence[str]) -> int:
        """False alarms of these classes that people called OK."""
        return sum(count for name, count in self.alarms.items() if name in names)

    def sensors(self, names: Sequence[str]) -> frozenset[Sensor]:
        """What the good parts of all these classes have; every sensor where there are none to lack one."""
        found = [each.sensors for each in self.classes if each.name in names and each.good]
        return frozenset.intersection(*found) if found else SENSORS


def classes_of(records: Sequence[SampleRecord]) -> tuple[ClassParts, ...]:
    """The classes of a project in the order in which they came."""
    names = dict.fromkeys(record.ref.class_name for record in records)
    return tuple(_parts(name, records) for name in names)


def _parts(name: str, records: Sequence[SampleRecord]) -> ClassParts:
    refs = [record.ref for record in records if record.ref.class_name == name]
    good = [ref for ref in refs if ref.split == "train" and ref.is_good]
    return ClassParts(name, len(good), frozenset.intersection(*(ref.sensors for ref in good), SENSORS))
