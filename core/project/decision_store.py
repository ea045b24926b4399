"""Where people and presets draw the line: thresholds with their history, and reviews."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.inspection import Verdict
from core.project.database import Database
from core.project.records import Level, ReviewRecord, ThresholdRecord
from core.project.tables import ReviewRow, SampleRow, ThresholdRow
from core.project.trail import Change, note, now


class DecisionStore:
    """Keeps every threshold ever set, and the newest review of each sample."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def thresholds(self, model_id: int, level: Level) -> list[ThresholdRecord]:
        """The history of one line, newest first; the first is in force."""
        wanted = (
            select(ThresholdRow)
            .where(ThresholdRow.model_id == model_id, ThresholdRow.level == level)
            .order_by(ThresholdRow.id.desc())
        )
        with self._database.read() as session:
            return [_threshold(row) for row in session.scalars(wanted)]

    def set_threshold(self, draft: ThresholdRecord, who: str) -> ThresholdRecord:
        """Add a version of a line; number, time and name of the draft do not matter."""
        before = self.thresholds(draft.model_id, draft.level)
        with self._database.write() as session:
            row = ThresholdRow(
                class_name=draft.class_name,
                model_id=draft.model_id,
                level=draft.level,
                value=draft.value,
                lower=draft.lower,
                preset=draft.preset,
                data=draft.data,
                is_optimistic=draft.is_optimistic,
                who=who,
                made=now(),
            )
            session.add(row)
            subject = f"{draft.class_name}, model {draft.model_id}, {draft.level}"
            was = f"{before[0].value:.6g} ({before[0].preset})" if before else ""
            note(session, who, Change(subject, "threshold", was, f"{draft.value:.6g} ({draft.preset})"))
            session.flush()
            return _threshold(row)

    def reviews(self) -> dict[int, ReviewRecord]:
        """All reviews by the number of the sample."""
        with self._database.read() as session:
            return {row.sample_id: _review(row) for row in session.scalars(select(ReviewRow))}

    def review(self, sample_id: int) -> ReviewRecord | None:
        """What a human said of this sample, None where nobody has."""
        with self._database.read() as session:
            row = session.get(ReviewRow, sample_id)
            return None if row is None else _review(row)

    def set_reviews(self, drafts: Sequence[ReviewRecord], who: str) -> list[ReviewRecord]:
        """Keep human words, all or none; one that says nothing takes the earlier back."""
        with self._database.write() as session:
            return [_kept(session, draft, who) for draft in drafts]


def _kept(session: Session, draft: ReviewRecord, who: str) -> ReviewRecord:
    subject = name_of(session.get_one(SampleRow, draft.sample_id))
    before = session.get(ReviewRow, draft.sample_id)
    note(session, who, Change(subject, "review", _said(before), _said(draft)))
    if not _said(draft):
        if before is not None:
            session.delete(before)
        return ReviewRecord(draft.sample_id, None)
    row = ReviewRow(
        sample_id=draft.sample_id,
        verdict=draft.verdict.value if draft.verdict else None,
        defect_type=draft.defect_type,
        reason=draft.reason,
        note=draft.note,
        who=who,
        made=now(),
    )
    return _review(session.merge(row))


def name_of(row: SampleRow) -> str:
    """What the trail calls a sample."""
    return f"{row.class_name}/{row.split}/{row.label}/{row.ident}"


def _said(review: ReviewRow | ReviewRecord | None) -> str:
    """All that a review says, on one line; "" for one that says nothing."""
    if review is None:
        return ""
    parts = (review.verdict or "", review.defect_type, review.reason, review.note)
    return ", ".join(str(part) for part in parts if part)


def _threshold(row: ThresholdRow) -> ThresholdRecord:
    return ThresholdRecord(
        id=row.id,
        class_name=row.class_name,
        model_id=row.model_id,
        level=cast(Level, row.level),
        value=row.value,
        lower=row.lower,
        preset=row.preset,
        data=row.data,
        is_optimistic=row.is_optimistic,
        who=row.who,
        made=row.made,
    )


def _review(row: ReviewRow) -> ReviewRecord:
    return ReviewRecord(
        sample_id=row.sample_id,
        verdict=Verdict(row.verdict) if row.verdict else None,
        defect_type=row.defect_type,
        reason=row.reason,
        note=row.note,
        who=row.who,
        made=row.made,
    )
