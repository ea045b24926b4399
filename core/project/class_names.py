"""Calling a class something else: its samples, models, lines and preparation go along."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import WrongUse
from core.phrase import say
from core.project.database import Database
from core.project.fingerprint import names_hash
from core.project.tables import ModelRow, PreprocessRow, SampleRow, ThresholdRow, ValueRow
from core.project.trail import Change, note

_BY_CLASS = ("measuring",)
"""Named values whose keys are classes."""


def rename_class(database: Database, before: str, after: str, who: str) -> None:
    """Raise WrongUse for a name that is taken, or that no folder could have."""
    _refuse(after)
    with database.write() as session:
        taken = select(SampleRow.id).where(SampleRow.class_name == after)
        if session.scalars(taken).first() is not None or session.get(PreprocessRow, after) is not None:
            raise WrongUse(
                say('The project has a class "{name}" already.', name=after),
                remedy=say("Choose another name."),
            )
        samples = list(session.scalars(select(SampleRow).where(SampleRow.class_name == before)))
        was = _training_names(samples)
        for sample in samples:
            sample.class_name = after
        _rename_models(session, before, after, (was, _training_names(samples)))
        for line in session.scalars(select(ThresholdRow).where(ThresholdRow.class_name == before)):
            line.class_name = after
        prepared = session.get(PreprocessRow, before)
        if prepared is not None:
            prepared.class_name = after
        for key in _BY_CLASS:
            value = session.get(ValueRow, key)
            if value is not None and before in value.value:
                value.value = {after if name == before else name: kept for name, kept in value.value.items()}
        note(session, who, Change(after, "rename class", before, after))


def _refuse(name: str) -> None:
    if not name.strip() or name != name.strip() or set(name) & set('/\\:*?"<>|') or name in (".", ".."):
        raise WrongUse(
            say('A class cannot be called "{name}".', name=name),
            remedy=say("Use a name that a folder could have."),
        )


def _training_names(rows: list[SampleRow]) -> str:
    """The mark by which a model knows whether its training parts are still the same."""
    return names_hash(
        "/".join((row.class_name, row.split, row.label, row.ident))
        for row in rows
        if row.split == "train" and row.trashed is None
    )


def _rename_models(session: Session, before: str, after: str, marks: tuple[str, str]) -> None:
    """A model that was fresh stays fresh: its parts are the same under another name."""
    for model in session.scalars(select(ModelRow).where(ModelRow.class_name == before)):
        model.class_name = after
        told: dict[str, Any] = dict(model.provenance)
        if told.get("sample_list_hash") == marks[0]:
            told["sample_list_hash"] = marks[1]
        if "samples" in told:
            told["samples"] = [_renamed(name, before, after) for name in told["samples"]]
        model.provenance = told


def _renamed(name: str, before: str, after: str) -> str:
    head, slash, rest = name.partition("/")
    return f"{after}{slash}{rest}" if head == before else name
