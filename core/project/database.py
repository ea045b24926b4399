"""The project's SQLite file: short sessions from any thread, one writer at a time."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, create_engine
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from core.errors import InspectionError
from core.phrase import say
from core.project.tables import SCHEMA_VERSION, Base

_PATIENCE_S = 20.0


class Database:
    """Sessions on one file.

    A commit is on disk when `write` ends, so a killed process loses at most what it was writing. The
    rollback journal is used, not the write-ahead log: that needs shared memory, which network drives lack,
    and leaves side files behind that a moved folder would miss.
    """

    def __init__(self, path: Path, *, read_only: bool) -> None:
        self._path = path
        self._is_read_only = read_only
        self._one_writer = threading.RLock()
        self._engine: Engine = create_engine("sqlite://", creator=self._connect, poolclass=NullPool)

    @classmethod
    def create(cls, path: Path) -> Database:
        """A new file with the present schema."""
        database = cls(path, read_only=False)
        Base.metadata.create_all(database._engine)
        with database._engine.begin() as connection:
            connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")
        return database

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session for looking; what it changes is dropped."""
        with Session(self._engine) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A session that is committed when the block ends well, and forgotten otherwise."""
        if self._is_read_only:
            raise InspectionError(
                say("This project is open for reading only; the change was not kept."),
                remedy=say("Close the other program that has it open, then open it again."),
            )
        try:
            with self._one_writer, Session(self._engine) as session, session.begin():
                yield session
        except OperationalError as problem:
            raise InspectionError(
                say("{path} could not be written: {reason}.", path=self._path, reason=problem.orig),
                remedy=say("Free some space or choose a folder that can be written to, then try again."),
            ) from problem

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    def _connect(self) -> sqlite3.Connection:
        mode = "ro" if self._is_read_only else "rwc"
        connection = sqlite3.connect(
            f"{self._path.resolve().as_uri()}?mode={mode}",
            uri=True,
            timeout=_PATIENCE_S,
            check_same_thread=False,
        )
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = NORMAL")
        return connection
