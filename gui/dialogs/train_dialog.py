"""Which method to train: cards with what each means, how long it takes, and why one cannot be used."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from core.errors import WeightsMissing
from core.methods.registry import Method
from core.phrase import say
from core.sample import Sensor
from gui.dialogs.error_dialog import ErrorDialog
from gui.dialogs.framed_dialog import FramedDialog
from gui.dialogs.method_choice import MethodChoice
from gui.theme import Theme
from gui.translator import word
from gui.widgets.badge import Badge
from gui.widgets.live_widget import LiveWidget
from gui.widgets.text import button, figure_label, label, restyle
from workers.failure import failure_of


class MethodCard(LiveWidget):
    """One method; a blocked one keeps its reason readable."""

    helped = Signal(object)
    """The user asks how to lift what blocks the method; carries the missing weights."""

    def __init__(self, theme: Theme, choice: MethodChoice, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.choice = choice
        self.setProperty("surface", "method")
        self.setFixedHeight(theme.px(48))
        self.radio = QRadioButton()
        self.radio.setAccessibleName(word(choice.method.title))
        name, self.line = label("strong"), label("small")
        name.setText(word(choice.method.title))
        self.line.setText(word(choice.blocked or choice.method.summary))
        self.time = figure_label("fact")
        self.time.setText(word(choice.time))
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(name)
        if choice.is_recommended:
            badge = Badge(theme, "recommended")
            badge.set_text(self.tr("recommended"))
            head.addWidget(badge)
        head.addStretch(1)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addLayout(head)
        words.addWidget(self.line)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 14, 4)
        row.setSpacing(10)
        row.addWidget(self.radio)
        row.addLayout(words, 1)
        row.addWidget(self.time)
        self.remedy = button(small=True)
        self.remedy.setText(self.tr("Add weights"))
        self.remedy.setVisible(choice.missing is not None)
        self.remedy.clicked.connect(lambda: self.helped.emit(choice.missing))
        row.addWidget(self.remedy)
        for part in (self.radio, name):
            part.setEnabled(not choice.blocked)
        self.radio.toggled.connect(self._on_toggled)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The whole card is the target."""
        if not self.choice.blocked:
            self.radio.setChecked(True)

    def _on_toggled(self, on: bool) -> None:
        self.setProperty("chosen", on)
        restyle(self)


class TrainDialog(FramedDialog):
    """`accepted` means: train `method`."""

    def __init__(
        self,
        theme: Theme,
        class_name: str,
        good_parts: int,
        sensors: frozenset[Sensor],
        choices: tuple[MethodChoice, ...],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, "dialogTrain", 616, parent)
        self.title.setText(word(say("Train {name}", name=say(class_name))))
        self._facts(good_parts, sensors)
        self._group = QButtonGroup(self)
        self.cards = [MethodCard(theme, choice) for choice in choices]
        for card in self.cards:
            self._group.addButton(card.radio)
            card.helped.connect(self._on_helped)
            self.content.addWidget(card)
        self.note.setText(self.tr("Other work goes on while this trains."))
        self.cancel = self.add_button()
        self.cancel.setText(self.tr("Cancel"))
        self.cancel.clicked.connect(self.reject)
        self.train = self.add_button(primary=True)
        self.train.setText(self.tr("Train"))
        self.train.setDefault(True)
        self.train.clicked.connect(self.accept)
        usable = [card for card in self.cards if not card.choice.blocked]
        recommended = [card for card in usable if card.choice.is_recommended]
        if usable:
            (recommended or usable)[0].radio.setChecked(True)
        self.train.setEnabled(bool(usable) and good_parts > 0)
        self.train.setFocus()

    @property
    def method(self) -> Method:
        """The chosen one."""
        return next(card.choice.method for card in self.cards if card.radio.isChecked())

    def _on_helped(self, missing: WeightsMissing) -> None:
        ErrorDialog(self._theme, failure_of(missing), self.tr("Weights are missing"), self).open()

    def _facts(self, good_parts: int, sensors: frozenset[Sensor]) -> None:
        row = QHBoxLayout()
        row.setSpacing(12)
        count = label("small")
        count.setText(word(say("{count} good parts", count=good_parts)))
        row.addWidget(count)
        words: tuple[tuple[Sensor, str], ...] = (("rgb", self.tr("RGB")), ("xyz", self.tr("3D")))
        for sensor, text in words:
            badge = Badge(self._theme, "tick" if sensor in sensors else "missing")
            badge.set_text(text)
            row.addWidget(badge, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        self.content.addLayout(row)
