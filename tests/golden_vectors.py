"""Where the golden numbers are, and how a test opens them."""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

HOME = Path(__file__).parent / "golden"


def folder() -> Path:
    """The folder of the vectors: GOLDEN_DIR, or the copy beside the tests."""
    return Path(os.environ.get("GOLDEN_DIR", HOME))


@cache
def sizes(family: str) -> dict[str, Any]:
    """Salt, sizes and seeds of a family, such as "m3dm"."""
    loaded: dict[str, Any] = json.loads((folder() / f"{family}_sizes.json").read_text(encoding="utf-8"))
    return loaded


@cache
def vectors(name: str) -> dict[str, NDArray[Any]]:
    """All arrays of one file, such as "m3dm_coreset"."""
    with np.load(folder() / f"{name}.npz", allow_pickle=False) as opened:
        return {key: opened[key] for key in opened.files}


def layout(name: str) -> dict[str, list[int]]:
    """Checkpoint keys and shapes, such as "m3dm_pointmae"."""
    found: dict[str, list[int]] = json.loads((folder() / f"{name}_layout.json").read_text(encoding="utf-8"))
    return found
