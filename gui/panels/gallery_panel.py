"""The parts of the class as thumbnails or rows, sorted and filtered."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStackedLayout,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from core.state.gallery_state import GalleryState
from core.state.overlay_state import OverlayState
from core.state.results_state import ResultsState
from core.state.session_state import SessionState
from gui.panels.gallery_bar import GalleryBar
from gui.panels.gallery_delegate import GalleryDelegate
from gui.panels.gallery_model import RECORD, GalleryModel
from gui.panels.gallery_rows import GalleryRows
from gui.panels.thumbnail_store import ThumbnailStore
from gui.theme import Theme
from gui.tokens import Tokens
from gui.widgets.empty_state import EmptyState
from gui.widgets.live_widget import LiveWidget


class GalleryPanel(LiveWidget):
    """`chosen` carries the number of the sample to be shown, `asked` where a menu is wanted."""

    chosen = Signal(int)
    asked = Signal(QPoint)
    import_asked = Signal()

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
        self.tiles = GalleryDelegate(theme, session, results, store, self.list)
        self.rows = GalleryRows(theme, session, results, self.list)
        self.bar = GalleryBar(theme, gallery, results)
        self.filter, self.sort, self.count = self.bar.filter, self.bar.sort, self.bar.count
        self._empty = EmptyState(theme, "search")
        self._build()
        self._connect(overlay, store)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every word again."""
        self.list.setAccessibleName(self.tr("Gallery"))
        self._read_state()

    def select_all(self) -> None:
        """Choose every part that is shown."""
        self.list.selectAll()
        self.list.setFocus()

    def look_as(self, look: str) -> None:
        """Thumbnails, or a list with columns."""
        self.list.setItemDelegate(self.rows if look == "list" else self.tiles)
        self.bar.looks.choose(look)
        self._flow()

    def resize_tiles(self, wide: int) -> None:
        """Pictures of that width."""
        self.tiles.wide = wide
        self.look_as("tiles")

    def _build(self) -> None:
        self.list.setObjectName("listGallery")
        self.list.setModel(self.model)
        self.list.setItemDelegate(self.tiles)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.setHorizontalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._empty)
        hold = QWidget()
        hold.setLayout(self._stack)
        hold.setContentsMargins(12, 0, 4, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(6)
        column.addWidget(self.bar)
        column.addWidget(hold, 1)

    def _connect(self, overlay: OverlayState, store: ThumbnailStore) -> None:
        self.list.installEventFilter(self)
        self.list.clicked.connect(self._on_index)
        self.list.activated.connect(self._on_index)
        self.list.selectionModel().selectionChanged.connect(self._on_selection)
        self.list.customContextMenuRequested.connect(
            lambda place: self.asked.emit(self.list.viewport().mapToGlobal(place))
        )
        self.bar.looked.connect(self.look_as)
        self.bar.sized.connect(self.resize_tiles)
        self._empty.action.clicked.connect(self._on_empty)
        self._gallery.changed.connect(self._read_state)
        self._session.changed.connect(self._on_session)
        overlay.changed.connect(self._on_overlay)
        store.arrived.connect(self._on_arrived)
        self._theme.changed.connect(self._on_theme)

    def _read_state(self) -> None:
        shown, has_parts = len(self.model.rows), bool(self._gallery.pool)
        if not has_parts:
            self._empty.say(self.tr("No parts yet"), "", self.tr("Import parts"))
        elif not shown:
            self._empty.say(self.tr("Nothing matches"), "", self.tr("Clear filters"))
        self._stack.setCurrentIndex(0 if shown else 1)
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
        """A click with Ctrl or Shift chooses; it does not lead away from the shown part."""
        held = QGuiApplication.keyboardModifiers()
        if not held & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier):
            self.chosen.emit(index.data(RECORD).id)

    def _on_selection(self) -> None:
        chosen = sorted(index.row() for index in self.list.selectionModel().selectedIndexes())
        self._gallery.selected = tuple(
            self.model.rows[row].id for row in chosen if row < len(self.model.rows)
        )

    def _on_arrived(self, sample_id: int) -> None:
        row = self.model.row_of(sample_id)
        if row >= 0:
            self.list.update(self.model.index(row))

    def _on_theme(self, look: Tokens) -> None:
        self.list.doItemsLayout()

    def _on_empty(self) -> None:
        if self._gallery.pool:
            self._gallery.clear()
        else:
            self.import_asked.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The flow follows the height of the list, which the bar above it changes as well as the panel."""
        if event.type() == QEvent.Type.Resize and watched is self.list:
            self._flow()
        return False

    def _flow(self) -> None:
        """Rows below one another; or one row of tiles sideways, a wall where there is room for two."""
        is_list = self.list.itemDelegate() is self.rows
        self.tiles.room = self.list.height() - self.list.horizontalScrollBar().sizeHint().height()
        tile = self.tiles.sizeHint(QStyleOptionViewItem(), QModelIndex()).height()
        is_wall = not is_list and self.list.height() >= 2 * tile
        flow = QListView.Flow.TopToBottom if is_list else QListView.Flow.LeftToRight
        if (self.list.flow(), self.list.isWrapping()) != (flow, is_wall):
            self.list.setFlow(flow)
            self.list.setWrapping(is_wall)
        off, needed = Qt.ScrollBarPolicy.ScrollBarAlwaysOff, Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.list.setVerticalScrollBarPolicy(needed if is_wall or is_list else off)
        self.list.setHorizontalScrollBarPolicy(off if is_list else needed)
        self.list.doItemsLayout()

    def sizeHint(self) -> QSize:
        """One row of thumbnails."""
        return QSize(600, self._theme.px(186))
