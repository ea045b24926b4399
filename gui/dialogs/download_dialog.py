"""The question before a download: what, how large, from where, to where."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QWidget

from core.backbones.weights import WeightFile, weights_folder
from core.phrase import Phrase, say
from gui.dialogs.framed_dialog import FramedDialog
from gui.theme import Theme
from gui.translator import word
from gui.weights_work import megabytes
from gui.widgets.text import label


class DownloadDialog(FramedDialog):
    """`accepted` means: fetch it."""

    def __init__(
        self, theme: Theme, row: WeightFile, address: str, size: int | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, "dialogDownload", 560, parent)
        self.title.setText(word(say("Download {name}", name=say(row.title))))
        told: Phrase | str = megabytes(size) if size is not None else say("not told by the server")
        facts: tuple[tuple[Phrase | str, Phrase | str], ...] = (
            (say("File"), row.names[0]),
            (say("Size"), told),
            (say("From"), address),
            (say("To"), str(weights_folder())),
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        self.values = [label("fact", wraps=True) for _ in facts]
        for at, (name, value) in enumerate(facts):
            said = label("small")
            said.setText(word(name))
            self.values[at].setText(_breakable(word(value)))
            grid.addWidget(said, at, 0)
            grid.addWidget(self.values[at], at, 1)
        self.content.addLayout(grid)
        self.note.setText(self.tr("A download that breaks off goes on where it stopped."))
        self.cancel = self.add_button()
        self.cancel.setText(self.tr("Cancel"))
        self.cancel.clicked.connect(self.reject)
        self.begin = self.add_button(primary=True)
        self.begin.setText(self.tr("Download"))
        self.begin.clicked.connect(self.accept)
        self.begin.setFocus()


def _breakable(text: str) -> str:
    """Long addresses break after slashes and dashes."""
    return text.replace("/", "/\u200b").replace("-", "-\u200b")
