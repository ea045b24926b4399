"""One step of dragging a line with 2,000 parts of 800 x 800: binned and sorted against counting anew.

python -m benchmarks.bench_tune [parts] [side]
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from typing import TypeVar

import numpy as np

from core.inspection import Verdict
from core.metrics.pixel_bins import Map, Mask, PixelBins, exact_confusion
from core.metrics.score_table import Line, ScoreTable
from core.state.tune_state import TuneState

T = TypeVar("T")
STEPS = 200
MADE = 16
"""Different maps; they are handed out in turn, shifted, so that the run fits into memory."""


def main() -> None:
    """Print times and ratios."""
    parts, side = (int(given) for given in (sys.argv[1:] + ["2000", "800"][len(sys.argv) - 1 :]))
    rng = np.random.default_rng(0)
    pool = [rng.gamma(2.0, 1.0, (side, side)).astype(np.float32) for _ in range(MADE)]
    mask = np.zeros((side, side), bool)
    mask[: side // 10, : side // 10] = True

    def maps() -> Iterator[tuple[Map, Mask | None]]:
        for number in range(parts):
            yield pool[number % MADE], mask if number % 3 == 0 else None

    print(f"{parts} parts of {side} x {side}")
    bins, counting = timed(lambda: PixelBins.of(maps(), 0.0, 20.0))
    size = (bins.background.nbytes + bins.defect.nbytes) / 2**20
    print(f"count all pixels once        {counting:9.3f} s, {size:.0f} MiB kept")
    state = TuneState()
    labels = ["good" if number % 3 else "dent" for number in range(parts)]
    state.table = ScoreTable.of(list(bins.peaks), labels, range(parts))
    state.bins, state.image_line = bins, Line(8.0)
    report("image step", lambda line: image_step(state, line))
    pixel = report("pixel step", lambda line: pixel_step(state, line))
    few = max(1, parts // 50)
    _, anew = timed(lambda: exact_confusion((part for part, _ in zip(maps(), range(few), strict=False)), 8.0))
    anew *= parts / few
    print(f"counting the pixels anew     {anew:9.3f} s, {anew / pixel:,.0f} times as long as a pixel step")


def image_step(state: TuneState, line: float) -> None:
    """What follows the mouse at the level of parts."""
    state.level = "image"
    state.drag(line)
    assert state.confusion is not None
    for is_good in (True, False):
        state.counts(is_good)
    state.in_cell(True, Verdict.NG)
    assert state.recalls
    assert state.table is not None
    state.table.rates(line)


def pixel_step(state: TuneState, line: float) -> None:
    """What follows the mouse at the level of pixels."""
    state.level = "pixel"
    state.drag(line)
    assert state.confusion is not None
    assert state.bins is not None
    state.bins.is_marked(line)
    state.bins.marked(line)


def report(name: str, step: Callable[[float], None]) -> float:
    """The mean and the longest of many steps; gives the mean in seconds."""
    times = [timed(lambda line=line: step(line))[1] for line in np.linspace(1, 15, STEPS)]
    mean = sum(times) / STEPS
    print(f"{name:<28} {1000 * mean:9.3f} ms, longest {1000 * max(times):.3f} ms (wanted 50)")
    return mean


def timed(work: Callable[[], T]) -> tuple[T, float]:
    """The result and CPU seconds."""
    start = time.process_time()
    result = work()
    return result, time.process_time() - start


if __name__ == "__main__":
    main()
