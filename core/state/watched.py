"""Attributes of a state object that announce their changes."""

from __future__ import annotations

from typing import Generic, Protocol, Self, TypeVar, overload

from core.event import Event

T = TypeVar("T")


class Announcing(Protocol):
    """A state object: whoever shows it listens to `changed`."""

    changed: Event


class Watched(Generic[T]):
    """An attribute with a default; setting it to another value emits the owner's `changed`."""

    def __init__(self, default: T) -> None:
        self._default = default

    def __set_name__(self, owner: type, name: str) -> None:
        self._place = f"_{name}"

    @overload
    def __get__(self, owner: None, kind: type) -> Self: ...
    @overload
    def __get__(self, owner: Announcing, kind: type) -> T: ...
    def __get__(self, owner: Announcing | None, kind: type) -> T | Self:
        if owner is None:
            return self
        value: T = owner.__dict__.get(self._place, self._default)
        return value

    def __set__(self, owner: Announcing, value: T) -> None:
        if value != self.__get__(owner, type(owner)):
            owner.__dict__[self._place] = value
            owner.changed.emit()
