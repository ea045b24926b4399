"""The patches of one sensor of a sample, computed once and kept on its shelf where there is one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import torch
from numpy.typing import NDArray

from core.errors import DataError
from core.memory.feature_cache import Shelf
from core.patches import PatchFeatures
from core.phrase import say
from core.sample import Sample

ReadSample = Callable[[], Sample]
"""Gives the sample when its features are not kept anywhere."""
Storage = Literal["float32", "float16"]
"""How precise features are; half precision takes half the room, on the disk only."""


@dataclass(frozen=True)
class Source:
    """How one sensor's features come about; features of equal identity are interchangeable."""

    extract: Callable[[Sample], PatchFeatures]
    identity: str
    storage: Storage = "float32"


def kept_features(source: Source, read: ReadSample, shelf: Shelf | None = None) -> PatchFeatures:
    """Patches, on a square grid where there is a shelf; raise DataError for what is not a number.

    They are as precise as the storage, kept or not, so that a part always gets the same score.
    """
    if shelf is None:
        found = _extracted(source, read)
        rows = _stored(source, found).astype(np.float32, copy=False)
        return PatchFeatures(torch.from_numpy(rows), found.grid)
    rows = shelf.rows(kept_name(source), lambda: _stored(source, _extracted(source, read)))
    side = round(len(rows) ** 0.5)
    return PatchFeatures(torch.from_numpy(rows), (side, side))


def kept_name(source: Source) -> str:
    """What the features of that source are called on a shelf."""
    return source.identity if source.storage == "float32" else f"{source.identity} {source.storage}"


def _extracted(source: Source, read: ReadSample) -> PatchFeatures:
    """Fresh features; what is not a number is refused before anything keeps it."""
    sample = read()
    found = source.extract(sample)
    if not bool(torch.isfinite(found.values).all()):
        raise DataError(
            say("Some features of {name} are not numbers.", name=sample.name),
            remedy=say("Check the part for broken points or values, or leave it out."),
        )
    return found


def _stored(source: Source, found: PatchFeatures) -> NDArray[Any]:
    """Features as they are kept; those that half precision cannot hold stay in single precision."""
    if source.storage == "float16":
        half = found.values.half()
        if bool(torch.isfinite(half).all()):
            return half.numpy()
    return found.values.numpy()
