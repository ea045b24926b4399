"""The library of weights as the window shows it: what is there, what is being done, what went wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeVar

from core.backbones.weight_checks import WeightState, WeightStatus
from core.event import Event
from core.methods.registry import METHODS, config_class
from core.state.watched import Watched

T = TypeVar("T")


@dataclass(frozen=True)
class WeightWork:
    """What is being done with a file; texts may be phrases, `fraction` is None where there is no count."""

    text: str = ""
    fraction: float | None = None


@dataclass(frozen=True)
class WeightTrouble:
    """Why the last thing asked of a file could not be done, and what helps."""

    message: str
    remedy: str


class WeightsState:
    """Every row of the table; works and troubles by key. `changed` after every change."""

    rows = Watched[tuple[WeightStatus, ...]](())
    works = Watched[Mapping[str, WeightWork]](MappingProxyType({}))
    troubles = Watched[Mapping[str, WeightTrouble]](MappingProxyType({}))

    def __init__(self) -> None:
        self.changed = Event()

    def row(self, key: str) -> WeightStatus | None:
        """The row of that key."""
        return next((row for row in self.rows if row.file.key == key), None)

    def begin(self, key: str, work: WeightWork) -> None:
        """Something is being done with that file; what went wrong before is forgotten."""
        self.troubles = _without(self.troubles, key)
        self.works = {**self.works, key: work}

    def end(self, key: str, trouble: WeightTrouble | None = None) -> None:
        """It is done, or could not be done."""
        self.works = _without(self.works, key)
        if trouble is not None:
            self.troubles = {**self.troubles, key: trouble}

    @property
    def lacking(self) -> tuple[str, ...]:
        """Keys that the default variants of the methods need and that are missing or wrong."""
        wanted = {key for method in METHODS for key in _needed(method.key)}
        bad = (WeightState.MISSING, WeightState.WRONG)
        return tuple(row.file.key for row in self.rows if row.file.key in wanted and row.state in bad)


def _needed(method: str) -> tuple[str, ...]:
    keys: tuple[str, ...] = getattr(config_class(method)(), "weights_needed", ())
    return keys


def _without(table: Mapping[str, T], key: str) -> dict[str, T]:
    return {other: value for other, value in table.items() if other != key}
