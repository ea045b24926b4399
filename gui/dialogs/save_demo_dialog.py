"""Asks whether the temporary demo project should be kept."""

from __future__ import annotations

from typing import Literal

from PySide6.QtWidgets import QWidget

from gui.dialogs.framed_dialog import FramedDialog
from gui.theme import Theme
from gui.widgets.text import label

Answer = Literal["save", "leave", "stay"]


class SaveDemoDialog(FramedDialog):
    """Three ways: keep it, let it go, do not close."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "dialogSaveDemo", 480, parent)
        self.answer: Answer = "stay"
        self.title.setText(self.tr("Keep the demo?"))
        words = label("body", wraps=True)
        words.setText(
            self.tr("The demo is a temporary project. Its parts, models and results go when it is closed.")
        )
        self.content.addWidget(words)
        self.stay = self.add_button()
        self.stay.setText(self.tr("Do not close"))
        self.leave = self.add_button()
        self.leave.setText(self.tr("Let it go"))
        self.save = self.add_button(primary=True)
        self.save.setText(self.tr("Save demo as project"))
        self.stay.clicked.connect(self.reject)
        self.leave.clicked.connect(lambda: self._answer("leave"))
        self.save.clicked.connect(lambda: self._answer("save"))

    def ask(self) -> Answer:
        """Show the question and wait."""
        self.exec()
        return self.answer

    def _answer(self, answer: Answer) -> None:
        self.answer = answer
        self.accept()
