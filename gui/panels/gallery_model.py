"""The gallery's rows for Qt: the order of the gallery state, with what is known of each part."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QUrl,
)

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
        place = self._gallery.place(sample_id)
        return place if place < len(self._rows) else -1

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Parts can be chosen, and dragged out as files."""
        usual = super().flags(index)
        return usual | Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else usual

    def mimeTypes(self) -> list[str]:
        """Files."""
        return ["text/uri-list"]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """The pictures of these parts, their clouds where there is none."""
        files = [(self._rows[index.row()].ref.rgb or self._rows[index.row()].ref.cloud) for index in indexes]
        made = QMimeData()
        made.setUrls([QUrl.fromLocalFile(str(path)) for path in files if path is not None])
        return made

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
        same = order is self._rows or [r.id for r in order] == [r.id for r in self._rows]
        if same:
            self._rows = order
            if order:
                self.dataChanged.emit(self.index(0), self.index(len(order) - 1))
            return
        self.beginResetModel()
        self._rows = order
        self.endResetModel()
