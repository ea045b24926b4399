"""What a training for all classes will take, in one line; where it is long, what takes less, as buttons."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from core.phrase import Phrase, say
from core.tasks.pretrain_ahead import Lighter, PretrainPlan
from core.tasks.pretrain_here import name_of
from gui.dialogs.parameter_table import PRESETS
from gui.theme import Theme
from gui.translator import word
from gui.weights_work import megabytes
from gui.widgets.text import as_high_as_text, button, label
from workers.remaining import say_remaining


class PretrainAheadLine(QWidget):
    """`applied` carries the Lighter that was clicked."""

    applied = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.told = label("small", "labelAhead", wraps=True)
        self.warning = label("small", "labelLong", wraps=True)
        self.ways = QGridLayout()
        self.ways.setHorizontalSpacing(8)
        self.ways.setVerticalSpacing(6)
        as_high_as_text(self.told)
        as_high_as_text(self.warning)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.told)
        column.addWidget(self.warning)
        column.addLayout(self.ways)

    def show_plan(self, plan: PretrainPlan | None, lighter: Sequence[Lighter] = ()) -> None:
        """Show these figures; `lighter` trainings are offered."""
        while (item := self.ways.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.deleteLater()
        figures = _figures(plan) if plan is not None else ()
        self.told.setText(" · ".join(_held(word(part)) for part in figures))
        self.warning.setVisible(plan is not None and plan.is_long)
        if plan is not None and plan.is_long:
            self.warning.setText(self._long(plan, bool(lighter)))
        for at, one in enumerate(lighter):
            made = button(small=True)
            made.setText(word(say("{name}: {time}", name=_name(one), time=say_remaining(one.seconds))))
            made.clicked.connect(lambda _=False, one=one: self.applied.emit(one))
            self.ways.addWidget(made, at, 0)
        self.ways.setColumnStretch(1, 1)

    def _long(self, plan: PretrainPlan, has_ways: bool) -> str:
        days = plan.seconds / 86_400
        said = (
            self.tr("These sizes take about {days} days on this processor; they are meant for a GPU.").format(
                days=f"{days:.1f}" if days < 10 else f"{days:.0f}"
            )
            if days >= 1
            else self.tr("This takes hours on this processor; it is meant for a GPU.")
        )
        return f"{said} {self.tr('What fits here:')}" if has_ways else said


def _held(figure: str) -> str:
    """Lines break between figures alone."""
    return figure.replace(" ", "\N{NO-BREAK SPACE}")


def _name(one: Lighter) -> Phrase | str:
    if one.preset:
        return PRESETS.get(one.preset, say(one.preset))
    return name_of(one.key)


def _figures(plan: PretrainPlan) -> list[Phrase | str]:
    found: list[Phrase | str] = [say("{count} good parts", count=plan.parts)]
    if plan.left_out:
        found.append(say("{count} without a sensor left out", count=plan.left_out))
    if plan.cost.updates:
        found += [
            say("{count} updates", count=plan.cost.updates),
            say("{time} on this processor", time=say_remaining(plan.seconds)),
        ]
    if plan.memory_free is not None:
        need, free = megabytes(plan.cost.peak_bytes), megabytes(plan.memory_free)
        found.append(say("memory {need} of {free} free", need=need, free=free))
    if not plan.disk_bytes:
        return [*found, say("features are there already")]
    need, free = megabytes(plan.disk_bytes), megabytes(plan.disk_free)
    return [*found, say("disk {need} of {free} free", need=need, free=free)]
