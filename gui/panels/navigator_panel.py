"""What the project holds: classes, splits and labels with counts, and the models of the class."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QTreeWidgetItem, QVBoxLayout, QWidget

from core.phrase import say
from core.project.records import ModelRecord, SampleRecord
from core.sample import GOOD, UNKNOWN, Split
from core.state.gallery_state import GalleryState
from core.state.results_state import Mark
from core.state.session_state import SessionState
from core.state.weights_state import WeightsState
from gui.icons import pixmap
from gui.panels.navigator_tree import NODE, NavigatorTree, Node
from gui.soon import soon
from gui.theme import Theme
from gui.tokens import Tokens
from gui.translator import word
from gui.widgets.badge import Badge
from gui.widgets.live_widget import LiveWidget
from gui.widgets.text import button, label, line

SPLITS: tuple[Split, ...] = ("train", "validation", "test")
_FOOT = 30


class NavigatorPanel(LiveWidget):
    """Choosing a row filters the gallery; choosing another class asks for it by `class_chosen`.

    `model_chosen` carries the number of a version that was clicked.
    """

    class_chosen = Signal(str)
    asked = Signal(object, QPoint)
    model_chosen = Signal(int)

    def __init__(
        self, theme: Theme, session: SessionState, gallery: GalleryState, weights: WeightsState
    ) -> None:
        super().__init__("panel")
        self._theme = theme
        self._session = session
        self._gallery = gallery
        self._weights = weights
        self._shown: object = None
        self._head = label("caption")
        self.tree = NavigatorTree(theme)
        self._models_head = label("caption")
        self._models_figure = label("caption")
        self._models = QVBoxLayout()
        self._models.setContentsMargins(14, 0, 12, 10)
        self._models.setSpacing(0)
        self.checkpoints = button("ghost", "btnCheckpoints")
        self._lacking = Badge(theme, "warning")
        self._build()
        self.tree.currentItemChanged.connect(self._on_current)
        self.tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.tree.customContextMenuRequested.connect(self._on_menu)
        session.changed.connect(self._read_state)
        weights.changed.connect(self._read_weights)
        theme.changed.connect(self._on_theme)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every word again."""
        self._head.setText(self.tr("Navigator"))
        self.tree.setAccessibleName(self.tr("Navigator"))
        self._models_head.setText(self.tr("Models"))
        self._models_figure.setText("AUROC")
        self.checkpoints.setText(self.tr("Checkpoints"))
        soon(self, self._read_weights)
        self._shown = None
        self._read_state()

    @property
    def node(self) -> Node | None:
        """The chosen row."""
        item = self.tree.currentItem()
        return None if item is None else item.data(0, NODE)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow panel the number of missing files stands without its word."""
        super().resizeEvent(event)
        self._read_weights()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(14, 10, 12, 8)
        head.addWidget(self._head)
        column.addLayout(head)
        column.addWidget(self.tree, 1)
        column.addWidget(line())
        heads = QHBoxLayout()
        heads.setContentsMargins(14, 8, 12, 4)
        heads.addWidget(self._models_head)
        heads.addStretch(1)
        heads.addWidget(self._models_figure)
        column.addLayout(heads)
        column.addLayout(self._models)
        column.addWidget(line())
        foot = QHBoxLayout()
        foot.setContentsMargins(10, 5, 12, 5)
        foot.addWidget(self.checkpoints)
        foot.addStretch(1)
        foot.addWidget(self._lacking)
        column.addLayout(foot)

    def _read_weights(self) -> None:
        count = len(self._weights.lacking)
        words = self.tr("{count} missing").format(count=count)
        self._lacking.set_text(words)
        self._lacking.setToolTip(words)
        self._lacking.setVisible(bool(count))
        room = self.width() - self.checkpoints.sizeHint().width() - _FOOT
        if self._lacking.width() > room:
            self._lacking.set_text(str(count))
            self._lacking.setAccessibleName(words)

    def _read_state(self) -> None:
        source = (self._session.project_name, self._session.records, self._session.class_name)
        if source != self._shown:
            self._shown = source
            self._fill_tree()
        self._fill_models()

    def _fill_tree(self) -> None:
        self.tree.blockSignals(True)
        self.tree.clear()
        if self._session.is_open:
            root = Node(word(self._session.project_name), len(self._session.records), "folder", strong=True)
            top = self.tree.add(None, root)
            for name in self._session.class_names:
                self._add_class(top, name)
            top.setExpanded(True)
        self.tree.blockSignals(False)

    def _add_class(self, top: QTreeWidgetItem, name: str) -> None:
        records = [record for record in self._session.records if record.ref.class_name == name]
        is_current = name == self._session.class_name
        node = Node(word(name), len(records), "part", strong=is_current, class_name=name)
        row = self.tree.add(top, node)
        row.setExpanded(is_current)
        for split in SPLITS:
            part = [record for record in records if record.ref.split == split]
            if part:
                self._add_split(row, name, split, part)

    def _add_split(self, row: QTreeWidgetItem, name: str, split: Split, part: list[SampleRecord]) -> None:
        node = Node(word(split), len(part), class_name=name, split=split)
        under = self.tree.add(row, node)
        labels = Counter(record.ref.label for record in part)
        for label_name in sorted(labels, key=lambda text: (text != GOOD, text)):
            mark = _truth_mark(label_name)
            count = labels[label_name]
            leaf = Node(word(label_name), count, "", mark, False, name, split, label_name)
            self._select_if_shown(self.tree.add(under, leaf), leaf)
        is_here = name == self._session.class_name and split == self._gallery.split
        under.setExpanded(is_here)
        self._select_if_shown(under, node)

    def _select_if_shown(self, item: QTreeWidgetItem, node: Node) -> None:
        here = (self._session.class_name, self._gallery.split, self._gallery.label)
        if here == (node.class_name, node.split, node.label):
            self.tree.setCurrentItem(item)

    def _fill_models(self) -> None:
        _clear(self._models)
        for model in self._session.models:
            self._models.addWidget(self._model_row(model))
        if not self._session.models:
            none = label("small", wraps=True)
            none.setText(self.tr("No model for this class yet"))
            self._models.addWidget(none)

    def _model_row(self, model: ModelRecord) -> QWidget:
        look = self._theme.tokens
        row = button("ghost", f"model_{model.id}")
        row.setFixedHeight(self._theme.px(26))
        row.setAccessibleName(model.name)
        about = model.remark or word(say("{count} good parts", count=model.trained_on))
        row.setToolTip(f"{model.name}\n{about}")
        row.clicked.connect(lambda: self.model_chosen.emit(model.id))
        across = QHBoxLayout(row)
        across.setContentsMargins(6, 0, 0, 0)
        across.setSpacing(6)
        picture = QLabel()
        name, ink = ("star", look.accent_text) if model.is_active else ("cube", look.text2)
        picture.setPixmap(pixmap(name, ink, self._theme.px(14), self.devicePixelRatioF()))
        text = _VersionName(model.name)
        text.setProperty("role", "body" if model.is_active else "quiet")
        text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        auroc = model.figures.get("image_auroc")
        figure = label("small")
        figure.setText(f"{auroc:.3f}" if auroc is not None else "–")
        across.addWidget(picture)
        across.addWidget(text, 1)
        across.addWidget(figure)
        for part in (picture, text, figure):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        return row

    def _on_current(self, item: QTreeWidgetItem | None) -> None:
        if item is None:
            return
        node: Node = item.data(0, NODE)
        if node.class_name and node.class_name != self._session.class_name:
            self.class_chosen.emit(node.class_name)
        self._gallery.show(node.split, node.label)

    def _on_menu(self, place: QPoint) -> None:
        item = self.tree.itemAt(place)
        if item is not None:
            self.asked.emit(item.data(0, NODE), self.tree.viewport().mapToGlobal(place))

    def _on_theme(self, look: Tokens) -> None:
        self.checkpoints.setIcon(self._theme.icon("file"))
        self.tree.setIndentation(self._theme.px(14))
        self._fill_models()
        soon(self, self._read_weights)  # the new size of letters comes after this


class _VersionName(QLabel):
    """Shortened in its middle: versions differ at the end of their names."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """As much of the name as there is room for."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        words = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideMiddle, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, words)


def _truth_mark(label_name: str) -> Mark:
    if label_name == UNKNOWN:
        return Mark.NONE
    return Mark.OK if label_name == GOOD else Mark.NG


def _clear(layout: QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.setParent(None)
            widget.deleteLater()
