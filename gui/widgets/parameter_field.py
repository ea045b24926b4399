"""One field for one parameter, after its type: choice, switch, number, list or text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QHBoxLayout, QLineEdit, QSpinBox, QWidget

from gui.theme import Theme
from gui.widgets.number_field import count_field, give_room

WIDE, NARROW = 292, 112


class PlainNumber(QDoubleSpinBox):
    """A number without trailing zeros."""

    def __init__(self, low: float, high: float) -> None:
        super().__init__()
        self.setDecimals(6)
        self.setRange(low, high)
        give_room(self)

    def textFromValue(self, value: float) -> str:
        """As short as it can be said."""
        return f"{value:.6g}"


class ParameterField(QWidget):
    """`changed` after every change by the user; `value` is None for "none"."""

    changed = Signal()

    def __init__(self, theme: Theme, hint: Any, low: float | None = None, high: float | None = None) -> None:
        super().__init__()
        self._kinds = [kind for kind in _kinds(hint) if kind is not NoneType]
        self._may_be_none = NoneType in _kinds(hint)
        self.editor = self._build(self._kinds[0], low, high)
        is_number = isinstance(self.editor, QSpinBox | QDoubleSpinBox)
        if not isinstance(self.editor, QCheckBox):
            self.editor.setFixedWidth(theme.px(NARROW if is_number else WIDE))
        self.editor.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.editor.installEventFilter(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.editor)
        self.setFocusProxy(self.editor)

    @staticmethod
    def plain(value: Any) -> Any:
        """A value of a config as its field gives it."""
        return _listed(value) if _is_list(value) else value

    @property
    def value(self) -> Any:
        """What is chosen or typed; a list as text, for its reader to judge."""
        editor = self.editor
        if isinstance(editor, QComboBox):
            return editor.currentData()
        if isinstance(editor, QCheckBox):
            return editor.isChecked()
        if isinstance(editor, QLineEdit):
            return editor.text().strip()
        assert isinstance(editor, QSpinBox | QDoubleSpinBox)
        if self._may_be_none and editor.value() == editor.minimum():
            return None
        return editor.value()

    def show_value(self, value: Any) -> None:
        """Show a value without telling anybody."""
        editor = self.editor
        editor.blockSignals(True)
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(editor.findData(value))
        elif isinstance(editor, QCheckBox):
            editor.setChecked(bool(value))
        elif isinstance(editor, QLineEdit):
            editor.setText(_listed(value) if _is_list(value) else str(value))
        elif isinstance(editor, QSpinBox):
            editor.setValue(editor.minimum() if value is None else int(value))
        elif isinstance(editor, QDoubleSpinBox):
            editor.setValue(editor.minimum() if value is None else float(value))
        editor.blockSignals(False)

    def set_words(self, words: Mapping[Any, str], none: str) -> None:
        """Say the choices; one without a word is shown as it is."""
        if isinstance(self.editor, QComboBox):
            for at in range(self.editor.count()):
                value = self.editor.itemData(at)
                self.editor.setItemText(at, none if value is None else words.get(value, str(value)))
        elif self._may_be_none and isinstance(self.editor, QSpinBox | QDoubleSpinBox):
            self.editor.setSpecialValueText(none)

    def allow(self, reasons: Mapping[Any, str]) -> None:
        """Grey the choices that have a reason, and tell it."""
        if not isinstance(self.editor, QComboBox):
            return
        model = self.editor.model()
        assert isinstance(model, QStandardItemModel)
        for at in range(self.editor.count()):
            reason = reasons.get(self.editor.itemData(at), "")
            model.item(at).setEnabled(not reason)
            model.item(at).setToolTip(reason)

    def _build(self, kind: Any, low: float | None, high: float | None) -> QWidget:
        if get_origin(kind) is Literal:
            return self._combo(get_args(kind))
        if kind is bool and self._may_be_none:
            return self._combo((None, True, False))
        if kind is bool:
            check = QCheckBox()
            check.toggled.connect(lambda on: self.changed.emit())
            return check
        if kind is int:
            whole = count_field("", 0)
            whole.setRange(int(low or 0) - self._may_be_none, int(high if high is not None else 10**9))
            whole.valueChanged.connect(lambda number: self.changed.emit())
            return whole
        if kind is float:
            number = PlainNumber(low if low is not None else -1e9, high if high is not None else 1e9)
            number.valueChanged.connect(lambda value: self.changed.emit())
            return number
        text = QLineEdit()
        text.editingFinished.connect(self.changed)
        return text

    def _combo(self, options: Sequence[Any]) -> QComboBox:
        combo = QComboBox()
        for option in options:
            combo.addItem(str(option), option)
        combo.activated.connect(lambda at: self.changed.emit())
        return combo

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Rolling scrolls the form and changes nothing in it."""
        if event.type() == QEvent.Type.Wheel and not self.editor.hasFocus():
            event.ignore()
            return True
        return False


def _kinds(hint: Any) -> tuple[Any, ...]:
    return get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)


def _is_list(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _listed(values: Sequence[float]) -> str:
    return ", ".join(f"{item:g}" for item in values)
