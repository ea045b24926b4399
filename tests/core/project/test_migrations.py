"""Older databases are upgraded on a copy."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from core.project.migrations import Step, upgrade, version_of
from core.project.project import Project
from core.project.tables import SCHEMA_VERSION
from tests.core.project.conftest import draft, refs_in, write_nothing


def add_operator(connection: sqlite3.Connection) -> None:
    """What a second version of the schema might need."""
    connection.execute("ALTER TABLE sample ADD COLUMN operator VARCHAR NOT NULL DEFAULT 'nobody'")


def break_down(connection: sqlite3.Connection) -> None:
    connection.execute("DELETE FROM sample")
    raise sqlite3.OperationalError("disk I/O error")


NEXT = SCHEMA_VERSION + 1


@pytest.fixture
def database(project: Project, tmp_path: Path) -> Path:
    project.add_samples(refs_in(tmp_path / "data"))
    project.close()
    return project.places.database


def test_an_older_database_gains_what_the_next_version_needs(database: Path) -> None:
    kept = upgrade(database, [Step(NEXT, add_operator)], newest=NEXT)

    with closing(sqlite3.connect(database)) as connection:
        found = connection.execute("SELECT ident, operator FROM sample ORDER BY ident").fetchall()
    assert found == [("000", "nobody"), ("001", "nobody")]
    assert version_of(database) == NEXT
    assert kept is not None
    assert version_of(kept) == SCHEMA_VERSION


def test_a_database_of_this_version_is_left_alone(database: Path) -> None:
    before = database.read_bytes()

    assert upgrade(database, [Step(NEXT, add_operator)], newest=SCHEMA_VERSION) is None
    assert database.read_bytes() == before


def test_a_step_that_fails_leaves_the_old_database_untouched(database: Path) -> None:
    before = database.read_bytes()

    with pytest.raises(sqlite3.OperationalError):
        upgrade(database, [Step(NEXT, add_operator), Step(NEXT + 1, break_down)], newest=NEXT + 1)

    assert database.read_bytes() == before
    assert not list(database.parent.glob("*.part"))


def test_models_of_the_first_version_have_no_remark_and_are_not_in_the_trash(project: Project) -> None:
    model = project.add_model(draft(), write_nothing)
    project.close()
    database = project.places.database
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("ALTER TABLE model DROP COLUMN remark")
        connection.execute("ALTER TABLE model DROP COLUMN trashed")
        connection.execute("ALTER TABLE sample DROP COLUMN trashed")
        connection.execute("PRAGMA user_version = 1")
        connection.commit()

    opened = Project.open(project.folder)

    assert opened.models() == [model]
    opened.close()


def test_samples_of_the_second_version_are_not_in_the_trash(database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("ALTER TABLE sample DROP COLUMN trashed")
        connection.execute("PRAGMA user_version = 2")
        connection.commit()

    opened = Project.open(database.parent)

    assert len(opened.samples()) == 2
    opened.close()
