"""Three short tips after the first heatmap, one at a time, beside the thing that they name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QTimer, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QGraphicsDropShadowEffect, QHBoxLayout, QVBoxLayout, QWidget

from core.phrase import Phrase, say
from gui.theme import Theme
from gui.translator import word
from gui.widgets.live_widget import LiveWidget
from gui.widgets.text import button, label

if TYPE_CHECKING:
    from gui.main_window import MainWindow

WIDE = 280
LATER_MS = 700


@dataclass(frozen=True, eq=False)
class Tip:
    """`beside` is the thing it names; it has been heeded when `state` is another than at first."""

    text: Phrase
    beside: Callable[[], QWidget]
    state: Callable[[], object]


class TipBubble(LiveWidget):
    """One sentence with two ways to be rid of it."""

    understood = Signal()
    refused = Signal()

    def __init__(self, theme: Theme, text: str, parent: QWidget) -> None:
        super().__init__("toast", parent)
        self.setObjectName("tip")
        self.setFixedWidth(theme.px(WIDE))
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(28)
        shadow.setOffset(0, 6)
        shadow.setColor(QColor(theme.tokens.shadow))
        self.setGraphicsEffect(shadow)
        self.words = label("body", wraps=True)
        self.words.setText(text)
        self.done, self.never = button(small=True), button("link")
        self.done.setText(self.tr("Understood"))
        self.never.setText(self.tr("No more tips"))
        self.done.clicked.connect(self.understood)
        self.never.clicked.connect(self.refused)
        foot = QHBoxLayout()
        foot.addWidget(self.never)
        foot.addStretch(1)
        foot.addWidget(self.done)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 12, 10)
        column.setSpacing(8)
        column.addWidget(self.words)
        column.addLayout(foot)


class Tips(QObject):
    """Begins when the first map is on the screen; `ended` says that no more tips are wanted or left."""

    ended = Signal()

    def __init__(self, window: MainWindow, theme: Theme) -> None:
        super().__init__(window)
        self._window = window
        self._theme = theme
        self._work = window.workspace
        self.is_wanted = False
        self.bubble: TipBubble | None = None
        self._left: list[Tip] = []
        self._all: list[Tip] = []
        self._began_with: object = None
        self._later = QTimer(self, singleShot=True, interval=LATER_MS)
        self._later.timeout.connect(self._show_next)
        work = self._work
        for event in (work.session.changed, work.results.changed, work.overlay.changed):
            event.connect(self._read_state)
        work.closed.connect(self._stop)
        window.escaped.connect(self.dismiss)
        window.when_built(self._on_built)

    def dismiss(self) -> None:
        """The tip of now is understood; the next one comes a moment later."""
        if self.bubble is not None:
            self.bubble.hide()
            self.bubble.deleteLater()
            self.bubble = None
            if self._left:
                self._later.start()
            else:
                self.ended.emit()

    def _on_built(self) -> None:
        desk = self._window.desk
        assert desk is not None
        work = self._work
        desk.spot.changed.connect(self._read_state)
        self._all = [
            Tip(
                say("Point at a view: the cross marks the same spot in the others."),
                lambda: desk.viewer,
                lambda: desk.spot.spot is not None,
            ),
            Tip(
                say("Drag the line under Curves: verdicts, counts and contour follow."),
                lambda: desk.result,
                lambda: work.results.threshold,
            ),
            Tip(
                say("Press N to overrule the machine, Ctrl+Z to take it back."),
                lambda: desk.result.buttons[1],
                lambda: len(work.results.reviews),
            ),
        ]

    def _read_state(self) -> None:
        link = self._work.session.link
        if self.bubble is not None and self._current.state() != self._began_with:
            self.dismiss()
            return
        is_time = self.is_wanted and link is not None and link.score_map is not None
        if is_time and self.bubble is None and not self._left and not self._later.isActive():
            self._left = list(self._all)
            self._later.start()

    def _show_next(self) -> None:
        if not self._left or not self._work.session.is_open or not self.is_wanted:
            return
        self._current = self._left.pop(0)
        self._began_with = self._current.state()
        bubble = TipBubble(self._theme, word(self._current.text), self._window)
        bubble.understood.connect(self.dismiss)
        bubble.refused.connect(self._refuse)
        self.bubble = bubble
        bubble.adjustSize()
        bubble.move(self._place(self._current.beside(), bubble))
        bubble.show()
        bubble.raise_()

    def _place(self, thing: QWidget, bubble: QWidget) -> QPoint:
        """Left of a narrow thing, within the lower corner of a wide one; always inside the window."""
        corner = thing.mapTo(self._window, QPoint(0, 0))
        if thing.width() > self._window.width() / 3:
            corner += QPoint(16, thing.height() - bubble.height() - 60)
        else:
            corner += QPoint(-bubble.width() - 12, min(40, thing.height() // 2))
        right, low = self._window.width() - bubble.width(), self._window.height() - bubble.height() - 40
        return QPoint(min(max(8, corner.x()), right), min(max(8, corner.y()), low))

    def _refuse(self) -> None:
        self._left = []
        self.dismiss()

    def _stop(self) -> None:
        self._left = []
        if self.bubble is not None:
            self.bubble.deleteLater()
            self.bubble = None
