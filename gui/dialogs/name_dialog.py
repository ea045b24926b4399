"""A name to type."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from gui.dialogs.framed_dialog import FramedDialog
from gui.theme import Theme


class NameDialog(FramedDialog):
    """`accepted` means: `name` is not empty."""

    def __init__(self, theme: Theme, title: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, "dialogName", 420, parent)
        self.title.setText(title)
        self.field = QLineEdit(name)
        self.field.setAccessibleName(title)
        self.field.selectAll()
        self.content.addWidget(self.field)
        self.leave = self.add_button()
        self.leave.setText(self.tr("Cancel"))
        self.leave.clicked.connect(self.reject)
        self.finish = self.add_button(primary=True)
        self.finish.setText(self.tr("Rename"))
        self.finish.clicked.connect(self.accept)
        self.field.textChanged.connect(lambda text: self.finish.setEnabled(bool(text.strip())))
        self.field.returnPressed.connect(self.finish.click)
        self.field.setFocus()

    @property
    def name(self) -> str:
        """What was typed."""
        return self.field.text().strip()
