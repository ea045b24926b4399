"""Lines added to files that are only ever appended to: all of them, or none."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path


def append_texts(texts: Sequence[tuple[Path, str]]) -> None:
    """Add each text to its file; where the disk refuses one, all files are cut back to what they were."""
    before = [(path, path.stat().st_size if path.exists() else 0) for path, _ in texts]
    try:
        for path, text in texts:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("a", encoding="utf-8", newline="") as file:
                file.write(text)
    except OSError:
        for path, size in before:
            with suppress(OSError):
                os.truncate(path, size)
        raise
