"""Calling soon: once, when the event loop comes round, and holding nobody who goes before."""

from __future__ import annotations

import gc
import weakref

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from pytestqt.qtbot import QtBot

from gui.soon import soon


class Counter(QObject):
    """Counts how often it is called."""

    def __init__(self) -> None:
        super().__init__()
        self.calls = 0

    def count(self) -> None:
        self.calls += 1


def test_it_comes_once_and_not_at_once(qtbot: QtBot) -> None:
    counter = Counter()
    soon(counter, counter.count)
    assert counter.calls == 0
    qtbot.wait(20)
    assert counter.calls == 1


def test_an_owner_that_goes_before_is_let_go_of(qtbot: QtBot) -> None:
    counter = Counter()
    gone = weakref.ref(counter)
    soon(counter, counter.count)
    counter.deleteLater()
    del counter
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qtbot.wait(20)
    gc.collect()
    assert gone() is None
