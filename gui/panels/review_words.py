"""What a human can say besides the verdict: kinds of defects and reasons that are offered."""

from __future__ import annotations

from collections.abc import Iterable

from core.phrase import Phrase, say
from core.project.records import ReviewRecord, SampleRecord
from core.sample import GOOD, UNKNOWN

REASONS: tuple[Phrase, ...] = (
    say("reflection"),
    say("dust or dirt"),
    say("points missing"),
    say("edge of the part"),
    say("within tolerance"),
    say("normal variation"),
    say("wrongly labelled"),
)


def kinds_of(records: Iterable[SampleRecord], said: Iterable[ReviewRecord]) -> tuple[str, ...]:
    """The kinds of defects that are known of a class: from its labels, and from what people said."""
    labels = {record.ref.label for record in records} - {GOOD, UNKNOWN}
    return tuple(sorted(labels | {review.defect_type for review in said if review.defect_type}))


def reasons_of(said: Iterable[ReviewRecord]) -> tuple[str, ...]:
    """The reasons that are offered, then those that people wrote themselves."""
    usual = [str(reason) for reason in REASONS]
    own = {review.reason for review in said if review.reason} - set(usual)
    return (*usual, *sorted(own))
