"""Asks whether work that is going on may be stopped."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QWidget

from gui.dialogs.framed_dialog import FramedDialog
from gui.theme import Theme
from gui.widgets.text import label


class StopWorkDialog(FramedDialog):
    """Two ways: stop and keep what is done, or do not close."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "dialogStopWork", 480, parent)
        self.title.setText(self.tr("Work is still going on"))
        words = label("body", wraps=True)
        words.setText(
            self.tr("Finished results are kept. A training that is stopped now leaves no model behind.")
        )
        self.content.addWidget(words)
        self.stay = self.add_button()
        self.stay.setText(self.tr("Do not close"))
        self.stop = self.add_button(primary=True)
        self.stop.setText(self.tr("Stop and keep what is done"))
        self.stay.clicked.connect(self.reject)
        self.stop.clicked.connect(self.accept)

    def ask(self) -> bool:
        """Show the question and wait; say whether the work may be stopped."""
        return self.exec() == QDialog.DialogCode.Accepted.value
