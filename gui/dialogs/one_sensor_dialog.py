"""What a missing sensor costs: the same test parts with both sensors and with one, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from core.exporting.one_sensor_table import TITLES
from core.phrase import say
from gui.dialogs.framed_dialog import FramedDialog
from gui.theme import Theme
from gui.translator import word
from gui.widgets.plain_table import PlainTable
from gui.widgets.text import label

if TYPE_CHECKING:
    from core.tasks.one_sensor import OneSensorCost, OneSensorRow

_HEADS = {"image_auroc": say("Image AUROC"), "pixel_auroc": say("Pixel AUROC"), "aupro_30": say("AU-PRO")}
_FIGURE, _COST = 98, 66
_WIDTHS = (172, 0, *(_FIGURE, _COST) * len(TITLES), 64, 98)


class OneSensorDialog(FramedDialog):
    """One row for each way to judge; the model tells more when the mouse rests on it."""

    def __init__(self, theme: Theme, cost: OneSensorCost, parent: QWidget | None = None) -> None:
        super().__init__(theme, "dialogOneSensor", 1120, parent)
        self.table = PlainTable(theme, _WIDTHS, tuple(range(2, len(_WIDTHS))))
        self.table.setObjectName("tableOneSensor")
        self.table.setTextElideMode(Qt.TextElideMode.ElideMiddle)  # versions differ at the end of their names
        self.told, self.left_out = label("small", wraps=True), label("small", "labelLeftOut", wraps=True)
        self.finish = self.add_button(primary=True)
        self._show_cost(cost)
        for part in (self.told, self.table, self.left_out):
            self.content.addWidget(part)
        self.finish.setText(self.tr("Done"))
        self.finish.clicked.connect(self.accept)

    def _show_cost(self, cost: OneSensorCost) -> None:
        self.title.setText(word(say("Cost of a missing sensor · {name}", name=say(cost.class_name))))
        self.told.setText(
            word(say("{good} good and {bad} defective test parts, the same for each row.",
                     good=cost.good, bad=cost.bad))
        )  # fmt: skip
        self.note.setText(self.tr("A cost is what is lost against both sensors; a gain has a minus."))
        heads = [self.tr("Sensors"), self.tr("Model")]
        for text in _HEADS.values():
            heads += [word(text), self.tr("cost")]
        self.table.set_heads([*heads, self.tr("missed"), self.tr("false alarms")])
        self.table.setRowCount(len(cost.rows))
        for at, row in enumerate(cost.rows):
            items = self.table.set_row(at, self._cells(row, cost.both))
            items[1].setToolTip(word(row.title))
        self.table.show_rows(max(1, len(cost.rows)))
        reasons = [word(say("Not judged: {reason}", reason=reason)) for reason in cost.left_out]
        self.left_out.setText("\n".join(reasons))
        self.left_out.setVisible(bool(reasons))

    def _cells(self, row: OneSensorRow, both: OneSensorRow | None) -> list[str]:
        found = [word(row.seen_by), word(row.title)]
        for key in TITLES:
            value, lost = getattr(row.figures, key), row.cost(both, key) if both is not None else None
            found += ["–" if value is None else f"{value:.3f}"]
            found += ["–" if lost is None or row is both else _cost(lost)]
        counts = (row.missed, row.false_alarms)
        return [*found, *("–" if count is None else str(count) for count in counts)]


def _cost(lost: float) -> str:
    """With its sign; what is nothing after rounding has none."""
    shown = f"{lost:+.3f}"
    return shown[1:] if float(shown) == 0 else shown.replace("-", "−")
