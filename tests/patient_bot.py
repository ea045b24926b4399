"""pytest-qt's robot with more patience: on a slow machine things come late, which is not a fault."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pytestqt.qtbot import QtBot

PATIENCE_MS = 60_000
"""How long a test waits that does not say how long."""


class PatientBot(QtBot):
    """A wait ends when what is waited for is there; only a failing test takes the whole time."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE_MS) -> None:
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal: Any, *, timeout: int = PATIENCE_MS, **choices: Any) -> Any:
        return super().waitSignal(signal, timeout=timeout, **choices)

    def waitSignals(self, signals: Any, *, timeout: int = PATIENCE_MS, **choices: Any) -> Any:
        return super().waitSignals(signals, timeout=timeout, **choices)

    def waitExposed(self, widget: Any, *, timeout: int = PATIENCE_MS) -> Any:
        return super().waitExposed(widget, timeout=timeout)

    def waitActive(self, widget: Any, *, timeout: int = PATIENCE_MS) -> Any:
        return super().waitActive(widget, timeout=timeout)
