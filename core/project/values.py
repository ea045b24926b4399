"""Named values of a project: display settings, the last session, how classes are prepared."""

from __future__ import annotations

from typing import Any

from core.project.database import Database
from core.project.tables import PreprocessRow, ValueRow
from core.project.trail import Change, note


class Values:
    """Plain dictionaries by key; what they mean is their owner's business."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, key: str) -> dict[str, Any]:
        """The dictionary of that key, empty where none was kept."""
        with self._database.read() as session:
            row = session.get(ValueRow, key)
            return {} if row is None else row.value

    def set(self, key: str, value: dict[str, Any]) -> None:
        """Keep a dictionary of JSON values."""
        with self._database.write() as session:
            session.merge(ValueRow(key=key, value=value))

    def preprocess(self, class_name: str) -> dict[str, Any] | None:
        """How a class is prepared, None where nobody chose."""
        with self._database.read() as session:
            row = session.get(PreprocessRow, class_name)
            return None if row is None else row.config

    def set_preprocess(self, class_name: str, config: dict[str, Any], who: str) -> None:
        """Choose how a class is prepared."""
        before = self.preprocess(class_name)
        with self._database.write() as session:
            session.merge(PreprocessRow(class_name=class_name, config=config))
            note(session, who, Change(class_name, "preprocess", before or "", config))
