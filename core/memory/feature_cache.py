"""Features of samples on disk: computed once, however many methods and passes ask for them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.atomic import replacing, unwritable
from core.sample import Sample

Rows = NDArray[np.float32]


def content_key(sample: Sample) -> str:
    """A hash of what the sensors saw, whatever the part is called."""
    digest = hashlib.blake2b(digest_size=16)
    for array in (sample.rgb, sample.xyz):
        digest.update(b"-" if array is None else f"{array.shape}{array.dtype}".encode())
        if array is not None:
            digest.update(np.ascontiguousarray(array).data)
    return digest.hexdigest()


@dataclass(frozen=True)
class Shelf:
    """Where the features of one sample lie; a shelf that is not `is_writable` only gives what is there."""

    folder: Path
    key: str
    is_writable: bool = True

    def rows(self, extractor: str, compute: Callable[[], Rows]) -> Rows:
        """The features (N, D), read from disk or computed and kept.

        `extractor` names the network, its weights and its settings: whoever names the same gets the same.
        """
        digest = hashlib.blake2b(extractor.encode(), digest_size=8).hexdigest()
        place = self.folder / digest / f"{self.key}.npy"
        kept = _read(place)
        if kept is None:
            kept = compute()
            if self.is_writable:
                _keep(place, kept)
        return kept


@dataclass(frozen=True)
class FeatureCache:
    """A folder with one file for each sample and extractor."""

    folder: Path
    is_writable: bool = True

    def shelf(self, sample: Sample) -> Shelf:
        """The place of that sample."""
        return Shelf(self.folder, content_key(sample), self.is_writable)


def _read(place: Path) -> Rows | None:
    """What lies there; None for nothing, and for a file that was cut off."""
    try:
        rows: Rows = np.load(place, allow_pickle=False)
    except (OSError, ValueError, EOFError):
        return None
    return rows


def _keep(place: Path, rows: Rows) -> None:
    try:
        with replacing(place) as aside, aside.open("wb") as opened:
            np.save(opened, rows)
    except OSError as problem:
        raise unwritable(place, problem) from problem
