"""What the import found: what was recognised, how many parts are ready, and every fault in a sentence."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from core.datasets.finding import Finding
from core.tasks.import_folder import Checked
from gui.dialogs.framed_dialog import FramedDialog
from gui.icons import pixmap
from gui.theme import Theme
from gui.translator import word
from gui.widgets.badge import Badge
from gui.widgets.text import label

_MOST = 200
_ICONS = {"error": ("close", "ng_text"), "warning": ("warning", "review_text"), "note": ("info", "text2")}


class CheckDialog(FramedDialog):
    """Lists the findings of an import that was done with the usual choices."""

    def __init__(self, theme: Theme, checked: Checked, parent: QWidget | None = None) -> None:
        super().__init__(theme, "dialogCheck", 620, parent)
        found, check = checked.found, checked.check
        self.title.setText(self.tr("Imported {name}").format(name=found.folder.name))
        errors = [finding for finding in check.findings if finding.severity == "error"]
        ready = len(check.kept(found.refs))
        heads = QHBoxLayout()
        heads.setSpacing(12)
        for text, kind in (
            (self.tr("{count} parts ready").format(count=ready), "tick"),
            (self.tr("faults: {count}").format(count=len(errors)), "warning" if errors else "neutral"),
        ):
            badge = Badge(theme, "warning" if kind == "warning" else "tick" if kind == "tick" else "neutral")
            badge.set_text(text)
            heads.addWidget(badge)
        heads.addStretch(1)
        self.content.addLayout(heads)
        self.rows = [self._row(finding) for finding in check.findings[:_MOST]]
        self.content.addWidget(self._list())
        self.note.setText(self.tr("Nothing was written to the folder itself."))
        self.finish = self.add_button(primary=True)
        self.finish.setText(self.tr("Continue"))
        self.finish.clicked.connect(self.accept)

    def _list(self) -> QScrollArea:
        inside = QWidget()
        inside.setProperty("surface", "none")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        for row in self.rows:
            column.addWidget(row)
        column.addStretch(1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setWidget(inside)
        area.setFixedHeight(self._theme.px(min(300, 48 * max(1, len(self.rows)))))
        return area

    def _row(self, finding: Finding) -> QWidget:
        row = QWidget()
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(10)
        name, token = _ICONS[finding.severity]
        picture = QLabel()
        ratio = self.devicePixelRatioF()
        picture.setPixmap(pixmap(name, self._theme.colour(token), self._theme.px(14), ratio))
        words = QVBoxLayout()
        words.setSpacing(0)
        message, remedy = label("body", wraps=True), label("small", wraps=True)
        message.setText(word(finding.message))
        remedy.setText(word(finding.remedy))
        words.addWidget(message)
        words.addWidget(remedy)
        across.addWidget(picture)
        across.addLayout(words, 1)
        return row
