"""The import check: opens every part once and lists every fault in plain sentences."""

from __future__ import annotations

import os
import shutil
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from threadpoolctl import threadpool_limits

from core.datasets.check_looks import check_look, check_together
from core.datasets.check_names import check_names
from core.datasets.finding import Check, Finding
from core.datasets.look import Look, look_at
from core.monitor import Monitor
from core.phrase import say
from core.sample import SampleRef

CACHE_BYTES_A_PIXEL = 16
"""Of a preprocessed part: three floats, three colours, one mask."""
MOST_WORKERS = 4
SEVERITIES = ("error", "warning", "note")


@dataclass(frozen=True)
class CheckOptions:
    """Where the cache will lie (None: its disk is not looked at), and how many files to read at once."""

    cache_folder: Path | None = None
    workers: int = min(MOST_WORKERS, os.cpu_count() or 1)


DEFAULT = CheckOptions()


def check(refs: Sequence[SampleRef], monitor: Monitor, options: CheckOptions = DEFAULT) -> Check:
    """Find every fault of the parts; nothing is written, memory does not grow with their number.

    Raises Cancelled within one part's reading time after the monitor was told to stop.
    """
    findings = list(check_names(refs))
    looks = []
    # Readers that each start a pool of their own for 3 x 3 products are ten times slower on few cores.
    with threadpool_limits(limits=1, user_api="blas"):
        for look in _looks(refs, monitor, options.workers):
            findings.extend(check_look(look))
            looks.append(look)
    findings.extend(check_together(looks, skipped=Check(tuple(findings), len(refs)).dropped))
    findings.extend(_small_disk(looks, options.cache_folder))
    return Check(tuple(_in_order(refs, findings)), len(refs))


def _looks(refs: Sequence[SampleRef], monitor: Monitor, workers: int) -> Iterator[Look]:
    """Each part's look, in the order of `refs`; only a few parts are in memory at a time."""
    with ThreadPoolExecutor(workers, thread_name_prefix="check") as pool:
        waiting: deque[Future[Look]] = deque()
        try:
            for index, ref in enumerate(refs):
                monitor.tick(index, len(refs), say("Checking {name}", name=ref.name))
                waiting.append(pool.submit(look_at, ref))
                if len(waiting) > workers:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()
    monitor.tick(len(refs), len(refs), say("Checked"))


def _in_order(refs: Sequence[SampleRef], findings: list[Finding]) -> list[Finding]:
    """Errors first, then by sample as listed; what concerns a whole class leads its severity."""
    place = {ref.name: index for index, ref in enumerate(refs)}
    return sorted(findings, key=lambda f: (SEVERITIES.index(f.severity), place.get(f.sample, -1), f.kind))


def _small_disk(looks: Sequence[Look], cache_folder: Path | None) -> Iterator[Finding]:
    if cache_folder is None:
        return
    place = cache_folder.absolute()
    while not place.exists() and place != place.parent:
        place = place.parent
    pixels = sum(look.size[0] * look.size[1] for look in looks if look.size is not None)
    needed, free = pixels * CACHE_BYTES_A_PIXEL, shutil.disk_usage(place).free
    if needed > free:
        yield Finding(
            "disk_too_small",
            "error",
            say(
                "{folder} has {free:,.0f} MB free; the prepared samples need {needed:,.0f} MB.",
                folder=cache_folder,
                free=free / 1e6,
                needed=needed / 1e6,
            ),
            say("Free space, or keep the project on another disk."),
        )
