"""Signs of work: a bar that shows how far, or travels where there is no count, and a spinner."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QHideEvent, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.theme import Theme

_TRIP_MS = 1400
_PIECE = 0.3


class ProgressLine(QWidget):
    """A 4 px bar; without a fraction a piece of it travels once in 1.4 s.

    With reduced motion it stays empty instead, and the seconds beside it say that work goes on.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._fraction: float | None = 0.0
        self._since = QElapsedTimer()
        self._timer = QTimer(self, interval=33)
        self._timer.timeout.connect(self.update)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Wide as its place, 4 high."""
        return QSize(140, 4)

    @property
    def fraction(self) -> float | None:
        """How far, 0 to 1; None where there is no count."""
        return self._fraction

    @property
    def is_travelling(self) -> bool:
        """Whether something moves in it."""
        return self._timer.isActive()

    def set_fraction(self, fraction: float | None) -> None:
        """Show how far the work is."""
        self._fraction = fraction
        self._run()
        self.update()

    def showEvent(self, event: QShowEvent) -> None:
        """Travel only while seen."""
        self._run()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stand still while hidden."""
        self._timer.stop()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Groove, then the part that is done or the travelling piece."""
        look = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        groove = QRectF(0, (self.height() - 4) / 2, self.width(), 4)
        painter.setBrush(QColor(look.track))
        painter.drawRoundedRect(groove, 2, 2)
        painter.setBrush(QColor(look.accent))
        painter.setClipRect(groove)
        painter.drawRoundedRect(self._piece(groove), 2, 2)

    def _piece(self, groove: QRectF) -> QRectF:
        if self._fraction is not None:
            return QRectF(groove.left(), groove.top(), groove.width() * self._fraction, 4)
        if self._theme.has_reduced_motion:
            return QRectF()
        wide = groove.width() * _PIECE
        share = (self._since.elapsed() % _TRIP_MS) / _TRIP_MS
        return QRectF(groove.left() - wide + (groove.width() + wide) * share, groove.top(), wide, 4)

    def _run(self) -> None:
        if self._fraction is None and self.isVisible() and not self._theme.has_reduced_motion:
            if not self._timer.isActive():
                self._since.start()
                self._timer.start()
        else:
            self._timer.stop()


class Spinner(QWidget):
    """A turning arc that appears after 0.3 s, so that quick work does not flicker."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._since = QElapsedTimer()
        self._timer = QTimer(self, interval=40)
        self._timer.timeout.connect(self.update)
        self._delay = QTimer(self, interval=300, singleShot=True)
        self._delay.timeout.connect(self.show)
        self.setFixedSize(theme.px(16), theme.px(16))
        self.hide()

    def begin(self) -> None:
        """Turn from 0.3 s on."""
        if not self.isVisible() and not self._delay.isActive():
            self._delay.start()

    def end(self) -> None:
        """Go away."""
        self._delay.stop()
        self.hide()

    def showEvent(self, event: QShowEvent) -> None:
        """Turn while seen; stand still where motion is reduced."""
        if not self._theme.has_reduced_motion:
            self._since.start()
            self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stand still while hidden."""
        self._timer.stop()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Three quarters of a ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._theme.tokens.text2), 1.5, c=Qt.PenCapStyle.RoundCap))
        turn = int(self._since.elapsed() * 0.36) if self._since.isValid() else 0
        painter.drawArc(QRectF(self.rect()).adjusted(2, 2, -2, -2), -turn * 16, 270 * 16)
