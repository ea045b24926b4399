"""Collects garbage in the window's thread, and in no other."""

from __future__ import annotations

import gc
import time

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 500
_WHOLE_EVERY_S = 30.0
"""A collection of everything takes some hundredths of a second."""


class GarbageCollector(QObject):
    """Takes over from Python, which collects in the thread that happens to allocate.

    A worker that frees the objects of a closed dialog holds a lock of Qt while it waits for the interpreter;
    the window's thread, with the interpreter in hand, waits for that lock: both stand still for ever.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._whole_at = time.monotonic()
        self._timer = QTimer(self, interval=_EVERY_MS)
        self._timer.timeout.connect(self.collect_due)
        self._timer.start()

    def collect_due(self) -> int | None:
        """Collect the oldest generation that is due; its number, None if none was."""
        generation = due_generation()
        now = time.monotonic()
        if generation == 2 and now - self._whole_at < _WHOLE_EVERY_S:
            generation = 1
        if generation is not None:
            gc.collect(generation)
        if generation == 2:
            self._whole_at = now
        return generation


def due_generation() -> int | None:
    """The oldest generation that has outgrown its threshold, as Python counts."""
    outgrown = [count > limit for count, limit in zip(gc.get_count(), gc.get_threshold(), strict=True)]
    return max((at for at, is_due in enumerate(outgrown) if is_due), default=None)
