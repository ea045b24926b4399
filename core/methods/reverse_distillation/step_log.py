"""The lines that the published programs print, word for word, with true figures."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from time import perf_counter
from typing import TypeVar

log = logging.getLogger(__name__)
Batch = TypeVar("Batch")
Clock = Callable[[], float]


@dataclass(frozen=True)
class Costs:
    """Means over the steps since the last line: seconds to read, seconds in all, pictures a step."""

    reader: float
    batch: float
    samples: float


def step_line(step: int, total: int, loss: float, costs: Costs) -> str:
    """Reference: the re-run's line; its own costs are wrong, so that ours differ where theirs do."""
    speed = costs.samples / max(costs.batch, 1e-9)
    left = timedelta(seconds=round((total - step) * costs.batch))
    return (
        f"global step {step} / {total}, loss: {loss:.6f}, avg_reader_cost: {costs.reader:.5f} sec, "
        f"avg_batch_cost: {costs.batch:.5f} sec, avg_samples: {costs.samples:.5f}, ips: {speed:.5f} img/sec, "
        f"eta: {left}"
    )


@dataclass
class StepLog:
    """Watches the batches go by and writes a line every so many steps; `lines` keeps them."""

    total_steps: int
    every: int
    clock: Clock = perf_counter
    lines: list[str] = field(default_factory=list)
    loss: float = 0.0
    step: int = 0
    _since: float | None = None
    _reading: float = 0.0
    _samples: int = 0
    _steps: int = 0

    def watch(self, batches: Iterable[Batch], size: Callable[[Batch], int]) -> Iterator[Batch]:
        """The same batches; a step ends when the next batch is asked for."""
        turn, begun = iter(batches), self.clock()
        self._since = begun if self._since is None else self._since
        while True:
            batch = next(turn, None)
            if batch is None:
                return
            self._reading += self.clock() - begun
            self._samples += size(batch)
            yield batch
            self._end_step()
            begun = self.clock()

    def _end_step(self) -> None:
        self.step += 1
        self._steps += 1
        if self.step % self.every and self.step != self.total_steps:
            return
        now = self.clock()
        assert self._since is not None
        costs = Costs(
            self._reading / self._steps, (now - self._since) / self._steps, self._samples / self._steps
        )
        self.lines.append(step_line(self.step, self.total_steps, self.loss, costs))
        log.info(self.lines[-1])
        self._since, self._reading, self._samples, self._steps = now, 0.0, 0, 0
