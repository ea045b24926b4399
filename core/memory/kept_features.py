"""The patches of one sensor of a sample, computed once and kept on its shelf where there is one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch

from core.errors import DataError
from core.memory.feature_cache import Shelf
from core.patches import PatchFeatures
from core.phrase import say
from core.sample import Sample

ReadSample = Callable[[], Sample]
"""Gives the sample when its features are not kept anywhere."""


@dataclass(frozen=True)
class Source:
    """How one sensor's features come about; features of equal identity are interchangeable."""

    extract: Callable[[Sample], PatchFeatures]
    identity: str


def kept_features(source: Source, read: ReadSample, shelf: Shelf | None = None) -> PatchFeatures:
    """Patches on a square grid; raise DataError for what is not a number, before anything keeps it."""
    if shelf is None:
        return _extracted(source, read)
    rows = shelf.rows(source.identity, lambda: _extracted(source, read).values.numpy())
    side = round(len(rows) ** 0.5)
    return PatchFeatures(torch.from_numpy(rows), (side, side))


def _extracted(source: Source, read: ReadSample) -> PatchFeatures:
    sample = read()
    found = source.extract(sample)
    if not bool(torch.isfinite(found.values).all()):
        raise DataError(
            say("Some features of {name} are not numbers.", name=sample.name),
            remedy=say("Check the part for broken points or values, or leave it out."),
        )
    return found
