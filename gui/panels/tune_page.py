"""The middle of the workspace Tune: the choice of the line, and on request the part beside it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QStackedWidget, QToolButton, QVBoxLayout

from gui.panels.curves_panel import CurvesPanel
from gui.theme import Theme
from gui.tokens import Tokens
from gui.views.viewer import Viewer
from gui.widgets.live_widget import LiveWidget

VIEWER_WIDE = 480


class TunePage(LiveWidget):
    """objectName pageTune; borrows the choice of the line, and the views while they are wanted."""

    def __init__(self, theme: Theme, curves: CurvesPanel, viewer: Viewer, pages: QStackedWidget) -> None:
        super().__init__("panel")
        self.setObjectName("pageTune")
        self._theme = theme
        self._curves = curves
        self._viewer = viewer
        self._pages = pages
        self.part = QToolButton()
        self.part.setObjectName("btnShowPart")
        self.part.setCheckable(True)
        self.part.toggled.connect(self._read_part)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(6)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.split)
        theme.changed.connect(self._on_theme)
        self._on_theme(theme.tokens)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every word again."""
        self.part.setToolTip(self.tr("Show the part beside the histogram"))
        self.part.setAccessibleName(self.tr("Show the part beside the histogram"))

    @property
    def has_viewer(self) -> bool:
        """Whether the views stand on this page."""
        return self.split.indexOf(self._viewer) >= 0

    def open(self) -> None:
        """Borrow what belongs here."""
        if not self._curves.is_lent:
            decide = self._curves.lend()
            decide.foot.addWidget(self.part)
            self.split.insertWidget(0, decide)
            decide.show()
        self._read_part()

    def let_go(self) -> None:
        """Give everything back to where it was."""
        self._give_viewer_back()
        self._curves.take_back()
        self.part.hide()

    def _read_part(self) -> None:
        self.part.show()
        if self.part.isChecked() and not self.has_viewer:
            self.split.addWidget(self._viewer)
            self._viewer.show()
            self.split.setSizes([self.width() - self._theme.px(VIEWER_WIDE), self._theme.px(VIEWER_WIDE)])
        elif not self.part.isChecked():
            self._give_viewer_back()

    def _give_viewer_back(self) -> None:
        if self.has_viewer:
            self._pages.insertWidget(0, self._viewer)

    def _on_theme(self, look: Tokens) -> None:
        self.part.setIcon(self._theme.icon("image"))
