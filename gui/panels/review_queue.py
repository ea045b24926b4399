"""How far the review is, and which parts are asked for in which order."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QHBoxLayout,
    QProgressBar,
    QRadioButton,
    QSpinBox,
    QVBoxLayout,
)

from core.state.review_state import MOST_DRAWN, ORDERS, ReviewState
from gui.widgets.live_widget import LiveWidget
from gui.widgets.text import figure_label, label


class ReviewProgress(LiveWidget):
    """ "12 left of 40", and a bar."""

    def __init__(self) -> None:
        super().__init__()
        self.left = label("strong", "labelLeft")
        self._done = figure_label("small", "labelDone")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        row = QHBoxLayout()
        row.addWidget(self.left)
        row.addStretch(1)
        row.addWidget(self._done)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(row)
        column.addWidget(self.bar)

    def show_count(self, left: int, total: int) -> None:
        """So many are left of so many."""
        done = total - left
        self.left.setText(self.tr("{left} left of {total}").format(left=left, total=total))
        self._done.setText(f"{done}/{total}")
        self.bar.setRange(0, max(1, total))
        self.bar.setValue(done)
        self.bar.setAccessibleName(self.left.text())


class ReviewOrder(LiveWidget):
    """Writes and reads what is asked for."""

    def __init__(self, state: ReviewState) -> None:
        super().__init__()
        self._state = state
        self._heading = label("caption")
        self.radios = {key: QRadioButton() for key in ORDERS}
        self.amount = QSpinBox()
        self.amount.setObjectName("spinAmount")
        self.amount.setRange(1, MOST_DRAWN)
        self.advances = QCheckBox()
        self.advances.setObjectName("checkAdvance")
        group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._heading)
        for key, radio in self.radios.items():
            radio.setObjectName(f"radio{key.capitalize()}")
            group.addButton(radio)
            if key != "random":
                column.addWidget(radio)
                continue
            row = QHBoxLayout()
            row.setSpacing(8)
            row.addWidget(radio)
            row.addWidget(self.amount)
            row.addStretch(1)
            column.addLayout(row)
        column.addSpacing(2)
        column.addWidget(self.advances)
        for key, radio in self.radios.items():
            radio.toggled.connect(lambda on, key=key: self._on_order(on, key))
        self.amount.valueChanged.connect(lambda count: setattr(state, "amount", count))
        self.advances.toggled.connect(lambda on: setattr(state, "advances", on))
        state.changed.connect(self._read_state)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every word again."""
        self._heading.setText(self.tr("Order"))
        words = {
            "line": self.tr("nearest to the threshold"),
            "disagree": self.tr("model and truth disagree"),
            "random": self.tr("random sample of"),
            "all": self.tr("all, as in the gallery"),
        }
        for key, radio in self.radios.items():
            radio.setText(words[key])
        self.amount.setAccessibleName(self.tr("Number of parts that are drawn"))
        self.advances.setText(self.tr("the next one comes by itself"))
        self._read_state()

    def _read_state(self) -> None:
        state = self._state
        self.radios[state.order].setChecked(True)
        self.amount.setValue(state.amount)
        self.amount.setEnabled(state.order == "random")
        self.advances.setChecked(state.advances)

    def _on_order(self, on: bool, key: str) -> None:
        if on:
            self._state.order = next(order for order in ORDERS if order == key)
