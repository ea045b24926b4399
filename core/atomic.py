"""Files and folders that appear whole or not at all."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from core.errors import InspectionError
from core.phrase import say


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a path beside `path` to write to; it takes the name of `path` only when the block ends well."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}.part")
    try:
        yield aside
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


@contextmanager
def replacing_folder(folder: Path) -> Iterator[Path]:
    """Give a new folder beside `folder` to fill; it takes its place only when the block ends well."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    mark = uuid.uuid4().hex[:8]
    aside, old = (
        folder.with_name(f".{folder.name}.{mark}.part"),
        folder.with_name(f".{folder.name}.{mark}.old"),
    )
    aside.mkdir()
    try:
        yield aside
        if folder.exists():
            folder.rename(old)
        aside.rename(folder)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)


def write_text(path: Path, text: str) -> None:
    """Write a small UTF-8 text whole; a full or read-only disk is said in a sentence."""
    try:
        with replacing(path) as aside:
            aside.write_text(text, encoding="utf-8")
    except OSError as problem:
        raise unwritable(path, problem) from problem


def unwritable(path: Path, problem: OSError) -> InspectionError:
    """The sentence for a file that the disk refused."""
    return InspectionError(
        say("{path} could not be written: {reason}.", path=path, reason=problem.strerror or str(problem)),
        remedy=say("Free some space or choose a folder that can be written to, then try again."),
    )
