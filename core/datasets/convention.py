"""What every folder convention can do: say how well a folder fits, and list its parts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from core.datasets.folder_rule import FolderRule
from core.datasets.listing import subfolders
from core.phrase import Phrase, say
from core.sample import SampleRef


@dataclass(frozen=True)
class Fit:
    """How certain (0 to 1) it is that a folder follows a convention, why, and where its classes lie."""

    certainty: float
    reason: Phrase
    folders: tuple[Path, ...] = ()


@dataclass(frozen=True)
class ScanOptions:
    """What names alone cannot tell: the clouds' unit, the light of Eyecandies, a rule for own folders."""

    metres_per_unit: float = 1.0
    light: int = 4
    rule: FolderRule | None = None


@dataclass(frozen=True)
class Convention:
    """A folder convention: names only are looked at, no file is opened to recognise it."""

    key: str
    title: str
    fit: Callable[[Path], Fit]
    scan: Callable[[Path, ScanOptions], list[SampleRef]]


STRANGERS_COUNT = 0.5
"""How much of the certainty subfolders take away that do not fit, if hardly any fits."""
NO_FIT = Fit(0.0, say("No folder fits."))


def fit_classes(folder: Path, fit_class: Callable[[Path], float]) -> Fit:
    """Try the folder as one class, then its subfolders as classes."""
    alone = fit_class(folder)
    if alone > 0:
        return Fit(alone, say("The folder fits as one class."), (folder,))
    inner = subfolders(folder)
    fits = {path: fit_class(path) for path in inner.values()}
    fitting = tuple(path for path, certainty in fits.items() if certainty > 0)
    if not fitting:
        return NO_FIT
    reason = say("{fitting} of {all} classes fit.", fitting=len(fitting), all=len(inner))
    share = len(fitting) / len(inner)
    best = sum(fits.values()) / len(fitting)
    return Fit(best * (1 - STRANGERS_COUNT * (1 - share)), reason, fitting)
