"""The stages of a training as one row: those of the method stand between preparing and keeping."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from core.methods import registry
from core.monitor import Monitor, Progress
from core.phrase import Phrase, say

PREPARE, LEARN = say("Prepare the parts"), say("Learn")
CALIBRATE, KEEP = say("Calibrate"), say("Keep")
_UNKNOWN_SHARES = (1.0, 6.0, 6.0, 0.5)


@dataclass(frozen=True)
class TrainingStages:
    """`names` in order, the method's own from the second on; `shares` of the work, empty where not known."""

    names: tuple[Phrase, ...]
    shares: tuple[float, ...] = ()

    def at(self, monitor: Monitor, name: Phrase) -> Monitor:
        """The watcher of one stage."""
        return monitor.at_stage(self.names.index(name) + 1, len(self.names), name)

    def learning(self, monitor: Monitor) -> Monitor:
        """The watcher of the method, which counts its own stages from one."""
        first = self.names[1]
        return replace(
            monitor, report=self._continued(monitor.report), stage=1, stages=len(self.names), stage_name=first
        )

    def _continued(self, report: Callable[[Progress], None]) -> Callable[[Progress], None]:
        last = len(self.names) - 2

        def tell(step: Progress) -> None:
            place = min(step.stage, last)
            report(replace(step, stage=place + 1, stages=len(self.names), stage_name=self.names[place]))

        return tell


def training_stages(method: str, config: Any, parts: int) -> TrainingStages:
    """From what the method tells of itself; a last stage of calibration goes on in our own."""
    cost = registry.cost(method, config, max(parts, 1))
    if cost is None:
        return TrainingStages((PREPARE, LEARN, CALIBRATE, KEEP), _UNKNOWN_SHARES)
    learning = [stage for stage in cost.stages if stage.name != CALIBRATE]
    names = (PREPARE, *(Phrase(stage.name, {}) for stage in learning), CALIBRATE, KEEP)
    work = [stage.operations for stage in learning]
    calibrating = cost.operations - sum(work) + work[0] / 4
    shares = (0.05 * sum(work), *work, calibrating, 0.02 * sum(work))
    return TrainingStages(names, shares)
