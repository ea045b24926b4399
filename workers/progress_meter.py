"""Turns the steps that work reports into what a progress row shows, about 20 times a second at most."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

from core.monitor import Progress

REPORT_EVERY_S = 0.05
SILENT_S = 3.0
STEPS_KEPT = 20


@dataclass(frozen=True)
class JobProgress:
    """How far a job is: `fraction` 0 to 1 over all stages, None where a stage has no count.

    `remaining_s` is None while it cannot be told. `stage_seconds` are those of the finished stages.
    """

    step: Progress
    fraction: float | None
    elapsed_s: float
    stage_elapsed_s: float
    remaining_s: float | None
    stage_seconds: tuple[float, ...] = ()


class ProgressMeter:
    """Measures steps in the worker; `weights` are the stages' shares of the whole work (default: equal)."""

    def __init__(self, weights: Sequence[float] = (), clock: Callable[[], float] = time.monotonic) -> None:
        self._weights = tuple(weights)
        self._clock = clock
        self._started = self._stage_started = clock()
        self._last_report = -REPORT_EVERY_S
        self._seconds: list[float] = []
        self._durations: deque[float] = deque(maxlen=STEPS_KEPT)
        self._step: Progress | None = None
        self._counted: tuple[Progress, float] | None = None

    def see(self, step: Progress) -> JobProgress | None:
        """Take one step in; give what to show, or None if the last report is still fresh enough."""
        now = self._clock()
        is_new_stage = self._step is None or step.stage != self._step.stage
        if is_new_stage:
            self._begin_stage(step, now)
        self._step = step
        if step.total > 1:
            self._measure(step, now)
        is_last = step.total > 1 and step.done >= step.total
        if not (is_new_stage or is_last) and now - self._last_report < REPORT_EVERY_S:
            return None
        self._last_report = now
        return self._shown(step, now)

    def _begin_stage(self, step: Progress, now: float) -> None:
        if self._step is not None:
            self._seconds.append(now - self._stage_started)
        self._stage_started = now
        self._durations.clear()
        self._counted = None

    def _measure(self, step: Progress, now: float) -> None:
        """Keep the time of each step; another total begins another count within the stage."""
        if self._counted is not None and self._counted[0].total == step.total:
            counted, then = self._counted
            steps = step.done - counted.done
            if steps <= 0:
                return
            self._durations.append((now - then) / steps)
        else:
            self._durations.clear()
        self._counted = (step, now)

    def _shown(self, step: Progress, now: float) -> JobProgress:
        elapsed = now - self._started
        return JobProgress(
            step,
            self._fraction(),
            elapsed,
            now - self._stage_started,
            self._remaining(now) if elapsed >= SILENT_S else None,
            tuple(self._seconds),
        )

    def _fraction(self) -> float | None:
        if self._counted is None or self._step is None:
            return None
        counted = self._counted[0]
        before, own, after = self._shares(self._step)
        within = min(1.0, max(0.0, counted.done / counted.total))
        return (before + own * within) / (before + own + after)

    def _remaining(self, now: float) -> float | None:
        """Rest of this stage by the median step; each later stage by its weight at the pace seen so far."""
        if self._counted is None or self._step is None or not self._durations:
            return None
        counted, then = self._counted
        before, own, after = self._shares(self._step)
        pace = median(self._durations)
        rest = max(0.0, (counted.total - counted.done) * pace - (now - then))
        known = sum(self._seconds) + counted.total * pace
        return rest + after * known / (before + own)

    def _shares(self, step: Progress) -> tuple[float, float, float]:
        """Weights of the stages before, of this stage, and after it."""
        stages = max(step.stages, step.stage)
        weights = self._weights if len(self._weights) == stages else (1.0,) * stages
        return sum(weights[: step.stage - 1]), weights[step.stage - 1], sum(weights[step.stage :])
