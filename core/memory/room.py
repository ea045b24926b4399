"""Room for features on the disk: what was not used for longest goes first."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Iterator
from pathlib import Path

log = logging.getLogger(__name__)
ENDING = ".npy"
_SLACK = 0.9
"""Share of the limit that is left over, so that not every new file looks for room again."""
_ABANDONED_AFTER_S = 3600.0


class Room:
    """Keeps the features in `folder` below a limit; what has been used here is never removed."""

    def __init__(self, folder: Path, limit_bytes: int) -> None:
        self._folder = folder
        self._limit_bytes = limit_bytes
        self._used: set[Path] = set()
        self._bytes: int | None = None
        self._is_told = False
        self.grown = 0

    def use(self, place: Path) -> None:
        """Note that somebody needs that file."""
        self._used.add(place)
        try:
            os.utime(place)
        except OSError as problem:  # a cache that cannot be written goes without
            log.debug("%s could not be marked as used: %s", place, problem)

    def grow(self, place: Path) -> None:
        """A file has come; remove unused ones where there are too many bytes now."""
        self.use(place)
        self.grown += 1
        if self._bytes is None:
            self._remove_abandoned()
            self._bytes = sum(size for _, size, _ in self._entries())
        else:
            self._bytes += place.stat().st_size
        if self._bytes > self._limit_bytes:
            self.free(self._bytes - int(_SLACK * self._limit_bytes))

    def free(self, wanted: int) -> int:
        """Remove the files that were not used for longest, at least so many bytes; how many it were."""
        unused = sorted(
            (entry for entry in self._entries() if entry[0] not in self._used), key=lambda entry: entry[2]
        )
        freed, count = 0, 0
        for path, size, _ in unused:
            if freed >= wanted:
                break
            if _remove(path):
                freed, count = freed + size, count + 1
        if self._bytes is not None:
            self._bytes -= freed
        self._tell(count, freed, wanted)
        return freed

    def _tell(self, count: int, freed: int, wanted: int) -> None:
        if count:
            log.info("%d files of features, unused for longest, made room of %d MB.", count, freed >> 20)
        if freed < wanted and not self._is_told:
            self._is_told = True
            log.warning("This training alone needs more room for its features than the cache may take.")

    def _entries(self) -> Iterator[tuple[Path, int, int]]:
        """Path, size and time of last use of every file."""
        for path in self._folder.glob(f"*/*{ENDING}"):
            try:
                status = path.stat()
            except FileNotFoundError:
                continue
            yield path, status.st_size, status.st_mtime_ns

    def _remove_abandoned(self) -> None:
        """What a killed program left half-written."""
        for path in self._folder.glob("*/.*.part"):
            if time.time() - path.stat().st_mtime > _ABANDONED_AFTER_S:
                _remove(path)


def _remove(path: Path) -> bool:
    """Another process may be quicker, or hold the file; both are harmless."""
    try:
        path.unlink()
    except OSError as problem:
        log.info("%s could not be removed: %s", path, problem)
        return False
    return True
