"""Takes a folder of parts into a project: recognise, check, import; nothing is written to the source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from core.datasets.check import CheckOptions, check
from core.datasets.convention import ScanOptions
from core.datasets.finding import Check
from core.datasets.layout import PLAIN, Recognition, recognise, scan
from core.errors import DataError, WrongUse
from core.monitor import Monitor
from core.phrase import say
from core.project.project import Project
from core.project.records import SampleRecord
from core.sample import SampleRef


@dataclass(frozen=True)
class ImportWish:
    """What to import: `layout` "auto" recognises it; no `classes` means all of them."""

    source: Path
    layout: str = "auto"
    options: ScanOptions = PLAIN
    classes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Checked:
    """What was found in the folder, and what is wrong with it."""

    found: Recognition
    check: Check


def check_folder(wish: ImportWish, monitor: Monitor, cache_folder: Path | None = None) -> Checked:
    """Recognise the folder and look at every part once; nothing is imported."""
    found = recognise(wish.source, wish.options)
    if wish.layout not in ("auto", found.layout):
        refs = tuple(scan(wish.source, wish.layout, wish.options))
        found = replace(found, folder=wish.source.absolute(), layout=wish.layout, refs=refs)
    if wish.classes:
        _refuse_unknown(wish.classes, found.classes)
        found = replace(found, refs=tuple(ref for ref in found.refs if ref.class_name in wish.classes))
    stage = monitor.at_stage(1, 1, say("Check the parts"))
    return Checked(found, check(found.refs, stage, CheckOptions(cache_folder=cache_folder)))


def usable(checked: Checked) -> list[SampleRef]:
    """All parts but those that cannot be used; raise DataError where none is left."""
    refs = checked.check.kept(checked.found.refs)
    if not refs:
        raise DataError(
            say("None of the {count} parts can be used.", count=checked.check.samples),
            remedy=say("Look at the list of faults."),
        )
    return refs


def import_folder(project: Project, checked: Checked) -> list[SampleRecord]:
    """Take in all parts that can be used; raise DataError where there is none."""
    return project.add_samples(usable(checked), checked.found.folder)


def _refuse_unknown(wanted: Sequence[str], known: Sequence[str]) -> None:
    for name in wanted:
        if name not in known:
            raise WrongUse(
                say('There is no class "{name}".', name=name),
                remedy=say("Choose one of: {known}.", known=", ".join(known)),
            )
