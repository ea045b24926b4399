"""What a training for all classes reads: for each part, where its features lie in the store of a project."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.atomic import write_text
from core.errors import DataError
from core.phrase import say

LIST = "examples.json"
Examples = dict[str, dict[str, Path]]
"""By the name of the part, then by what is kept of it."""


def write_examples(folder: Path, parts: Mapping[str, Mapping[str, Path]]) -> None:
    """List these files in `folder`, by their way from there."""
    told = {
        name: {item: Path(os.path.relpath(path, folder)).as_posix() for item, path in items.items()}
        for name, items in parts.items()
    }
    write_text(folder / LIST, json.dumps(told, indent=1, ensure_ascii=False))


def listed_examples(folder: Path) -> Examples | None:
    """The files of every part in the order of their names; None for a folder that holds files itself."""
    place = folder / LIST
    try:
        told = json.loads(place.read_text(encoding="utf-8"))
        return {name: {item: folder / way for item, way in told[name].items()} for name in sorted(told)}
    except FileNotFoundError:
        return None
    except (OSError, ValueError, AttributeError, TypeError) as problem:
        raise DataError(
            say("{file} cannot be read: it is cut off or damaged.", file=place),
            remedy=say("Save the features again, or remove the file."),
        ) from problem


def listed_rows(path: Path) -> NDArray[Any]:
    """One file of the store, mapped into memory; raise OSError or ValueError where it is gone or cut off."""
    # Copy on write: torch warns of arrays that are read-only; nobody writes.
    found: NDArray[Any] = np.load(path, mmap_mode="c", allow_pickle=False)
    return found


def listed_item(items: Mapping[str, Path], item: str, folder: Path) -> Path:
    """Where that item of a part lies; raise DataError for features of another kind."""
    if item not in items:
        raise DataError(
            say("{path} does not hold what this training needs.", path=folder / LIST),
            remedy=say("Save the features again with the kind that belongs to it, or remove the file."),
        )
    return items[item]
