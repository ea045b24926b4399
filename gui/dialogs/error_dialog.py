"""What happened, why, and what to do; the trace only when asked for."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui.dialogs.framed_dialog import FramedDialog
from gui.icons import pixmap
from gui.theme import Theme
from gui.translator import word
from gui.widgets.text import button, label
from workers.failure import Failure


class ErrorDialog(FramedDialog):
    """One failure, with the ways out of it as buttons; `bundled` wants an archive, with names or not."""

    bundled = Signal(bool)

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
        row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
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
        self.names = QCheckBox(self.tr("With names of people and folders"))
        self.names.hide()
        self.content.addWidget(self.names)
        self._ways = QHBoxLayout()
        self._ways.setSpacing(8)
        self._ways.addStretch(1)
        words.addLayout(self._ways)
        self.bundle = self.add_button()
        self.bundle.setText(self.tr("Save a bundle"))
        self.bundle.clicked.connect(lambda: self.bundled.emit(self.names.isChecked()))
        self.copy = self.add_button()
        self.copy.setText(self.tr("Copy"))
        self.copy.clicked.connect(self._on_copy)
        self.close_button = self.add_button(primary=True)
        self.close_button.setText(self.tr("Close"))
        self.close_button.clicked.connect(self.accept)

    def offer(self, text: str, act: Callable[[], object]) -> QPushButton:
        """One way out; taking it closes the dialog."""
        made = button()
        made.setText(text)
        made.clicked.connect(self.accept)
        made.clicked.connect(act)
        self._ways.insertWidget(self._ways.count() - 1, made)
        return made

    def count(self, times: int) -> None:
        """The same happened again."""
        self.note.setText(self.tr("{count} times within a minute").format(count=times))

    def text(self) -> str:
        """All of it, to be sent to somebody."""
        failure = self._failure
        return f"{self.title.text()}\n{failure.message}\n{failure.remedy}\n\n{failure.details}"

    def _on_fold(self, on: bool) -> None:
        self.details.setVisible(on)
        self.names.setVisible(on)
        self.adjustSize()

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text())
