"""What models said about samples: a row each, and a map in a file of its own."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select

from core.atomic import replacing, unwritable
from core.errors import DataError
from core.frame import Frame
from core.phrase import say
from core.project.database import Database
from core.project.model_store import sensors_of
from core.project.places import Places
from core.project.records import InspectionRecord
from core.project.tables import InspectionRow
from core.score_map import ScoreMap


class InspectionStore:
    """Keeps the newest outcome of each (sample, model)."""

    def __init__(self, database: Database, places: Places) -> None:
        self._database = database
        self._places = places

    def save(self, record: InspectionRecord, score_map: ScoreMap | None) -> InspectionRecord:
        """Keep an outcome: first the map, then the row that names it."""
        path = self._places.map_file(record.model_id, record.sample_id)
        if score_map is not None:
            _write(path, score_map.pixels)
            beside = self._places.distance_file(path)
            if score_map.distance_mm is None:
                beside.unlink(missing_ok=True)
            else:
                _write(beside, score_map.distance_mm)
        record = replace(record, map_file=str(path) if score_map is not None else "")
        with self._database.write() as session:
            session.merge(_row(record, self._places.inside(path) if score_map is not None else ""))
        return record

    def of_model(self, model_id: int) -> dict[int, InspectionRecord]:
        """All outcomes of a model by the number of the sample."""
        wanted = select(InspectionRow).where(InspectionRow.model_id == model_id)
        with self._database.read() as session:
            return {row.sample_id: self._record(row) for row in session.scalars(wanted)}

    def score_map(self, record: InspectionRecord) -> ScoreMap:
        """The kept map; raise DataError where it cannot be read, or never was one."""
        if record.score is None or not record.map_file:
            raise DataError(record.failure or say("This sample has no score map."), remedy=record.remedy)
        path = Path(record.map_file)
        beside = self._places.distance_file(path)
        return ScoreMap(_read(path), record.score, _read(beside) if beside.is_file() else None)

    def _record(self, row: InspectionRow) -> InspectionRecord:
        return InspectionRecord(
            sample_id=row.sample_id,
            model_id=row.model_id,
            score=row.score,
            seconds=row.seconds,
            sensors=sensors_of(row.sensors),
            made=row.made,
            map_file=str(self._places.folder / row.map_file) if row.map_file else "",
            frame=Frame(**row.frame) if row.frame else None,
            failure=row.failure,
            remedy=row.remedy,
        )


def _read(path: Path) -> NDArray[np.float32]:
    try:
        return np.asarray(np.load(path, allow_pickle=False), np.float32)
    except (OSError, ValueError) as problem:
        raise DataError(
            say("The score map {path} could not be read: {reason}.", path=path, reason=problem),
            remedy=say("Inspect the sample again."),
        ) from problem


def _write(path: Path, pixels: NDArray[np.float32]) -> None:
    try:
        with replacing(path) as aside, aside.open("wb") as file:
            np.save(file, np.asarray(pixels, np.float32))
    except OSError as problem:
        raise unwritable(path, problem) from problem


def _row(record: InspectionRecord, map_file: str) -> InspectionRow:
    return InspectionRow(
        sample_id=record.sample_id,
        model_id=record.model_id,
        score=record.score,
        seconds=record.seconds,
        sensors=" ".join(sorted(record.sensors)),
        made=record.made,
        map_file=map_file,
        frame=asdict(record.frame) if record.frame else {},
        failure=str(record.failure),
        remedy=str(record.remedy),
    )
