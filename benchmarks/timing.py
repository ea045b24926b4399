"""How long work takes, by the processor's clock."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def timed(work: Callable[[], T], repeats: int = 1) -> tuple[T, float]:
    """The outcome, and the CPU seconds of the quickest run."""
    times = []
    for _ in range(repeats):
        begin = time.process_time()
        outcome = work()
        times.append(time.process_time() - begin)
    return outcome, min(times)
