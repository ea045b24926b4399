"""The curves of the scores, and beside them the loss of the latest training of a network."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from core.phrase import say
from core.state.losses_state import LossesState
from gui.theme import Theme
from gui.translator import word
from gui.views.loss_view import LossView
from gui.widgets.live_widget import LiveWidget
from gui.widgets.segmented import Segmented
from gui.widgets.text import label


class LossPanel(LiveWidget):
    """Shows `scores` alone until a network is trained; then one chooses between the two."""

    def __init__(self, theme: Theme, scores: QWidget, losses: LossesState) -> None:
        super().__init__("panel")
        self._losses = losses
        self.choice = Segmented(theme, "groupCurves")
        self.choice.add("scores", word="scores")
        self.choice.add("loss", word="loss")
        self.view = LossView(theme)
        self._title, self._last = label("strong"), label("small")
        self.pages = QStackedWidget()
        self._bar = QWidget()
        self._build(scores)
        self.choice.chosen.connect(self._on_chosen)
        losses.changed.connect(self._read_state)
        theme.changed.connect(self.view.retheme)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every word again."""
        self.choice.set_words({"scores": self.tr("Scores"), "loss": self.tr("Loss")})
        self.view.setAccessibleName(self.tr("Loss"))
        self._read_state()

    def _build(self, scores: QWidget) -> None:
        row = QHBoxLayout(self._bar)
        row.setContentsMargins(14, 8, 14, 0)
        row.setSpacing(12)
        row.addWidget(self.choice)
        row.addWidget(self._title)
        row.addWidget(self._last)
        row.addStretch(1)
        plot = QWidget()
        inside = QVBoxLayout(plot)
        inside.setContentsMargins(10, 4, 14, 8)
        inside.addWidget(self.view)
        self.pages.addWidget(scores)
        self.pages.addWidget(plot)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar)
        column.addWidget(self.pages, 1)

    def _read_state(self) -> None:
        points = self._losses.points
        self._bar.setVisible(bool(points))
        if not points:
            self.choice.choose("scores")
        self.view.show_points(points)
        self._title.setText(word(self._losses.title))
        self._last.setText(_reached(*points[-1]) if points else "")
        self._on_chosen()

    def _on_chosen(self, key: str = "") -> None:
        is_loss = self.choice.current == "loss"
        self.pages.setCurrentIndex(1 if is_loss else 0)
        self._title.setVisible(is_loss)
        self._last.setVisible(is_loss)


def _reached(step: int, loss: float) -> str:
    """Large losses without decimals, small ones with four digits."""
    shown = f"{loss:,.0f}" if abs(loss) >= 1000 else f"{loss:.4g}"
    return word(say("loss {loss} after {count} steps", loss=shown, count=step))
