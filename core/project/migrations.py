"""Older project databases are brought to the present schema, step by step and on a copy."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from core.atomic import replacing, unwritable
from core.errors import DataError
from core.phrase import say
from core.project.tables import SCHEMA_VERSION


@dataclass(frozen=True)
class Step:
    """What turns a database of version `to` - 1 into one of version `to`."""

    to: int
    apply: Callable[[sqlite3.Connection], None]


def _models_get_remarks_and_a_trash(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE model ADD COLUMN remark VARCHAR NOT NULL DEFAULT ''")
    connection.execute("ALTER TABLE model ADD COLUMN trashed DATETIME")


def _samples_get_a_trash(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE sample ADD COLUMN trashed DATETIME")


STEPS: tuple[Step, ...] = (Step(2, _models_get_remarks_and_a_trash), Step(3, _samples_get_a_trash))
"""In order; a released step is never changed."""


def version_of(database: Path) -> int:
    """The schema version written in the file; raise DataError if it is not a project's database."""
    try:
        with closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            version: int = connection.execute("PRAGMA user_version").fetchone()[0]
            return version
    except sqlite3.Error as problem:
        raise DataError(
            say("{path} is not a project that can be read: {reason}.", path=database, reason=problem),
            remedy=say("Restore it from a backup, or import the data into a new project."),
        ) from problem


def upgrade(database: Path, steps: Sequence[Step] = STEPS, newest: int = SCHEMA_VERSION) -> Path | None:
    """Bring the file to schema `newest`; return where the old one was kept, None if nothing had to be done.

    The steps run on a copy that takes the file's place only when all of them ended well.
    """
    version = version_of(database)
    if version > newest:
        raise DataError(
            say("{path} was made by a newer version of this program.", path=database),
            remedy=say("Open it with that version, or update this one."),
        )
    if version == newest:
        return None
    kept = database.with_name(f"{database.stem}.version-{version}{database.suffix}")
    try:
        shutil.copy2(database, kept)
        with replacing(database) as aside:
            shutil.copy2(database, aside)
            _apply(aside, [step for step in steps if version < step.to <= newest])
    except OSError as problem:
        raise unwritable(database, problem) from problem
    return kept


def _apply(database: Path, steps: Sequence[Step]) -> None:
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        for step in steps:
            connection.execute("BEGIN IMMEDIATE")
            step.apply(connection)
            connection.execute(f"PRAGMA user_version = {step.to}")
            connection.execute("COMMIT")
