"""The first step of an import: which folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout

from gui.theme import Theme
from gui.welcome_page import DropZone
from gui.widgets.live_widget import LiveWidget
from gui.widgets.text import button, label

AskFolder = Callable[[str], Path | None]


class SourcePage(LiveWidget):
    """`chosen` carries the folder, however it was named."""

    chosen = Signal(Path)

    def __init__(self, theme: Theme, ask: AskFolder) -> None:
        super().__init__()
        self._ask = ask
        self.folder: Path | None = None
        self.path = QLineEdit()
        self.choose = button()
        self.zone = DropZone()
        self.zone.setFixedHeight(theme.px(180))
        self._intro, self._trouble = label("quiet", wraps=True), label("fault", wraps=True)
        row = QHBoxLayout()
        row.addWidget(self.path, 1)
        row.addWidget(self.choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._intro)
        column.addLayout(row)
        column.addWidget(self.zone)
        column.addWidget(self._trouble)
        column.addStretch(1)
        self.choose.clicked.connect(self._on_choose)
        self.path.returnPressed.connect(lambda: self.chosen.emit(Path(self.path.text())))
        self.zone.dropped.connect(self.chosen)
        self.retranslate()
        self.show_trouble("")

    def retranslate(self) -> None:
        """Set every word again."""
        self._intro.setText(
            self.tr(
                "A folder with one class or several, or just good parts. It is only read, never written to."
            )
        )
        self.choose.setText(self.tr("Choose a folder"))
        self.zone.words.setText(self.tr("Drop a folder here"))
        self.path.setAccessibleName(self.tr("Folder"))

    def show_folder(self, folder: Path) -> None:
        """Name the folder."""
        self.folder = folder
        self.path.setText(str(folder))

    def show_trouble(self, text: str) -> None:
        """Why it cannot be used, "" if it can."""
        self._trouble.setText(text)
        self._trouble.setVisible(bool(text))

    def _on_choose(self) -> None:
        folder = self._ask(self.tr("Import parts"))
        if folder is not None:
            self.chosen.emit(folder)
