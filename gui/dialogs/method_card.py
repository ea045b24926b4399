"""A method as a card: what it means, how long it takes, and why it cannot be used."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QRadioButton, QSizePolicy, QVBoxLayout, QWidget

from core.phrase import say
from core.tasks.look_ahead import Ahead
from gui.dialogs.method_choice import MethodChoice
from gui.theme import Theme
from gui.translator import word
from gui.weights_work import megabytes
from gui.widgets.badge import Badge
from gui.widgets.live_widget import LiveWidget
from gui.widgets.text import button, figure_label, label, restyle
from workers.remaining import say_remaining


class MethodCard(LiveWidget):
    """A blocked one keeps its reason readable; `helped` carries the weights that would lift it."""

    helped = Signal(object)

    def __init__(self, theme: Theme, choice: MethodChoice, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.choice = choice
        self.setProperty("surface", "method")
        self.setFixedHeight(theme.px(48))
        self.setObjectName(f"method_{choice.method.key}")
        self.radio = QRadioButton()
        self._name, self.line = label("strong"), label("small")
        self.line.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.badge = Badge(theme, "recommended")
        self.time, self.peak = figure_label("fact"), figure_label("small")
        self.remedy = button(small=True)
        self._build()
        self.remedy.clicked.connect(lambda: self.helped.emit(self.choice.missing))
        self.radio.toggled.connect(self._on_toggled)
        self.show_choice(choice)

    def show_choice(self, choice: MethodChoice) -> None:
        """Show what holds now; weights may have come in between."""
        self.choice = choice
        title = word(choice.method.title)
        self._name.setText(title)
        self.radio.setAccessibleName(title)
        self.line.setText(word(choice.blocked or choice.note or choice.method.summary))
        self.line.setToolTip(self.line.text())
        self.badge.set_text(self.tr("recommended"))
        self.badge.setVisible(choice.is_recommended)
        self.remedy.setText(self.tr("Checkpoints"))
        self.remedy.setVisible(bool(choice.missing))
        for part in (self.radio, self._name):
            part.setEnabled(not choice.blocked)
        if choice.blocked:
            self.show_ahead(None)

    def show_ahead(self, ahead: Ahead | None) -> None:
        """Show what it will take, as far as that is known."""
        known = ahead is not None and not self.choice.blocked
        seconds = ahead.seconds if ahead is not None and known else None
        peak = ahead.peak_bytes if ahead is not None and known else None
        self.time.setText(word(say_remaining(seconds)) if seconds is not None else "")
        self.peak.setText(word(say("peak {size}", size=megabytes(peak))) if peak is not None else "")
        for part in (self.time, self.peak):
            part.setVisible(bool(part.text()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The whole card is the target."""
        if not self.choice.blocked:
            self.radio.setChecked(True)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._name)
        head.addWidget(self.badge)
        head.addStretch(1)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addLayout(head)
        words.addWidget(self.line)
        figures = QVBoxLayout()
        figures.setSpacing(0)
        figures.addWidget(self.time)
        figures.addWidget(self.peak)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 12, 4)
        row.setSpacing(10)
        row.addWidget(self.radio)
        row.addLayout(words, 1)
        row.addLayout(figures)
        row.addWidget(self.remedy, 0, Qt.AlignmentFlag.AlignVCenter)

    def _on_toggled(self, on: bool) -> None:
        self.setProperty("chosen", on)
        restyle(self)
