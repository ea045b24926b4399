"""Batches are read while the network still learns from the ones before."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

Order = TypeVar("Order")
Batch = TypeVar("Batch")


def prefetched(read: Callable[[Order], Batch], orders: Iterable[Order], ahead: int = 2) -> Iterator[Batch]:
    """`read` of every order, in order; up to `ahead` of them are read by a thread of its own meanwhile."""
    pool = ThreadPoolExecutor(1, "prefetch")
    waiting: deque[Future[Batch]] = deque()
    try:
        for order in orders:
            waiting.append(pool.submit(read, order))
            if len(waiting) > ahead:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
