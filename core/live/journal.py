"""Which parts were judged already, by content, so that a restart continues where it stopped."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from core.live.append import append_texts

NAME = "judged.log"
_CHUNK = 1 << 20


class Journal:
    """A file with one line for each judged part: fingerprint, time, name; appended to, never rewritten."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / NAME
        self._known: set[str] = set()
        if self.path.is_file():
            lines = self.path.read_text(encoding="utf-8", errors="replace").splitlines()
            self._known = {line.split("\t")[0] for line in lines if line}

    def __len__(self) -> int:
        return len(self._known)

    def knows(self, mark: str) -> bool:
        """Whether a part of this content was judged before."""
        return mark in self._known

    def add(self, mark: str, when: str, name: str) -> None:
        """Remember a part; on disk when the call returns."""
        append_texts([(self.path, f"{mark}\t{when}\t{name}\n")])
        self._known.add(mark)


def content_mark(files: Iterable[Path]) -> str:
    """SHA-256 over the bytes of the files in their order; raise OSError where one cannot be read."""
    digest = hashlib.sha256()
    for path in files:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
        digest.update(b"\0")
    return digest.hexdigest()
