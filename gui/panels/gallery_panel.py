"""The parts of the class as thumbnails, sorted and filtered."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QStackedLayout,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from core.state.gallery_state import SORTS, GalleryState
from core.state.overlay_state import OverlayState
from core.state.results_state import ResultsState
from core.state.session_state import SessionState
from gui.panels.gallery_delegate import GalleryDelegate
from gui.panels.gallery_model import RECORD, GalleryModel
from gui.panels.thumbnail_store import ThumbnailStore
from gui.theme import Theme
from gui.tokens import Tokens
from gui.translator import word
from gui.widgets.empty_state import EmptyState
from gui.widgets.live_widget import LiveWidget
from gui.widgets.text import button, label


class GalleryPanel(LiveWidget):
    """`chosen` carries the number of the sample that the user wants to see."""

    chosen = Signal(int)

    def __init__(
        self,
        theme: Theme,
        session: SessionState,
        results: ResultsState,
        gallery: GalleryState,
        overlay: OverlayState,
        store: ThumbnailStore,
    ) -> None:
        super().__init__("panel")
        self._theme = theme
        self._session = session
        self._gallery = gallery
        self.list = QListView()
        self.model = GalleryModel(gallery, results, self)
        self._delegate = GalleryDelegate(theme, session, results, store, self.list)
        self.sort = QComboBox()
        self.sort.setObjectName("comboSort")
        self.sort.setProperty("compact", True)
        self.sort.setMinimumWidth(theme.px(110))
        self.filter = QLineEdit()
        self.filter.setObjectName("editFilter")
        self.filter.setProperty("kind", "filter")
        self._search = self.filter.addAction(theme.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.count = label("small", "labelGalleryCount")
        self._chips = [button("chip") for _ in range(2)]
        self._empty = EmptyState(theme, "search")
        self._build()
        self._connect(overlay, store)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every word again."""
        names = {
            "score": self.tr("score, high first"),
            "line": self.tr("nearest to the threshold"),
            "verdict": self.tr("verdict"),
            "type": self.tr("defect type"),
            "name": self.tr("name"),
        }
        self.sort.blockSignals(True)
        self.sort.clear()
        for key in SORTS:
            self.sort.addItem(names[key], key)
        self.sort.blockSignals(False)
        self.sort.setAccessibleName(self.tr("Sort"))
        self.filter.setPlaceholderText(self.tr("Filter by name or type"))
        self.filter.setAccessibleName(self.tr("Filter"))
        self.list.setAccessibleName(self.tr("Gallery"))
        self._empty.say(self.tr("Nothing matches"), "", self.tr("Clear filters"))
        self._read_state()

    def _build(self) -> None:
        self.list.setObjectName("listGallery")
        self.list.setModel(self.model)
        self.list.setItemDelegate(self._delegate)
        self.list.setFlow(QListView.Flow.LeftToRight)
        self.list.setWrapping(False)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setHorizontalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.filter.setMinimumWidth(self._theme.px(110))
        self.filter.setMaximumWidth(self._theme.px(220))
        self.filter.setClearButtonEnabled(True)
        bar = QHBoxLayout()
        bar.setContentsMargins(12, 8, 12, 0)
        bar.setSpacing(6)
        for chip in self._chips:
            bar.addWidget(chip)
        bar.addStretch(1)
        bar.addWidget(self.count)
        bar.addWidget(self.filter, 2)
        bar.addWidget(self.sort)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._empty)
        hold = QWidget()
        hold.setLayout(self._stack)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(6)
        column.addLayout(bar)
        hold.setContentsMargins(12, 0, 4, 0)
        column.addWidget(hold, 1)

    def _connect(self, overlay: OverlayState, store: ThumbnailStore) -> None:
        self.list.clicked.connect(self._on_index)
        self.list.activated.connect(self._on_index)
        self.sort.currentIndexChanged.connect(self._on_sort)
        self.filter.textChanged.connect(lambda text: setattr(self._gallery, "text", text))
        self._chips[0].clicked.connect(lambda: self._gallery.show("", ""))
        self._chips[1].clicked.connect(lambda: self._gallery.show(self._gallery.split, ""))
        self._empty.action.clicked.connect(self._clear)
        self._gallery.changed.connect(self._read_state)
        self._session.changed.connect(self._on_session)
        overlay.changed.connect(self._on_overlay)
        store.arrived.connect(self._on_arrived)
        self._theme.changed.connect(self._on_theme)

    def _read_state(self) -> None:
        shown, all_of_them = len(self.model.rows), len(self._gallery.pool)
        text = self.tr("{shown} of {total}").format(shown=shown, total=all_of_them)
        self.count.setText(text)
        self._stack.setCurrentIndex(0 if shown or not all_of_them else 1)
        self.sort.setCurrentIndex(max(0, self.sort.findData(self._gallery.sort)))
        for chip, value in zip(self._chips, (self._gallery.split, self._gallery.label), strict=True):
            chip.setVisible(bool(value))
            chip.setText(f"{word(value)}  ×")
            chip.setToolTip(self.tr("Remove this filter"))
        self._mark_current()

    def _on_session(self) -> None:
        self._mark_current()
        self.list.viewport().update()

    def _on_overlay(self) -> None:
        self.list.viewport().update()

    def _mark_current(self) -> None:
        row = self.model.row_of(self._session.sample_id)
        if row < 0 or self.list.currentIndex().row() == row:
            return
        index = self.model.index(row)
        self.list.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        self.list.scrollTo(index)

    def _on_index(self, index: QModelIndex) -> None:
        self.chosen.emit(index.data(RECORD).id)

    def _on_sort(self, at: int) -> None:
        key = self.sort.itemData(at)
        if key:
            self._gallery.sort = key

    def _on_arrived(self, sample_id: int) -> None:
        row = self.model.row_of(sample_id)
        if row >= 0:
            self.list.update(self.model.index(row))

    def _on_theme(self, look: Tokens) -> None:
        self._search.setIcon(self._theme.icon("search"))
        self.list.doItemsLayout()

    def _clear(self) -> None:
        self.filter.clear()
        self._gallery.clear()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One row that scrolls sideways, or a wall where there is room for two."""
        tile = self._delegate.sizeHint(QStyleOptionViewItem(), QModelIndex()).height()
        is_wall = self.list.height() >= 2 * tile
        self.list.setWrapping(is_wall)
        off, needed = Qt.ScrollBarPolicy.ScrollBarAlwaysOff, Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.list.setVerticalScrollBarPolicy(needed if is_wall else off)
        super().resizeEvent(event)

    def sizeHint(self) -> QSize:
        """One row of thumbnails."""
        return QSize(600, self._theme.px(186))
