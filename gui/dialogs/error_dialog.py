"""What happened, why, and what to do; the trace only when asked for."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QToolButton, QVBoxLayout, QWidget

from gui.dialogs.framed_dialog import FramedDialog
from gui.icons import pixmap
from gui.theme import Theme
from gui.translator import word
from gui.widgets.text import label
from workers.failure import Failure


class ErrorDialog(FramedDialog):
    """Shows one failure."""

    def __init__(
        self, theme: Theme, failure: Failure, title: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, "dialogError", 560, parent)
        self._failure = failure
        self.title.setText(title or self.tr("This could not be done"))
        picture = QLabel()
        picture.setPixmap(pixmap("warning", theme.tokens.ng_text, theme.px(20), self.devicePixelRatioF()))
        self.message, self.remedy = label("body", wraps=True), label("quiet", wraps=True)
        self.message.setText(word(failure.message))
        self.remedy.setText(word(failure.remedy))
        words = QVBoxLayout()
        words.setSpacing(6)
        words.addWidget(self.message)
        words.addWidget(self.remedy)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(picture)
        row.addLayout(words, 1)
        self.content.addLayout(row)
        self.fold = QToolButton()
        self.fold.setCheckable(True)
        self.fold.setText(self.tr("Details"))
        self.fold.setMinimumSize(QSize(self.fold.fontMetrics().horizontalAdvance(self.fold.text()) + 24, 24))
        self.details = QPlainTextEdit(failure.details)
        self.details.setReadOnly(True)
        self.details.setFixedHeight(theme.px(180))
        self.details.setVisible(False)
        self.fold.toggled.connect(self._on_fold)
        fold_row = QHBoxLayout()
        fold_row.addWidget(self.fold)
        fold_row.addStretch(1)
        self.content.addLayout(fold_row)
        self.content.addWidget(self.details)
        self.copy = self.add_button()
        self.copy.setText(self.tr("Copy"))
        self.copy.clicked.connect(self._on_copy)
        self.close_button = self.add_button(primary=True)
        self.close_button.setText(self.tr("Close"))
        self.close_button.clicked.connect(self.accept)

    def text(self) -> str:
        """All of it, to be sent to somebody."""
        failure = self._failure
        return f"{self.title.text()}\n{failure.message}\n{failure.remedy}\n\n{failure.details}"

    def _on_fold(self, on: bool) -> None:
        self.details.setVisible(on)
        self.adjustSize()

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text())
