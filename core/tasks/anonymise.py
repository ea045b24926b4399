"""Takes the names of folders out of a report: who reads it learns nothing of the machine's disks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

from core.paths import home
from core.phrase import Phrase
from core.project.project import Project
from core.report import Report

Swaps = Sequence[tuple[str, str]]


def anonymised(report: Report, project: Project) -> Report:
    """The same report with "project", "source" and "home" in the place of those folders."""
    swapped: Report = _swapped(report, _swaps(project))
    return swapped


def _swaps(project: Project) -> Swaps:
    """Longest first, so that a folder inside another one goes first; as written and with either slash."""
    places = [(project.folder, "<project>"), (home(), "<settings>"), (Path.home(), "<home>")]
    places += [(source.folder, f"<source {source.id}>") for source in project.sources()]
    found = {
        form: name
        for path, name in reversed(places)
        for form in (str(path), str(path.resolve()), path.as_posix())
        if len(form) > 1
    }
    return sorted(found.items(), key=lambda entry: -len(entry[0]))


def _swapped(value: Any, swaps: Swaps) -> Any:
    if isinstance(value, Phrase):
        return Phrase(value.template, {key: _swapped(each, swaps) for key, each in value.values.items()})
    if isinstance(value, Path):
        return Path(_swapped(str(value), swaps))
    if type(value) is str:
        for path, name in swaps:
            value = value.replace(path, name)
        return value
    if isinstance(value, dict):
        return {_swapped(key, swaps): _swapped(each, swaps) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_swapped(each, swaps) for each in value)
    if is_dataclass(value) and not isinstance(value, type):
        names = [entry.name for entry in fields(value) if entry.init]
        return replace(value, **{name: _swapped(getattr(value, name), swaps) for name in names})
    return value
