"""Two controls of the settings: a picture file, and which forms a report has at first."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout, QLineEdit, QWidget

from gui.dialogs.report_dialog import FORMS
from gui.translator import word
from gui.widgets.text import button


class PathField(QWidget):
    """A picture file that is typed or chosen; `chosen` carries its path, "" for none."""

    chosen = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field, self.browse = QLineEdit(), button("plain")
        self.field.setObjectName(name)
        self.field.setClearButtonEnabled(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.field, 1)
        row.addWidget(self.browse)
        self.field.textChanged.connect(lambda text: self.chosen.emit(text.strip()))
        self.browse.clicked.connect(self._on_browse)

    def set_path(self, path: str) -> None:
        """Show a path."""
        if path != self.field.text():
            self.field.setText(path)

    def retranslate(self) -> None:
        """Set every word again."""
        self.browse.setText(word("Browse"))
        self.field.setPlaceholderText(word("a PNG or JPEG picture"))

    def setAccessibleName(self, name: str) -> None:
        """The name belongs to the field inside."""
        self.field.setAccessibleName(name)

    def _on_browse(self) -> None:
        start = str(Path(self.field.text()).parent) if self.field.text() else ""
        pictures = f"{word('Pictures')} (*.png *.jpg *.jpeg)"
        chosen, _ = QFileDialog.getOpenFileName(self, word("Logo"), start, pictures)
        if chosen:
            self.field.setText(chosen)


class FormBoxes(QWidget):
    """A box for each form; at least one stays ticked. `chosen` carries the keys."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.boxes = {key: QCheckBox() for key in FORMS}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        for box in self.boxes.values():
            row.addWidget(box)
            box.clicked.connect(self._on_clicked)

    def choose(self, keys: tuple[str, ...]) -> None:
        """Show a choice."""
        for key, box in self.boxes.items():
            box.setChecked(key in keys)

    def retranslate(self) -> None:
        """Set every word again."""
        for key, box in self.boxes.items():
            box.setText(word(FORMS[key]))

    def _on_clicked(self) -> None:
        keys = tuple(key for key, box in self.boxes.items() if box.isChecked())
        if keys:
            self.chosen.emit(keys)
        else:
            box = self.sender()
            assert isinstance(box, QCheckBox)
            box.setChecked(True)
