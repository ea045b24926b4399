"""One of the three buttons by which a human overrules the machine."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from core.state.results_state import Mark
from gui.theme import Theme
from gui.widgets.marks import mark_colours, paint_mark


class VerdictButton(QAbstractButton):
    """Glyph, word and key letter; the given verdict takes wash, edge and its own ink."""

    def __init__(self, theme: Theme, mark: Mark, key: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._mark = mark
        self._key = key
        self.setObjectName(name)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """34 high, a third of the panel wide."""
        return QSize(self._theme.px(90), self._theme.px(34))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, glyph, word, key."""
        look = self._theme.tokens
        glyph, ink, wash = mark_colours(look, self._mark)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        given = self.isChecked()
        ground = wash if given else look.surface3 if self.underMouse() else look.surface2
        edge = look.focus if self.hasFocus() else glyph if given else look.btn_line
        painter.setBrush(QColor(ground) if self.isEnabled() else Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(edge), 1.5 if given else 1))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 5, 5)
        side = self._theme.px(10)
        if self.isEnabled():
            paint_mark(painter, QRectF(8, (self.height() - side) / 2, side, side), self._mark, look)
        painter.setPen(QColor(look.text_off if not self.isEnabled() else ink if given else look.text))
        painter.setFont(self._theme.font("body", 600))
        painter.drawText(self.rect().adjusted(13 + side, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self.text())
        painter.setPen(QColor(ink if given else look.text2))
        painter.setFont(self._theme.font("caption"))
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(self.rect().adjusted(0, 0, -8, 0), right, self._key)
