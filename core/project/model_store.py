"""The trained versions of a project; none is ever overwritten, one of each class is active."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.atomic import replacing_folder, unwritable
from core.errors import WrongUse
from core.phrase import say
from core.project.database import Database
from core.project.places import Places
from core.project.records import ModelRecord
from core.project.tables import ModelRow
from core.project.trail import Change, note, now
from core.sample import Sensor


class ModelStore:
    """Adds, lists and activates models."""

    def __init__(self, database: Database, places: Places) -> None:
        self._database = database
        self._places = places

    def add(self, draft: ModelRecord, fill: Callable[[Path], None], who: str) -> ModelRecord:
        """Keep a new version and make it active; `fill` writes its files into the folder it is given.

        Number, version and time of the draft do not matter; its name gets the version behind it.
        """
        folder = self._places.models / f"{draft.method}-{uuid.uuid4().hex[:8]}"
        try:
            with replacing_folder(folder) as aside:
                fill(aside)
        except OSError as problem:
            raise unwritable(folder, problem) from problem
        try:
            with self._database.write() as session:
                row = _new_row(draft, folder.name, _next_version(session, draft))
                session.add(row)
                session.flush()
                _activate(session, row, who)
                note(session, who, Change(row.class_name, "train", after=row.name))
                return _record(row)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise

    def find(self, class_name: str | None = None) -> list[ModelRecord]:
        """The versions that are not in the trash, newest first."""
        wanted = select(ModelRow).where(ModelRow.trashed.is_(None)).order_by(ModelRow.id.desc())
        if class_name is not None:
            wanted = wanted.where(ModelRow.class_name == class_name)
        with self._database.read() as session:
            return [_record(row) for row in session.scalars(wanted)]

    def get(self, model_id: int) -> ModelRecord:
        """One version; raise WrongUse where there is none."""
        with self._database.read() as session:
            return _record(_row(session, model_id))

    def active(self, class_name: str) -> ModelRecord | None:
        """The version in use, None before the first training."""
        wanted = select(ModelRow).where(ModelRow.class_name == class_name, ModelRow.is_active)
        with self._database.read() as session:
            row = session.scalars(wanted).first()
            return None if row is None else _record(row)

    def activate(self, model_id: int, who: str) -> None:
        """Use this version from now on."""
        with self._database.write() as session:
            _activate(session, _row(session, model_id), who)

    def set_figures(self, model_id: int, figures: dict[str, Any]) -> None:
        """Keep what an evaluation of this version gave."""
        with self._database.write() as session:
            _row(session, model_id).figures = figures

    def rename(self, model_id: int, name: str, who: str) -> None:
        """Call a version something else."""
        with self._database.write() as session:
            row = _row(session, model_id)
            note(session, who, Change(row.class_name, "rename model", row.name, name))
            row.name = name

    def remark(self, model_id: int, text: str) -> None:
        """Keep what the user wrote beside a version."""
        with self._database.write() as session:
            _row(session, model_id).remark = text

    def trash(self, model_id: int, who: str) -> None:
        """Put a version away with its files; its number is never given again.

        Raise WrongUse for the active one while there are others: which one follows it is the user's choice.
        """
        with self._database.write() as session:
            row = _row(session, model_id)
            others = self.find(row.class_name)
            if row.is_active and len(others) > 1:
                raise WrongUse(
                    say("{name} is the active model.", name=row.name),
                    remedy=say("Make another version active first."),
                )
            row.trashed, row.is_active = now(), False
            note(session, who, Change(row.class_name, "trash model", row.name))
            _move(self._places.models / row.folder, self._places.trash / row.folder)

    def restore(self, model_id: int, who: str) -> None:
        """Take a version out of the trash; it becomes active where the class has no other."""
        with self._database.write() as session:
            row = _row(session, model_id)
            is_alone = not self.find(row.class_name)
            row.trashed = None
            note(session, who, Change(row.class_name, "restore model", after=row.name))
            if is_alone:
                _activate(session, row, who)
            _move(self._places.trash / row.folder, self._places.models / row.folder)

    def folder(self, model_id: int) -> Path:
        """Where the files of a version lie."""
        with self._database.read() as session:
            row = _row(session, model_id)
            return (self._places.models if row.trashed is None else self._places.trash) / row.folder


def _move(source: Path, target: Path) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        source.rename(target)
    except OSError as problem:
        raise unwritable(target, problem) from problem


def _row(session: Session, model_id: int) -> ModelRow:
    row = session.get(ModelRow, model_id)
    if row is None:
        raise WrongUse(say("The project has no model number {id}.", id=model_id))
    return row


def _next_version(session: Session, draft: ModelRecord) -> int:
    newest = session.scalar(
        select(func.max(ModelRow.version)).where(
            ModelRow.class_name == draft.class_name, ModelRow.method == draft.method
        )
    )
    return (newest or 0) + 1


def _activate(session: Session, row: ModelRow, who: str) -> None:
    before = session.scalars(
        select(ModelRow).where(ModelRow.class_name == row.class_name, ModelRow.is_active)
    ).first()
    if before is row:
        return
    if before is not None:
        before.is_active = False
    row.is_active = True
    note(session, who, Change(row.class_name, "active model", before.name if before else "", row.name))


def _new_row(draft: ModelRecord, folder: str, version: int) -> ModelRow:
    return ModelRow(
        class_name=draft.class_name,
        method=draft.method,
        version=version,
        name=f"{draft.name} v{version}",
        folder=folder,
        config=draft.config,
        seed=draft.seed,
        sensors=" ".join(sorted(draft.sensors)),
        trained_on=draft.trained_on,
        data_hash=draft.data_hash,
        seconds=draft.seconds,
        made=now(),
        is_active=False,
        provenance=draft.provenance,
        held_out=draft.held_out,
        figures=draft.figures,
        remark=draft.remark,
        trashed=None,
    )


def _record(row: ModelRow) -> ModelRecord:
    return ModelRecord(
        id=row.id,
        class_name=row.class_name,
        method=row.method,
        version=row.version,
        name=row.name,
        config=row.config,
        seed=row.seed,
        sensors=sensors_of(row.sensors),
        trained_on=row.trained_on,
        data_hash=row.data_hash,
        seconds=row.seconds,
        made=row.made,
        is_active=row.is_active,
        provenance=row.provenance,
        held_out=row.held_out,
        figures=row.figures,
        remark=row.remark,
    )


def sensors_of(text: str) -> frozenset[Sensor]:
    """The sensors that a row names."""
    return frozenset(cast(Sensor, name) for name in text.split())


def marked_stale(model: ModelRecord, is_stale: bool) -> ModelRecord:
    """The record with the mark of a version whose data or preparation have changed since."""
    return replace(model, is_stale=is_stale) if is_stale != model.is_stale else model
