"""One choice out of a few, side by side in a trough."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from gui.icons import paint_icon
from gui.theme import Theme


class Segment(QAbstractButton):
    """One of the choices: an icon, a word, or both."""

    def __init__(self, theme: Theme, icon: str, word: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon = icon
        self._is_short = False
        self._hovered = False
        self.setText(word)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_short(self, is_short: bool) -> None:
        """Show the icon alone where there is little room."""
        if is_short != self._is_short and self._icon:
            self._is_short = is_short
            self.updateGeometry()
            self.update()

    def words(self) -> str:
        """What is written on it now."""
        return "" if self._is_short else self.text()

    def sizeHint(self) -> QSize:
        """28 high; as wide as icon and word need."""
        words = QFontMetrics(self._theme.font("body", 500)).horizontalAdvance(self.words())
        icon = self._theme.px(16) if self._icon else 0
        gap = 8 if icon and self.words() else 0
        edge = 11 if self.words() else 7
        return QSize(2 * edge + icon + gap + words, self._theme.px(26))

    def minimumSizeHint(self) -> QSize:
        """It never shrinks; its bar gives up something else."""
        return self.sizeHint()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Light up."""
        self._hovered = True
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Go dark."""
        self._hovered = False
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Chosen ground, icon, word, ring."""
        look = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect())
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(look.seg_on))
            painter.drawRoundedRect(whole, 4, 4)
        if self.hasFocus():
            painter.setPen(QPen(QColor(look.focus), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(whole.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        self._paint_content(painter)

    def _paint_content(self, painter: QPainter) -> None:
        look = self._theme.tokens
        ink = look.text if self.isChecked() or self._hovered else look.text2
        tint = look.accent_text if self.isChecked() else ink
        if not self.isEnabled():
            ink = tint = look.text_off
        left, side = (11.0 if self.words() else 7.0), self._theme.px(16)
        if self._icon:
            paint_icon(painter, self._icon, tint, QRectF(left, (self.height() - side) / 2, side, side))
            left += side + 8
        painter.setPen(QColor(ink))
        painter.setFont(self._theme.font("body", 500))
        words = self.rect().adjusted(int(left), 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.words())


class Segmented(QWidget):
    """The trough with its segments; `chosen` carries the key."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._segments: dict[str, Segment] = {}
        self._group = QButtonGroup(self)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(1, 1, 1, 1)
        self._row.setSpacing(1)
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def add(self, key: str, icon: str = "", word: str = "") -> Segment:
        """Append a choice; the first one is chosen."""
        segment = Segment(self._theme, icon, word, self)
        segment.setChecked(not self._segments)
        segment.clicked.connect(self._on_clicked)
        self._segments[key] = segment
        self._group.addButton(segment)
        self._row.addWidget(segment)
        return segment

    def segment(self, key: str) -> Segment:
        """The choice of that key."""
        return self._segments[key]

    @property
    def keys(self) -> tuple[str, ...]:
        """All choices."""
        return tuple(self._segments)

    @property
    def current(self) -> str:
        """The chosen key."""
        return next((key for key, segment in self._segments.items() if segment.isChecked()), "")

    def choose(self, key: str) -> None:
        """Show a choice without telling anybody."""
        self._segments[key].setChecked(True)

    def set_short(self, is_short: bool) -> None:
        """Show icons alone, or icons and words."""
        for segment in self._segments.values():
            segment.set_short(is_short)
        self.adjustSize()

    def set_words(self, words: dict[str, str]) -> None:
        """Set the words of choices with words, and the tips of those with icons alone."""
        for key, text in words.items():
            segment = self._segments[key]
            if segment.text():
                segment.setText(text)
                segment.updateGeometry()
            segment.setToolTip(text)
            segment.setAccessibleName(text)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The trough."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.tokens.seg_track))
        painter.drawRoundedRect(QRectF(self.rect()), 5, 5)

    def _on_clicked(self) -> None:
        self.chosen.emit(self.current)
