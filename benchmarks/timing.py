"""How long work takes by the processor's clock, and work in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def in_a_process_of_its_own(module: str, row: str, **environment: str) -> tuple[float, float]:
    """The last two numbers that `python -m module --child row` says."""
    words = [sys.executable, "-m", module, "--child", row]
    around = {**os.environ, **environment}
    said = subprocess.run(words, check=True, capture_output=True, text=True, env=around).stdout.split()
    told, measured = said[-2:]
    return float(told), float(measured)


def timed(work: Callable[[], T], repeats: int = 1) -> tuple[T, float]:
    """The outcome, and the CPU seconds of the quickest run."""
    times = []
    for _ in range(repeats):
        begin = time.process_time()
        outcome = work()
        times.append(time.process_time() - begin)
    return outcome, min(times)
