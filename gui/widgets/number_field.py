"""Fields for numbers, with room before the first digit."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractSpinBox, QDoubleSpinBox, QSpinBox


def number_field(name: str = "") -> QDoubleSpinBox:
    """A number with three decimals, on any scale."""
    made = QDoubleSpinBox()
    made.setObjectName(name)
    made.setDecimals(3)
    made.setRange(-1e9, 1e9)
    give_room(made)
    return made


def count_field(name: str, most: int) -> QSpinBox:
    """A whole number from 0 up."""
    made = QSpinBox()
    made.setObjectName(name)
    made.setRange(0, most)
    give_room(made)
    return made


def give_room(field: QAbstractSpinBox) -> None:
    """WORKAROUND(PySide6 6.11): padding in a style sheet does not reach the editor inside."""
    field.lineEdit().setTextMargins(7, 0, 4, 0)
