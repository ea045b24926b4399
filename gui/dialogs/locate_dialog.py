"""Where the files of samples have gone: a folder, and whether they fit."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from core.phrase import say
from core.tasks.locate_source import Fit
from gui.dialogs.framed_dialog import FramedDialog
from gui.theme import Theme
from gui.translator import word
from gui.widgets.badge import Badge
from gui.widgets.text import button, label


class LocateDialog(FramedDialog):
    """objectName dialogLocate; accepted means: `fit` has a folder in which files were found."""

    def __init__(
        self,
        theme: Theme,
        lost: tuple[Path, int],
        look: Callable[[Path], Fit],
        ask: Callable[[str], Path | None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, "dialogLocate", 560, parent)
        self._look, self._ask = look, ask
        self.fit: Fit | None = None
        self.title.setText(self.tr("Source not found"))
        words = label("body", wraps=True)
        text = say(
            "{folder} is not there. {count} samples have their files in it.", folder=lost[0], count=lost[1]
        )
        words.setText(word(text))
        self.field, self.browse = QLineEdit(), button("plain", "btnBrowseSource")
        self.field.setObjectName("editSource")
        self.field.setAccessibleName(self.tr("Where the files are now"))
        self.field.setPlaceholderText(self.tr("Where the files are now"))
        self.browse.setText(self.tr("Browse"))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.field, 1)
        row.addWidget(self.browse)
        self.found = Badge(theme, "neutral")
        self.content.addWidget(words)
        self.content.addLayout(row)
        self.content.addWidget(self.found)
        self.leave = self.add_button()
        self.leave.setText(self.tr("Cancel"))
        self.finish = self.add_button(primary=True)
        self.finish.setObjectName("btnUseFolder")
        self.finish.setText(self.tr("Use this folder"))
        self.field.textChanged.connect(self._read)
        self.browse.clicked.connect(self._on_browse)
        self.leave.clicked.connect(self.reject)
        self.finish.clicked.connect(self.accept)
        self.browse.setFocus()
        self._read("")

    def _read(self, text: str) -> None:
        folder = Path(text.strip()) if text.strip() else None
        self.fit = self._look(folder) if folder is not None and folder.is_dir() else None
        self.finish.setEnabled(self.fit is not None and self.fit.found > 0)
        self.found.setVisible(self.fit is not None)
        self.note.setText("")
        if self.fit is None:
            return
        told = say("{found} of {count} samples found there", found=self.fit.found, count=self.fit.looked_at)
        self.found.set_text(word(told), "tick" if self.fit.is_whole else "warning")
        if not self.fit.found:
            self.note.setText(self.tr("None of the files is in this folder. Choose another one."))
        elif not self.fit.is_whole:
            self.note.setText(self.tr("The others stay missing."))

    def _on_browse(self) -> None:
        folder = self._ask(self.tr("Where the files are now"))
        if folder is not None:
            self.field.setText(str(folder))
