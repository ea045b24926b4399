"""What the program wrote down, newest last."""

from __future__ import annotations

import logging
from datetime import datetime

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout

from gui.theme import Theme
from gui.widgets.live_widget import LiveWidget
from gui.widgets.text import button

_MOST_LINES = 2000


class _Lines(QObject):
    """Carries lines from any thread to the window."""

    came = Signal(str)


class LogHandler(logging.Handler):
    """Hands every log line to the window by a signal; `close` lets go of it."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.lines = _Lines()

    def emit(self, record: logging.LogRecord) -> None:
        """One line; the trace stays in the details of the failed job."""
        time = datetime.fromtimestamp(record.created).strftime("%H:%M:%S")
        self.lines.came.emit(f"{time}  {record.levelname:7}  {record.getMessage()}")


class LogPanel(LiveWidget):
    """Plain lines that can be copied."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("panel")
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setMaximumBlockCount(_MOST_LINES)
        self.copy = button(small=True)
        self.copy.clicked.connect(self._on_copy)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.addWidget(self.text, 1)
        column.addLayout(foot)
        self.handler = LogHandler()
        self.handler.lines.came.connect(self.text.appendPlainText)
        logging.getLogger().addHandler(self.handler)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every word again; the lines themselves stay English."""
        self.text.setAccessibleName(self.tr("Log"))
        self.text.setPlaceholderText(self.tr("Nothing has been written yet."))
        self.copy.setText(self.tr("Copy"))

    def let_go(self) -> None:
        """Stop listening; called when the window closes."""
        logging.getLogger().removeHandler(self.handler)

    def _on_copy(self) -> None:
        self.text.selectAll()
        self.text.copy()
