"""The gallery's rows for Qt: the order of the gallery state, with what is known of each part."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from core.project.records import SampleRecord
from core.state.gallery_state import GalleryState
from core.state.results_state import ResultsState
from gui.translator import word
from gui.widgets.marks import mark_word

RECORD = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


class GalleryModel(QAbstractListModel):
    """Rows are samples; the view paints them by the delegate."""

    def __init__(self, gallery: GalleryState, results: ResultsState, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._gallery = gallery
        self._results = results
        self._rows = gallery.order
        gallery.changed.connect(self._read_state)

    @property
    def rows(self) -> tuple[SampleRecord, ...]:
        """The samples in the shown order."""
        return self._rows

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many samples pass the filter."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The record, or what a screen reader says of it."""
        if not index.isValid() or not 0 <= index.row() < len(self._rows):
            return None
        record = self._rows[index.row()]
        if role == RECORD:
            return record
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._spoken(record)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(record)
        return None

    def row_of(self, sample_id: int | None) -> int:
        """Where a sample stands, -1 if it is not shown."""
        return next((at for at, record in enumerate(self._rows) if record.id == sample_id), -1)

    def _spoken(self, record: SampleRecord) -> str:
        score = self._results.score(record.id)
        said = mark_word(self._results.mark(record.id))
        parts = [record.ref.id, word(record.ref.label), said, f"{score:.4g}" if score is not None else ""]
        return ", ".join(part for part in parts if part)

    def _tip(self, record: SampleRecord) -> str:
        inspection = self._results.inspections.get(record.id)
        if inspection is not None and inspection.failure:
            return f"{word(inspection.failure)} {word(inspection.remedy)}".strip()
        return f"{word(record.ref.split)} / {word(record.ref.label)} / {record.ref.id}"

    def _read_state(self) -> None:
        order = self._gallery.order
        if [record.id for record in order] == [record.id for record in self._rows]:
            self._rows = order
            if order:
                self.dataChanged.emit(self.index(0), self.index(len(order) - 1))
            return
        self.beginResetModel()
        self._rows = order
        self.endResetModel()
