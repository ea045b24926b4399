"""Garbage is collected in the window's thread alone, whoever made it."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from typing import ClassVar

import pytest
from pytestqt.qtbot import QtBot

from gui.app import Product
from gui.garbage import GarbageCollector, due_generation

RINGS = 1000


class Ring:
    """Refers to itself, so that only a collection frees it."""

    freed_in: ClassVar[list[str]] = []

    def __init__(self) -> None:
        self.ring = self

    def __del__(self) -> None:
        Ring.freed_in.append(threading.current_thread().name)


@pytest.fixture
def collecting() -> Iterator[None]:
    """Python collects by itself, as it does in a fresh program."""
    Ring.freed_in.clear()
    gc.enable()
    yield
    gc.disable()


def make_garbage(rings: int = RINGS) -> None:
    """In a thread of its own: rings, and more objects than any generation waits for."""

    def work() -> None:
        for _ in range(rings):
            Ring()
            _ = [[] for _ in range(1000)]  # type: ignore[var-annotated]

    worker = threading.Thread(target=work, name="a worker")
    worker.start()
    worker.join()


@pytest.mark.usefixtures("collecting")
def test_python_itself_collects_in_the_thread_that_allocates() -> None:
    make_garbage()
    assert "a worker" in Ring.freed_in


@pytest.mark.usefixtures("collecting", "qapp")
def test_no_worker_collects_while_the_window_does() -> None:
    collector = GarbageCollector()
    make_garbage()
    assert Ring.freed_in == []
    assert collector.collect_due() is not None
    assert set(Ring.freed_in) == {"MainThread"}
    assert len(Ring.freed_in) == RINGS


@pytest.mark.usefixtures("qapp")
def test_nothing_is_collected_before_it_is_due() -> None:
    gc.collect()
    assert due_generation() is None
    assert GarbageCollector().collect_due() is None


@pytest.mark.window
@pytest.mark.usefixtures("collecting")
def test_the_program_collects_by_its_timer(product: Product, qtbot: QtBot) -> None:
    assert not gc.isenabled()
    make_garbage()
    qtbot.waitUntil(lambda: len(Ring.freed_in) == RINGS)
    assert set(Ring.freed_in) == {"MainThread"}
    assert product.garbage.parent() is product
