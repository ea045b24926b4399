"""A scroll area that is as high as what it holds, up to a limit."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QVBoxLayout, QWidget

from gui.soon import soon


class FittedScroll(QScrollArea):
    """`column` takes the content; after a change of its height `fit` follows by itself."""

    def __init__(self, most: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.most = most
        inside = QWidget()
        inside.setProperty("surface", "none")
        self.column = QVBoxLayout(inside)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(8)
        self.column.setSizeConstraint(QLayout.SizeConstraint.SetMinimumSize)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setWidget(inside)
        inside.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Something inside wants another height."""
        if event.type() == QEvent.Type.LayoutRequest:
            soon(self, self.fit)
        return False

    def fit(self) -> None:
        """Take the height of the content."""
        wanted = self.column.sizeHint().height()
        if self.column.hasHeightForWidth():
            wanted = self.column.heightForWidth(self.viewport().width())
        room = 10 if wanted > self.most else 0
        self.column.setContentsMargins(0, 0, room, 0)
        if self.height() != min(wanted, self.most):
            self.setFixedHeight(min(wanted, self.most))
            fit_window(self)


def fit_window(inside: QWidget) -> None:
    """Let the window around it be as high as its content is now; layouts hear of each other only later."""
    above: QWidget | None = inside
    while above is not None:
        layout = above.layout()
        if layout is not None:
            layout.activate()
        above = None if above.isWindow() else above.parentWidget()
    inside.window().adjustSize()
