"""Asks whether the queue of the live folder may be forgotten."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QWidget

from core.phrase import say
from gui.dialogs.framed_dialog import FramedDialog
from gui.theme import Theme
from gui.translator import word
from gui.widgets.text import label


class StopLiveDialog(FramedDialog):
    """Two ways: stop and forget, or go on."""

    def __init__(self, theme: Theme, waiting: int, parent: QWidget | None = None) -> None:
        super().__init__(theme, "dialogStopLive", 480, parent)
        self.title.setText(self.tr("Stop watching?"))
        words = label("body", wraps=True)
        text = say(
            "{count} parts wait in the queue and are forgotten now. "
            "At the next start they are judged if their files are still there.",
            count=waiting,
        )
        words.setText(word(text))
        self.content.addWidget(words)
        self.stay = self.add_button()
        self.stay.setText(self.tr("Go on"))
        self.stop = self.add_button(primary=True)
        self.stop.setText(self.tr("Stop and forget the queue"))
        self.stay.clicked.connect(self.reject)
        self.stop.clicked.connect(self.accept)

    def ask(self) -> bool:
        """Show the question and wait; say whether to stop."""
        return self.exec() == QDialog.DialogCode.Accepted.value
