"""Prepared samples kept on disk, found again by the content of their source files."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path

from core.atomic import replacing
from core.datasets.eyecandies_depth import beside
from core.datasets.reading import read_sample
from core.errors import InspectionError
from core.phrase import say
from core.preprocess.config import DEFAULTS, PreprocessConfig
from core.preprocess.prepare import Prepared, prepare
from core.preprocess.stored import FORMAT, read_prepared, write_prepared
from core.sample import Sample, SampleRef

log = logging.getLogger(__name__)
_ENDING = ".npz"
_ABANDONED_AFTER_S = 3600.0
_BLOCK = 1 << 20


def _log_it(problem: InspectionError) -> None:
    log.warning("%s", problem)


class PreparedCache:
    """Prepares a sample once and then reads it; the least recently used files make room for new ones.

    A folder that cannot be written is told once, through `tell`; the work then goes on without it.
    """

    def __init__(
        self, folder: Path, limit_bytes: int, tell: Callable[[InspectionError], None] = _log_it
    ) -> None:
        self.folder = folder
        self.limit_bytes = limit_bytes
        self._tell = tell
        self._is_writable = limit_bytes > 0
        self._bytes: int | None = None

    def prepared(
        self,
        ref: SampleRef,
        config: PreprocessConfig = DEFAULTS,
        read: Callable[[SampleRef], Sample] = read_sample,
    ) -> Prepared:
        """The prepared sample, from the cache or from its source; raises DataError if that is unreadable."""
        try:
            key = content_key(ref, config)
        except OSError:
            return prepare(read(ref), config)
        found = self.find(key, ref.name)
        if found is None:
            found = prepare(read(ref), config)
            self.keep(key, found)
        return found

    def find(self, key: str, name: str) -> Prepared | None:
        """The entry of that key under the sample's name; a damaged one is removed and counts as missing."""
        path = self._path(key)
        try:
            found = read_prepared(path, name)
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile) as damage:
            log.info("The cached sample %s is damaged (%s) and is made again.", path, damage)
            _remove(path)
            return None
        _touch(path)
        return found

    def keep(self, key: str, prepared: Prepared) -> None:
        """Write an entry whole or not at all, then make room."""
        if not self._is_writable:
            return
        path = self._path(key)
        try:
            with replacing(path) as aside:
                write_prepared(aside, prepared)
            self._make_room(path)
        except OSError as problem:
            self._is_writable = False
            self._tell(_cannot_be_used(self.folder, problem))

    def clear(self) -> None:
        """Remove every entry."""
        for path in self._entries():
            _remove(path)
        self._bytes = 0

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}{_ENDING}"

    def _entries(self) -> Iterator[Path]:
        yield from self.folder.glob(f"??/*{_ENDING}")

    def _make_room(self, newest: Path) -> None:
        """Count once, then add up; look at all files only when the limit is passed."""
        if self._bytes is not None:
            self._bytes += newest.stat().st_size
            if self._bytes <= self.limit_bytes:
                return
        self._remove_abandoned()
        entries = sorted(self._with_status(), key=lambda entry: entry[1].st_mtime_ns)
        self._bytes = sum(status.st_size for _, status in entries)
        for path, status in entries:
            if self._bytes <= self.limit_bytes:
                break
            if path != newest:
                _remove(path)
                self._bytes -= status.st_size

    def _with_status(self) -> Iterator[tuple[Path, os.stat_result]]:
        for path in self._entries():
            try:
                yield path, path.stat()
            except FileNotFoundError:
                continue

    def _remove_abandoned(self) -> None:
        """What a killed program left half-written."""
        for path in self.folder.glob("??/.*.part"):
            if time.time() - path.stat().st_mtime > _ABANDONED_AFTER_S:
                _remove(path)


def content_key(ref: SampleRef, config: PreprocessConfig) -> str:
    """A name for the prepared sample: the same bytes and parameters give the same one, wherever they lie."""
    told = [FORMAT, asdict(config), ref.layout, ref.metres_per_unit, ref.is_good]
    digest = hashlib.blake2b(json.dumps(told).encode(), digest_size=20)
    for role, path in source_files(ref):
        digest.update(f"\0{role}\0{path.stat().st_size}\0".encode())
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                digest.update(block)
    return digest.hexdigest()


def source_files(ref: SampleRef) -> Iterator[tuple[str, Path]]:
    """The files that the prepared sample depends on, by what they are."""
    for role, path in (("rgb", ref.rgb), ("cloud", ref.cloud), ("mask", ref.mask)):
        if path is not None:
            yield role, path
    if ref.layout == "eyecandies" and ref.cloud is not None:
        yield "range", beside(ref.cloud, "info_depth.yaml")
        yield "pose", beside(ref.cloud, "pose.txt")


def _cannot_be_used(folder: Path, problem: OSError) -> InspectionError:
    return InspectionError(
        say(
            "The cache folder {folder} cannot be written: {reason}. Parts are prepared anew each time.",
            folder=folder,
            reason=problem.strerror or str(problem),
        ),
        remedy=say("Free some space, allow writing there, or choose another cache folder in the settings."),
    )


def _remove(path: Path) -> None:
    """Another process may be quicker, or hold the file; both are harmless."""
    try:
        path.unlink(missing_ok=True)
    except OSError as problem:
        log.info("%s could not be removed: %s", path, problem)


def _touch(path: Path) -> None:
    """Note the use; a read-only cache goes without."""
    try:
        os.utime(path)
    except OSError as problem:
        log.debug("%s could not be marked as used: %s", path, problem)
