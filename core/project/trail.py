"""Who changed what: written in the same transaction as the change itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.project.database import Database
from core.project.records import TrailEntry
from core.project.tables import TrailRow


@dataclass(frozen=True)
class Change:
    """One change, before it is written down."""

    subject: str
    what: str
    before: object = ""
    after: object = ""


def now() -> datetime:
    """The time that is written down: UTC without zone, which is what SQLite keeps."""
    return datetime.now(UTC).replace(tzinfo=None)


def note(session: Session, who: str, change: Change) -> None:
    """Add a change to the trail, within the session that makes it."""
    row = TrailRow(
        made=now(),
        who=who,
        subject=change.subject,
        what=change.what,
        before=str(change.before),
        after=str(change.after),
    )
    session.add(row)


def read_trail(database: Database, subject: str | None = None) -> list[TrailEntry]:
    """All changes, oldest first, or those of one subject."""
    wanted = select(TrailRow).order_by(TrailRow.id)
    if subject is not None:
        wanted = wanted.where(TrailRow.subject == subject)
    with database.read() as session:
        return [
            TrailEntry(row.id, row.made, row.who, row.subject, row.what, row.before, row.after)
            for row in session.scalars(wanted)
        ]
