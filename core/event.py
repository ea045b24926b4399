"""Something that happened to a state object, and who wants to know."""

from __future__ import annotations

import weakref
from collections.abc import Callable


class Event:
    """A list of listeners called in order on the emitting thread; bound methods are held weakly."""

    def __init__(self) -> None:
        self._listeners: list[Callable[[], Callable[[], None] | None]] = []

    def connect(self, listener: Callable[[], None]) -> None:
        """Call `listener` at every emit; a method stops being called when its object is gone."""
        if hasattr(listener, "__self__"):
            self._listeners.append(weakref.WeakMethod(listener))
        else:
            self._listeners.append(lambda: listener)

    def disconnect(self, listener: Callable[[], None]) -> None:
        """Stop calling `listener`; unknown listeners are ignored."""
        self._listeners = [held for held in self._listeners if held() not in (None, listener)]

    def emit(self) -> None:
        """Call every listener that still lives."""
        for held in tuple(self._listeners):
            listener = held()
            if listener is None:
                self._listeners.remove(held)
            else:
                listener()
