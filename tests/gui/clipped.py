"""Finds words that do not fit into the control that shows them."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QWidget

from gui.widgets.short_label import ShortLabel

SLACK = 2
"""Pixels by which a control may be smaller than its words: rounding of fractional widths."""


def clipped_words(window: QWidget) -> list[str]:
    """What is seen of these words is not all: (object name or kind, words, room and need)."""
    found = []
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or widget.visibleRegion().isEmpty():
            continue
        need = _need(widget)
        if need is None:
            continue
        have = widget.contentsRect()
        if need.width() > have.width() + SLACK or need.height() > have.height() + SLACK:
            name = widget.objectName() or type(widget).__name__
            room = f"{have.width()}x{have.height()} of {need.width()}x{need.height()}"
            found.append(f"{name}: {_words(widget)!r} has {room}")
    return found


def _need(widget: QWidget) -> QSize | None:
    """The room that the words of a control take; None where there are no words or they may be shortened."""
    metrics = widget.fontMetrics()
    if isinstance(widget, QLabel) and widget.text() and not _is_elided(widget):
        if widget.wordWrap():
            document = QTextDocument()
            document.setDefaultFont(widget.font())
            document.setDocumentMargin(0)
            document.setPlainText(widget.text())
            document.setTextWidth(widget.contentsRect().width())
            return QSize(0, int(document.size().height()) - metrics.leading() - 3)
        lines = widget.text().split("\n")
        if "<" in widget.text():
            return None
        return QSize(
            max(metrics.horizontalAdvance(line) for line in lines), len(lines) * metrics.height() - 2
        )
    if isinstance(widget, QAbstractButton) and widget.text():
        hint = widget.minimumSizeHint()
        return hint if hint.isValid() and type(widget).__name__ != "QToolButton" else None
    if isinstance(widget, QComboBox) and not widget.isEditable():
        return None
    if isinstance(widget, QLineEdit):
        return None
    return None


def _is_elided(label: QLabel) -> bool:
    """A shortened text says the whole of it in its tool tip."""
    return isinstance(label, ShortLabel) or ("…" in label.text() and bool(label.toolTip()))


def _words(widget: QWidget) -> str:
    words: str = widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""
    return words
