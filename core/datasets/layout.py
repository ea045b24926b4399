"""Recognises which folder convention a data set follows, and lists its parts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from core.datasets import eyecandies, mvtec_2d, mvtec_3d, mvtec_ad2, plain_folder
from core.datasets.convention import Convention, Fit, ScanOptions
from core.datasets.listing import files, subfolders
from core.errors import DataError, WrongUse
from core.phrase import Phrase, say
from core.sample import SampleRef, Split

CONVENTIONS: tuple[Convention, ...] = (
    mvtec_3d.CONVENTION,
    mvtec_2d.CONVENTION,
    mvtec_ad2.CONVENTION,
    eyecandies.CONVENTION,
    plain_folder.CONVENTION,
)
PLAIN = ScanOptions()
NESTED = 3
Count = tuple[str, Split, str, int]


@dataclass(frozen=True)
class Recognition:
    """What a folder was recognised as: `folder` is where the data set begins, perhaps further inside."""

    folder: Path
    layout: str
    title: str
    certainty: float
    reason: Phrase
    alternatives: tuple[tuple[str, float], ...]
    refs: tuple[SampleRef, ...]

    @property
    def summary(self) -> tuple[Count, ...]:
        """(class, split, label, number of parts), in order of appearance."""
        counted = Counter((ref.class_name, ref.split, ref.label) for ref in self.refs)
        return tuple((*key, count) for key, count in counted.items())

    @property
    def classes(self) -> tuple[str, ...]:
        """The classes found, in order."""
        return tuple(dict.fromkeys(ref.class_name for ref in self.refs))


def recognise(folder: Path, options: ScanOptions = PLAIN) -> Recognition:
    """Name the layout of a root of several classes or of one class; raises DataError where nothing fits.

    Files are listed, not opened. A folder that holds nothing but another folder is looked through.
    """
    if not folder.is_dir():
        raise DataError(
            say("{folder} is not a folder.", folder=folder),
            remedy=say("Choose the folder that holds the parts."),
        )
    place, fits = _best_place(folder.absolute())
    ranked = sorted(CONVENTIONS, key=lambda convention: -fits[convention.key].certainty)
    best = ranked[0]
    if options.rule is not None:
        best = plain_folder.CONVENTION
    refs = best.scan(place, options)
    if not refs or (options.rule is None and not fits[best.key].certainty):
        raise _nothing(folder)
    return Recognition(
        place,
        best.key,
        best.title,
        fits[best.key].certainty,
        _reason(best, fits[best.key], refs),
        tuple((c.key, fits[c.key].certainty) for c in ranked if c is not best and fits[c.key].certainty),
        tuple(refs),
    )


def scan(folder: Path, layout: str = "auto", options: ScanOptions = PLAIN) -> list[SampleRef]:
    """All parts below a folder by a named convention, or by the one that is recognised."""
    if layout == "auto":
        return list(recognise(folder, options).refs)
    convention = next((c for c in CONVENTIONS if c.key == layout), None)
    if convention is None:
        raise WrongUse(
            say("There is no layout {layout}.", layout=layout),
            remedy=say("Choose one of: {names}.", names=", ".join(c.key for c in CONVENTIONS)),
        )
    refs = convention.scan(folder.absolute(), options)
    if not refs:
        raise _nothing(folder)
    return refs


def _best_place(folder: Path) -> tuple[Path, dict[str, Fit]]:
    """The folder itself, or the one inside that alone is there, where a known convention begins."""
    place = folder
    for _ in range(NESTED):
        fits = {convention.key: convention.fit(place) for convention in CONVENTIONS}
        if any(fit.certainty for key, fit in fits.items() if key != plain_folder.KEY):
            return place, fits
        inner = list(subfolders(place).values())
        if len(inner) != 1 or files(place):
            break
        place = inner[0]
    return folder, {convention.key: convention.fit(folder) for convention in CONVENTIONS}


def _reason(convention: Convention, fit: Fit, refs: list[SampleRef]) -> Phrase:
    names = {ref.class_name for ref in refs}
    if convention is mvtec_3d.CONVENTION and names <= eyecandies.CLASSES:
        return say("{reason} The class names are those of Eyecandies, converted.", reason=fit.reason)
    return fit.reason


def _nothing(folder: Path) -> DataError:
    return DataError(
        say("No parts were recognised in {folder}.", folder=folder),
        remedy=say("Choose the folder of one class or of several, or give a rule for your own folders."),
    )
