"""One word out of some that are offered, or one of the user's own."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QComboBox, QLineEdit

from gui.translator import word


class WordChoice(QComboBox):
    """What is offered is shown in the window's language, and kept as it was given."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.edit = QLineEdit()
        self.setObjectName(name)
        self.setEditable(True)
        self.setLineEdit(self.edit)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMinimumContentsLength(8)

    def offer(self, words: Iterable[str]) -> None:
        """Put these up for choice, after nothing at all; what stands there stays."""
        kept = self.edit.text()
        self.clear()
        self.addItem("", "")
        for text in words:
            self.addItem(word(text), text)
        self.edit.setText(kept)

    def show_word(self, text: str) -> None:
        """Let it stand there."""
        self.setCurrentIndex(self.findData(text))
        self.edit.setText(word(text) if text else "")

    @property
    def chosen(self) -> str:
        """The word that is kept: that of an offer in any language, else what was typed."""
        text = self.currentText().strip()
        at = self.findText(text)
        return str(self.itemData(at)) if at >= 0 else text
