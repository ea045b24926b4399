"""What a training will take, in one line; what will not do, and the ways out as buttons."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.phrase import Phrase, say
from core.tasks.look_ahead import Ahead
from gui.theme import Theme
from gui.translator import word
from gui.weights_work import megabytes
from gui.widgets.text import button, label
from workers.remaining import say_remaining

_SETTING = "Set {key}={value}."


class AheadLine(QWidget):
    """`applied` carries (name of a parameter, value) of the way out that was clicked."""

    applied = Signal(str, object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.told = label("small", "labelAhead", wraps=True)
        self.refusal = label("fault", "labelRefusal", wraps=True)
        self.ways = QHBoxLayout()
        self.ways.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.told)
        column.addWidget(self.refusal)
        column.addLayout(self.ways)
        self.show_ahead(None)

    def wait(self) -> None:
        """The figures are being worked out anew; the old ones would mislead."""
        self.told.setText(self.tr("Looking ahead"))

    def show_ahead(self, ahead: Ahead | None) -> None:
        """Show these figures."""
        while (item := self.ways.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.deleteLater()
        refusal = ahead.refusal if ahead is not None else ""
        self.told.setText(" · ".join(word(part) for part in _figures(ahead)) if ahead is not None else "")
        self.refusal.setText(word(refusal))
        self.refusal.setVisible(bool(refusal))
        for remedy in ahead.remedies[:3] if ahead is not None else ():
            self._offer(remedy)
        self.ways.addStretch(1)

    def _offer(self, remedy: Phrase) -> None:
        """A setting is a button; advice is a line of words."""
        if remedy.template != _SETTING:
            advice = label("small", wraps=True)
            advice.setText(word(remedy))
            self.ways.addWidget(advice, 1)
            return
        name, value = str(remedy.values["key"]), remedy.values["value"]
        made = button(small=True)
        made.setText(f"{name} = {value}")
        made.clicked.connect(lambda: self.applied.emit(name, value))
        self.ways.addWidget(made)


def _figures(ahead: Ahead) -> list[Phrase | str]:
    found: list[Phrase | str] = []
    if ahead.seconds is not None:
        found.append(say_remaining(ahead.seconds))
    if ahead.peak_bytes is not None and ahead.memory_free is not None:
        need, free = megabytes(ahead.peak_bytes), megabytes(ahead.memory_free)
        found.append(say("memory {need} of {free} free", need=need, free=free))
    if ahead.disk_bytes:
        need, free = megabytes(ahead.disk_bytes), megabytes(ahead.disk_free)
        found.append(say("disk {need} of {free} free", need=need, free=free))
    if ahead.memories:
        rows, kept = sum(m.rows for m in ahead.memories), sum(m.kept for m in ahead.memories)
        found.append(say("keeps {kept} of {rows} patches", kept=_grouped(kept), rows=_grouped(rows)))
    return found


def _grouped(count: int) -> str:
    return f"{count:,}".replace(",", "\u202f")
