"""Takes a file of weights out of the library, to where it can be fetched back from."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from core.atomic import unwritable
from core.backbones.weights import find
from core.paths import home


def trash_folder() -> Path:
    """Where files of weights go that were put away."""
    return home() / "trash" / "weights"


def put_away(key: str) -> Path:
    """Move the file of that key into the trash and give its place there; raise WeightsMissing without one."""
    source = find(key)
    target = trash_folder() / f"{datetime.now():%Y-%m-%d_%H-%M-%S}" / source.name
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        source.rename(target)
    except OSError as problem:
        raise unwritable(target, problem) from problem
    return target
