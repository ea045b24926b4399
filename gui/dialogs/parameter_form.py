"""A form made from a frozen config: common parameters first, the rest folded, each with a way back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import Field, fields
from typing import Any, get_type_hints

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from core.backbones.weights import WEIGHTS
from core.errors import WrongUse
from core.phrase import say
from core.tasks.method_config import with_values
from gui.dialogs.parameter import Parameter
from gui.dialogs.parameter_table import HIDDEN, PRESETS, parameter
from gui.theme import Theme
from gui.translator import word
from gui.widgets.fold import Fold
from gui.widgets.parameter_field import WIDE, ParameterField
from gui.widgets.text import label

NAMES = 170
"""Width of the names of parameters."""
_AS_VARIANT = say("as the variant needs")
_NONE = {
    "use_uff": _AS_VARIANT,
    "use_hn": _AS_VARIANT,
    "use_hrnet": _AS_VARIANT,
    "use_hn_from_rgb_conv": _AS_VARIANT,
    "asy_memory_bank": say("all"),
}


class ParameterForm(QWidget):
    """`changed` after every change; `config` is None while values do not go together, `fault` says why.

    `usual` holds the defaults where they are not those of the class.
    """

    changed = Signal()

    def __init__(
        self, theme: Theme, config: Any, parent: QWidget | None = None, usual: Any | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._usual = type(config)() if usual is None else usual
        self.config: Any = config
        self.fields: dict[str, ParameterField] = {}
        self._back: dict[str, QToolButton] = {}
        self.fault = label("fault", "labelFault", wraps=True)
        self.fault.hide()
        self.presets = QComboBox()
        self._build()
        self.show_config(config)

    def show_config(self, config: Any) -> None:
        """Show these values."""
        self.config = config
        for name, field in self.fields.items():
            field.show_value(getattr(config, name))
        self._say_fault("", "")
        self._read_defaults()

    def set_value(self, name: str, value: Any) -> None:
        """Change one value as if the user had."""
        self.fields[name].show_value(value)
        self._on_changed()

    def allow(self, name: str, reasons: Mapping[Any, str]) -> None:
        """Grey the choices of a field that cannot be used here."""
        self.fields[name].allow(reasons)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        hidden = HIDDEN | getattr(self._usual, "idle", frozenset())
        shown = [entry for entry in fields(self._usual) if entry.name not in hidden]
        common = [entry for entry in shown if parameter(entry.name).is_common]
        rest = [entry for entry in shown if entry not in common]
        known = getattr(self._usual, "presets", {})
        grid = QGridLayout()
        if known:
            self._add_presets(grid, tuple(known))
        self._fill(grid, common)
        column.addLayout(grid)
        column.addWidget(self.fault)
        self.more = Fold(self._theme, self.tr("More settings"), "buttonMore")
        if rest:
            inside = QGridLayout()
            self._fill(inside, rest)
            self.more.content.setContentsMargins(0, 0, 0, 0)
            self.more.content.addLayout(inside)
            column.addWidget(self.more)

    def _add_presets(self, grid: QGridLayout, known: tuple[str, ...]) -> None:
        self.presets.setObjectName("comboParameterPreset")
        for key in ("", *known):
            self.presets.addItem(word(PRESETS.get(key, key)), key)
        self.presets.activated.connect(self._on_preset)
        name = label("quiet")
        name.setText(self.tr("Preset"))
        self.presets.setAccessibleName(name.text())
        self.presets.setFixedWidth(self._theme.px(WIDE))
        grid.addWidget(name, 0, 0)
        grid.addLayout(_left(self.presets), 0, 1)

    def _fill(self, grid: QGridLayout, entries: list[Field[Any]]) -> None:
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(6)
        grid.setHorizontalSpacing(12)
        grid.setColumnMinimumWidth(0, self._theme.px(NAMES))
        grid.setColumnStretch(1, 1)
        hints = get_type_hints(type(self._usual))
        for entry in entries:
            self._add(grid, entry.name, hints[entry.name])

    def _add(self, grid: QGridLayout, name: str, hint: Any) -> None:
        row, known = grid.rowCount(), parameter(name)
        field = ParameterField(self._theme, hint, known.low, known.high)
        words = {row.key: word(row.title) for row in WEIGHTS}
        words |= {value: word(text) for value, text in known.words.items()}
        field.set_words(
            words | {True: self.tr("yes"), False: self.tr("no")}, word(_NONE.get(name, say("none")))
        )
        said = label("quiet")
        said.setText(word(known.label))
        tip = self._tip(name, known)
        for part in (said, field.editor):
            part.setToolTip(tip)
        field.editor.setObjectName(f"field_{name}")
        field.editor.setAccessibleName(word(known.label))
        unit = label("small")
        unit.setText(word(known.unit))
        back = QToolButton()
        back.setIcon(self._theme.icon("retry", size=14))
        back.setToolTip(self.tr("Back to the default"))
        back.setAccessibleName(self.tr("Back to the default"))
        back.clicked.connect(lambda: self.set_value(name, getattr(self._usual, name)))
        unit.setVisible(bool(known.unit))
        across = _left(field, unit, back)
        grid.addWidget(said, row, 0)
        grid.addLayout(across, row, 1)
        self.fields[name], self._back[name] = field, back
        field.changed.connect(self._on_changed)

    def _tip(self, name: str, known: Parameter) -> str:
        lines = [word(known.tip)] if known.tip else []
        default = getattr(self._usual, name)
        told = self.tr("{name}, default {value}").format(
            name=name, value="–" if default in (None, "") else default
        )
        if known.low is not None and known.high is not None:
            told += self.tr(", from {low} to {high}").format(
                low=f"{known.low:.10g}", high=f"{known.high:.10g}"
            )
        return "\n".join([*lines, told])

    def _on_preset(self, at: int) -> None:
        key = self.presets.itemData(at)
        self.show_config(with_values(self._usual, {"preset": key} if key else {}))
        self.changed.emit()

    def _on_changed(self) -> None:
        values = {name: field.value for name, field in self.fields.items()}
        try:
            self.config = with_values(self._usual, values)
        except WrongUse as problem:
            self.config = None
            self._say_fault(problem.message, problem.remedy)
        else:
            self._say_fault("", "")
        self._read_defaults()
        self.changed.emit()

    def _say_fault(self, message: str, remedy: str) -> None:
        self.fault.setText(" ".join(word(text) for text in (message, remedy) if text))
        self.fault.setVisible(bool(message))

    def _read_defaults(self) -> None:
        """Only what differs from the default has an arrow back; the preset that fits is shown."""
        for name, field in self.fields.items():
            usual = ParameterField.plain(getattr(self._usual, name))
            self._back[name].setVisible(field.value != usual)
        known = getattr(self._usual, "presets", {})
        fitting = [
            key
            for key in ("", *known)
            if self.config == with_values(self._usual, {"preset": key} if key else {})
        ]
        self.presets.setCurrentIndex(self.presets.findData(fitting[0]) if fitting else -1)
        self.presets.setPlaceholderText(self.tr("own"))


def _left(*parts: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for part in parts:
        row.addWidget(part)
    row.addStretch(1)
    return row
