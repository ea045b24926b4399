"""What lies in a folder, by name and in order; hidden files and the system's own are left out."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from pathlib import Path

from core.datasets.faults import Unreadable
from core.phrase import say

OF_THE_SYSTEM = frozenset({"thumbs.db", "desktop.ini", "__macosx", "$recycle.bin"})


def subfolders(folder: Path) -> dict[str, Path]:
    """The folders directly inside, by name; empty where there is no such folder."""
    return {entry.name: Path(entry.path) for entry in _entries(folder) if entry.is_dir()}


def files(folder: Path) -> list[Path]:
    """The files directly inside, sorted by name; empty where there is no such folder."""
    return [Path(entry.path) for entry in _entries(folder) if entry.is_file()]


def by_id(folder: Path, suffixes: Collection[str], tail: str = "") -> dict[str, Path]:
    """The files inside by their stem, less `tail` ("_mask", for one).

    A file of an unexpected kind counts too, so that the check can name it, unless one of the expected kind
    has the same stem; of two expected ones the second keeps its full name as id.
    """
    found: dict[str, Path] = {}
    listed = files(folder)
    expected = [path for path in listed if path.suffix.lower() in suffixes]
    for path in expected:
        name = path.stem.removesuffix(tail) if tail else path.stem
        found[path.name if name in found else name] = path
    for path in listed:
        if path.suffix.lower() not in suffixes:
            found.setdefault(path.stem, path)
    return found


def has_files(folder: Path, suffixes: Collection[str]) -> bool:
    """Whether any file directly inside is of these kinds."""
    return any(path.suffix.lower() in suffixes for path in files(folder))


def walk(folder: Path, above: frozenset[Path] = frozenset()) -> Iterator[Path]:
    """All files below, folder by folder in order of name; links are followed, but never in a circle."""
    here = folder.resolve()
    if here in above:
        return
    yield from files(folder)
    for inner in subfolders(folder).values():
        yield from walk(inner, above | {here})


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as listed:
            entries = [
                entry
                for entry in listed
                if not entry.name.startswith(".") and entry.name.lower() not in OF_THE_SYSTEM
            ]
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise Unreadable(
            say("The folder {folder} cannot be listed.", folder=folder),
            remedy=say("Allow reading it, or check the connection to its drive."),
        ) from error
    return sorted(entries, key=lambda entry: entry.name)
