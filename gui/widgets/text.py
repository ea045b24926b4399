"""Labels by their role in the type scale, and the lines between groups."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QLayout, QPushButton, QScrollArea, QSizePolicy, QWidget

LabelRole = Literal[
    "caption", "small", "fact", "body", "quiet", "strong", "title", "figure", "display", "tagline", "fault"
]
Kind = Literal["plain", "primary", "ghost", "link", "bar", "chip"]


def label(role: LabelRole = "body", name: str = "", wraps: bool = False) -> QLabel:
    """A label whose size, weight and colour come from the style sheet."""
    made = QLabel()
    made.setProperty("role", role)
    made.setObjectName(name)
    made.setWordWrap(wraps)
    if wraps:
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return made


def as_high_as_text(made: QLabel) -> None:
    """Take the height of the lines at its width; whoever holds it adjusts its own size after each change."""
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
    policy.setHeightForWidth(True)
    made.setSizePolicy(policy)


def figure_label(role: LabelRole = "fact", name: str = "") -> QLabel:
    """A label for numbers: on the right of its column, and it can be copied."""
    made = label(role, name)
    made.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


def button(kind: Kind = "plain", name: str = "", small: bool = False) -> QPushButton:
    """A push button; one window has one primary."""
    made = QPushButton()
    made.setProperty("kind", kind)
    if small:
        made.setProperty("compact", True)
    made.setObjectName(name)
    made.setAutoDefault(False)
    return made


def line(parent: QWidget | None = None) -> QFrame:
    """A one pixel line between groups."""
    made = QFrame(parent)
    made.setProperty("surface", "line")
    return made


def upright(height: int, parent: QWidget | None = None) -> QFrame:
    """A short vertical line between controls of a bar."""
    made = QFrame(parent)
    made.setProperty("surface", "upright")
    made.setFixedHeight(height)
    return made


def restyle(widget: QWidget) -> None:
    """Let the style sheet see a property that has changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def plain_scroll(content: QLayout) -> QScrollArea:
    """A scroll area without a frame around a layout."""
    inside = QWidget()
    inside.setProperty("surface", "none")
    content.setContentsMargins(0, 0, 8, 0)
    inside.setLayout(content)
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setWidget(inside)
    return area
