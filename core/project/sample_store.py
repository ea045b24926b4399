"""The samples of a project: rows that find their files again after a move."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core.errors import WrongUse
from core.phrase import say
from core.project.database import Database
from core.project.places import Places, way_from
from core.project.records import SampleRecord
from core.project.tables import SampleRow, SourceRow
from core.project.trail import Change, note, now
from core.sample import SampleRef, Split


@dataclass(frozen=True)
class Source:
    """A folder of source data as it is found now."""

    id: int
    folder: Path
    is_there: bool


class SampleStore:
    """Adds, lists and re-finds samples."""

    def __init__(self, database: Database, places: Places) -> None:
        self._database = database
        self._places = places

    def add(self, refs: Sequence[SampleRef], who: str, folder: Path | None = None) -> list[SampleRecord]:
        """Take samples in; one that is known by class, split, label and id gets the new files."""
        if not refs:
            return []
        root = (folder or _shared_folder(refs)).resolve()
        with self._database.write() as session:
            source = self._source_row(session, root)
            known = {_key(row): row for row in session.scalars(select(SampleRow))}
            rows = []
            for ref in refs:
                row = known.get((ref.class_name, ref.split, ref.label, ref.id)) or _new_row(ref)
                _point(row, ref, root, source.id)
                row.trashed = None
                session.add(row)
                rows.append(row)
            note(session, who, Change(str(root), "import", after=f"{len(refs)} samples"))
            session.flush()
            ids = [row.id for row in rows]
        is_there = root.is_dir()
        return [SampleRecord(id_, ref, is_there) for id_, ref in zip(ids, refs, strict=True)]

    def class_names(self) -> list[str]:
        """All classes, in alphabetical order."""
        with self._database.read() as session:
            seen = select(SampleRow.class_name).where(SampleRow.trashed.is_(None))
            return list(session.scalars(seen.distinct().order_by(SampleRow.class_name)))

    def find(self, class_name: str | None = None, split: Split | None = None) -> list[SampleRecord]:
        """The samples in the order of their names."""
        order = (SampleRow.class_name, SampleRow.split, SampleRow.label, SampleRow.ident)
        wanted = select(SampleRow).where(SampleRow.trashed.is_(None)).order_by(*order)
        if class_name is not None:
            wanted = wanted.where(SampleRow.class_name == class_name)
        if split is not None:
            wanted = wanted.where(SampleRow.split == split)
        with self._database.read() as session:
            sources = self._sources(session)
            return [_record(row, sources[row.source_id]) for row in session.scalars(wanted)]

    def get(self, sample_id: int) -> SampleRecord:
        """One sample; raise WrongUse where there is none."""
        with self._database.read() as session:
            row = session.get(SampleRow, sample_id)
            if row is None:
                raise WrongUse(say("The project has no sample number {id}.", id=sample_id))
            return _record(row, self._sources(session)[row.source_id])

    def trash(self, sample_ids: Sequence[int], who: str) -> None:
        """Take samples out of every list; their files stay where they are."""
        with self._database.write() as session:
            for row in _rows(session, sample_ids):
                row.trashed = now()
                note(session, who, Change(_name(row), "trash sample"))

    def restore(self, sample_ids: Sequence[int], who: str) -> None:
        """Take samples out of the trash."""
        with self._database.write() as session:
            for row in _rows(session, sample_ids):
                row.trashed = None
                note(session, who, Change(_name(row), "restore sample"))

    def move(self, splits: Mapping[int, Split], who: str) -> None:
        """Give samples, by number, to other splits; raise WrongUse where the name is taken there."""
        try:
            with self._database.write() as session:
                for row in _rows(session, tuple(splits)):
                    note(session, who, Change(_name(row), "move", row.split, splits[row.id]))
                    row.split = splits[row.id]
        except IntegrityError as problem:
            raise WrongUse(
                say("A part of the same name is in that split already."),
                remedy=say("Put one of the two into the trash, or choose other parts."),
            ) from problem

    def sources(self) -> list[Source]:
        """The folders that the samples came from."""
        with self._database.read() as session:
            return list(self._sources(session).values())

    def locate(self, source_id: int, folder: Path, who: str) -> None:
        """Tell where a folder of source data has gone."""
        folder = folder.resolve()
        with self._database.write() as session:
            row = session.get_one(SourceRow, source_id)
            note(session, who, Change("source", "locate", row.folder, folder))
            row.folder = str(folder)
            row.near = way_from(self._places.folder, folder)

    def _source_row(self, session: Session, root: Path) -> SourceRow:
        for source in self._sources(session).values():
            if source.folder == root:
                return session.get_one(SourceRow, source.id)
        row = SourceRow(folder=str(root), near=way_from(self._places.folder, root))
        session.add(row)
        session.flush()
        return row

    def _sources(self, session: Session) -> dict[int, Source]:
        return {row.id: self._found(row) for row in session.scalars(select(SourceRow))}

    def _found(self, row: SourceRow) -> Source:
        """Near the project first, so that both can be moved together; else where it was."""
        near = Path(os.path.normpath(self._places.folder / row.near)) if row.near else None
        if near is not None and near.is_dir():
            return Source(row.id, near, is_there=True)
        written = Path(row.folder)
        return Source(row.id, written, written.is_dir())


def _rows(session: Session, sample_ids: Sequence[int]) -> list[SampleRow]:
    wanted = select(SampleRow).where(SampleRow.id.in_(sample_ids))
    return list(session.scalars(wanted))


def _name(row: SampleRow) -> str:
    return "/".join(_key(row))


def _key(row: SampleRow) -> tuple[str, str, str, str]:
    return row.class_name, row.split, row.label, row.ident


def _new_row(ref: SampleRef) -> SampleRow:
    return SampleRow(class_name=ref.class_name, split=ref.split, label=ref.label, ident=ref.id)


def _point(row: SampleRow, ref: SampleRef, root: Path, source_id: int) -> None:
    """Let the row lead to the files of `ref`."""
    row.source_id = source_id
    row.rgb, row.cloud, row.mask = (_way(path, root) for path in (ref.rgb, ref.cloud, ref.mask))
    row.layout = ref.layout
    row.metres_per_unit = ref.metres_per_unit


def _way(path: Path | None, root: Path) -> str:
    return "" if path is None else way_from(root, path.resolve())


def _record(row: SampleRow, source: Source) -> SampleRecord:
    rgb, cloud, mask = (_found(source.folder, way) for way in (row.rgb, row.cloud, row.mask))
    ref = SampleRef(
        class_name=row.class_name,
        split=cast(Split, row.split),
        label=row.label,
        id=row.ident,
        rgb=rgb,
        cloud=cloud,
        mask=mask,
        layout=row.layout,
        metres_per_unit=row.metres_per_unit,
    )
    return SampleRecord(row.id, ref, source.is_there)


def _found(folder: Path, way: str) -> Path | None:
    if not way:
        return None
    return Path(os.path.normpath(folder / way)) if way.startswith("..") else folder / way


def _shared_folder(refs: Sequence[SampleRef]) -> Path:
    files = [path.resolve() for ref in refs for path in (ref.rgb, ref.cloud, ref.mask) if path is not None]
    return Path(os.path.commonpath([path.parent for path in files]))
