"""Features of samples on disk: computed once, however many methods and passes ask for them."""

from __future__ import annotations

import errno
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.atomic import replacing, unwritable
from core.memory.room import ENDING, Room
from core.sample import Sample

Rows = NDArray[np.float32]
LIMIT_BYTES = 20_000_000_000
_FULL = (errno.ENOSPC, errno.EDQUOT)


def content_key(sample: Sample) -> str:
    """A hash of what the sensors saw, whatever the part is called."""
    digest = hashlib.blake2b(digest_size=16)
    for array in (sample.rgb, sample.xyz):
        digest.update(b"-" if array is None else f"{array.shape}{array.dtype}".encode())
        if array is not None:
            digest.update(np.ascontiguousarray(array).data)
    return digest.hexdigest()


@dataclass(frozen=True)
class FeatureCache:
    """A folder with one file for each sample and extractor, of `limit_bytes` at the most.

    What a cache has given or taken is not removed by the same cache, so that a training that needs more than
    the limit still ends.
    """

    folder: Path
    is_writable: bool = True
    limit_bytes: int = LIMIT_BYTES
    _room: Room = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_room", Room(self.folder, self.limit_bytes))

    def shelf(self, sample: Sample) -> Shelf:
        """The place of that sample."""
        return Shelf(self, content_key(sample))

    def find(self, place: Path) -> NDArray[Any] | None:
        """What lies there, mapped into memory as it is read; None for nothing or a file that was cut off."""
        try:
            # Copy on write: torch warns of arrays that are read-only; nobody writes.
            found: NDArray[Any] = np.load(place, mmap_mode="c", allow_pickle=False)
        except (OSError, ValueError, EOFError):
            return None
        self._room.use(place)
        return found

    @property
    def written(self) -> int:
        """How many files have come."""
        return self._room.grown

    def keep(self, place: Path, rows: NDArray[Any]) -> None:
        """Write a file whole; on a full disk unused features give way, else raise InspectionError."""
        if not self.is_writable:
            return
        try:
            try:
                _write(place, rows)
            except OSError as problem:
                if problem.errno not in _FULL or not self._room.free(rows.nbytes):
                    raise
                _write(place, rows)
        except OSError as problem:
            raise unwritable(place, problem) from problem
        self._room.grow(place)


@dataclass(frozen=True)
class Shelf:
    """Where the features of one sample lie."""

    cache: FeatureCache
    key: str

    def rows(self, extractor: str, compute: Callable[[], NDArray[Any]]) -> Rows:
        """The features (N, D), read from disk or computed and kept as precise as `compute` gives them.

        `extractor` names the network, its weights and its settings: whoever names the same gets the same.
        """
        place = self.place(extractor)
        found = self.cache.find(place)
        if found is None:
            found = compute()
            self.cache.keep(place, found)
        return np.asarray(found, np.float32)

    def place(self, extractor: str) -> Path:
        """Where these features lie, or would."""
        return self.cache.folder / extractor_key(extractor) / f"{self.key}{ENDING}"


def extractor_key(extractor: str) -> str:
    """The folder of everything that this extractor made."""
    return hashlib.blake2b(extractor.encode(), digest_size=8).hexdigest()


def _write(place: Path, rows: NDArray[Any]) -> None:
    with replacing(place) as aside, aside.open("wb") as opened:
        np.save(opened, rows)
