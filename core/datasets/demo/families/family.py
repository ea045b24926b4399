"""What a family of parts is, and the families there are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module

import numpy as np

from core.datasets.demo.place import Place
from core.datasets.demo.surface import Surface
from core.errors import WrongUse
from core.phrase import say

Build = Callable[[Place, np.random.Generator, str], Surface]
"""Models one part on its raster; the same randomness and a fault's name give that part with the fault."""


@dataclass(frozen=True)
class Family:
    """Parts of one kind: `extent_mm` across, and the defects that suit them.

    `faults` are wrong parts that only the family itself can build; `surface_kinds` are those of
    core/datasets/demo/defects.
    """

    name: str
    extent_mm: float
    build: Build
    surface_kinds: tuple[str, ...]
    faults: tuple[str, ...] = ()

    @property
    def kinds(self) -> tuple[str, ...]:
        """Every defect label of the family."""
        return self.surface_kinds + self.faults


_NAMES = ("flange", "cap", "bagel", "cushion")


@cache
def families() -> dict[str, Family]:
    """All families by name, in the order in which they are offered."""
    return {name: import_module(f"core.datasets.demo.families.{name}").FAMILY for name in _NAMES}


def family_named(name: str) -> Family:
    """The family called `name`; raise WrongUse where there is none."""
    if name not in families():
        raise WrongUse(
            say('There is no demo part called "{name}".', name=name),
            remedy=say("Choose from {names}.", names=", ".join(families())),
        )
    return families()[name]
