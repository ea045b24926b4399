"""The figures of a model by the imported truth and by what people said, side by side."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from core.phrase import Phrase, say
from core.tasks.evaluate import ClassEvaluation
from gui.dialogs.framed_dialog import FramedDialog
from gui.theme import Theme
from gui.translator import word
from gui.widgets.plain_table import PlainTable
from gui.widgets.text import label

_FIGURES: tuple[tuple[str, Phrase], ...] = (
    ("image_auroc", say("Image AUROC")),
    ("image_ap", say("Image average precision")),
    ("image_f1", say("Best image F1")),
    ("pixel_auroc", say("Pixel AUROC")),
    ("aupro_30", say("AU-PRO up to 0.3")),
    ("aupro_05", say("AU-PRO up to 0.05")),
)


class TruthDialog(FramedDialog):
    """Shows two evaluations of one model."""

    def __init__(
        self, theme: Theme, truth: ClassEvaluation, people: ClassEvaluation, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, "dialogTruth", 560, parent)
        self.title.setText(self.tr("Figures with either truth"))
        self.table = PlainTable(theme, (0, 130, 130), (1, 2))
        self.table.setObjectName("tableTruth")
        self.table.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.table.setAccessibleName(self.tr("Figures with either truth"))
        self.table.set_heads((word(truth.model.name), self.tr("imported truth"), self.tr("as reviewed")))
        rows = _rows(truth, people)
        self.table.setRowCount(len(rows))
        for at, row in enumerate(rows):
            self.table.set_row(at, row)
        self.table.show_rows(len(rows))
        self.content.addWidget(self.table)
        for sentence in people.notes:
            said = label("small", wraps=True)
            said.setText(word(sentence))
            self.content.addWidget(said)
        self.note.setText(self.tr("The imported truth is never changed."))
        self.close_button = self.add_button(primary=True)
        self.close_button.setText(self.tr("Close"))
        self.close_button.clicked.connect(self.accept)


def _rows(truth: ClassEvaluation, people: ClassEvaluation) -> list[tuple[str, str, str]]:
    sides = (truth, people)
    rows = [
        (word(say("Good parts")), *(str(side.figures.good) for side in sides)),
        (word(say("Defective parts")), *(str(side.figures.bad) for side in sides)),
    ]
    rows += [
        (word(name), *(_said(getattr(side.figures.overall, key)) for side in sides)) for key, name in _FIGURES
    ]
    found = [side.confusion for side in sides]
    if found[0] is not None and found[1] is not None:
        rows.append((word(say("Missed defects")), *(str(each.missed) for each in found if each)))
        rows.append((word(say("False alarms")), *(str(each.false_alarms) for each in found if each)))
    return [(row[0], row[1], row[2]) for row in rows]


def _said(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
