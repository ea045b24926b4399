"""Calls something as soon as the event loop comes round."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


def soon(owner: QObject, act: Callable[[], object]) -> None:
    """Call `act` once. An owner that goes before is let go of, which QTimer.singleShot does not do."""
    timer = QTimer(owner, singleShot=True, interval=0)
    timer.timeout.connect(act)
    timer.timeout.connect(timer.deleteLater)
    timer.start()
