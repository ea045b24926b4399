"""The tools by which the user marks a defect: brush, eraser, outline, and what acts on the whole mask."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QSizePolicy,
    QSlider,
    QToolButton,
    QVBoxLayout,
)

from core.state.mask_state import LARGEST, SMALLEST, MaskState, MaskTool
from gui.theme import Theme
from gui.widgets.live_widget import LiveWidget
from gui.widgets.text import figure_label, label

TOOLS: tuple[MaskTool, ...] = ("brush", "erase", "polygon")
ACTS = ("accept", "fill", "clear")
_NAMES = {
    "brush": "btnBrush",
    "erase": "btnErase",
    "polygon": "btnPolygon",
    "accept": "btnAcceptMask",
    "fill": "btnFillHoles",
    "clear": "btnClearMask",
}


class MaskTools(LiveWidget):
    """Reads and writes the mask's tool; `chosen` carries a tool that was pressed, `acted` an act at once."""

    chosen = Signal(str)
    acted = Signal(str)

    def __init__(self, theme: Theme, state: MaskState) -> None:
        super().__init__()
        self._state = state
        self._heading = label("caption")
        self.buttons = {key: _button(name) for key, name in _NAMES.items()}
        self._size_name = label("quiet")
        self.size_slider = QSlider(Qt.Orientation.Horizontal)
        self.size_slider.setObjectName("sliderBrush")
        self.size_slider.setRange(SMALLEST, LARGEST)
        self._size = figure_label("fact")
        self.grows = QCheckBox()
        self.grows.setObjectName("checkGrow")
        self._hint = label("small", wraps=True)
        self._build()
        for key in TOOLS:
            self.buttons[key].setCheckable(True)
            self.buttons[key].clicked.connect(lambda on=False, key=key: self.chosen.emit(key))
        for act in ACTS:
            self.buttons[act].clicked.connect(lambda on=False, act=act: self.acted.emit(act))
        self.size_slider.valueChanged.connect(lambda size: setattr(state, "size", size))
        self.grows.toggled.connect(lambda on: setattr(state, "grows", on))
        state.changed.connect(self._read_state)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every word again."""
        self._heading.setText(self.tr("Your mask"))
        words = {
            "brush": (self.tr("Brush"), "W", self.tr("Paint the mask")),
            "erase": (self.tr("Erase"), "E", self.tr("Erase the mask")),
            "polygon": (self.tr("Outline"), "Shift+W", self.tr("Outline the mask")),
            "accept": (self.tr("Accept model"), "A", self.tr("Take the mask of the model")),
            "fill": (self.tr("Fill holes"), "", self.tr("Fill the holes of the mask")),
            "clear": (self.tr("Clear"), "", self.tr("Clear the mask")),
        }
        for key, (text, shortcut, tip) in words.items():
            self.buttons[key].setText(f"{text}  {shortcut.replace('Shift+', '⇧')}".rstrip())
            self.buttons[key].setAccessibleName(tip)
            self.buttons[key].setToolTip(f"{tip}  {shortcut}".rstrip())
        self._size_name.setText(self.tr("Size"))
        self.size_slider.setAccessibleName(self.tr("Size of the brush in pixels"))
        self.size_slider.setToolTip(self.tr("Size of the brush in pixels") + "  ,  .")
        self.grows.setText(self.tr("Grow along the heat"))
        self.grows.setToolTip(self.tr("A stroke takes in the hot spot that it touches."))
        self._read_state()

    def allow(self, key: str, is_allowed: bool, tip: str) -> None:
        """Grey a tool, or not; the tip says its key, and why it is grey."""
        self.buttons[key].setEnabled(is_allowed)
        self.buttons[key].setToolTip(tip)

    def _build(self) -> None:
        rows = QVBoxLayout()
        rows.setSpacing(6)
        for keys in (TOOLS, ACTS):
            across = QHBoxLayout()
            across.setSpacing(6)
            for key in keys:
                across.addWidget(self.buttons[key])
            rows.addLayout(across)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self._size_name)
        row.addWidget(self.size_slider, 1)
        row.addWidget(self._size)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._heading)
        column.addLayout(rows)
        column.addLayout(row)
        column.addWidget(self.grows)
        column.addWidget(self._hint)

    def _read_state(self) -> None:
        state = self._state
        for key in TOOLS:
            self.buttons[key].setChecked(state.tool == key)
        self.size_slider.setValue(state.size)
        self._size.setText(self.tr("{size} px").format(size=state.size))
        self._size.setMinimumWidth(
            self._size.fontMetrics().horizontalAdvance(self.tr("{size} px").format(size=200))
        )
        self.grows.setChecked(state.grows)
        self._hint.setText(self._wanted())
        self._hint.setVisible(bool(self._hint.text()))

    def _wanted(self) -> str:
        """What to do with the tool in hand."""
        tool = self._state.tool
        if tool == "polygon":
            if len(self._state.corners) < 3:
                return self.tr("Click the corners; or move the cross by the arrow keys and press Enter.")
            return self.tr(
                "Double-click, press Enter on the first corner or Shift+W again to close the outline."
            )
        if tool is not None:
            return self.tr(
                "Drag in a picture; or move the brush by the arrow keys and press Enter. Esc ends it."
            )
        return ""


def _button(name: str) -> QToolButton:
    made = QToolButton()
    made.setObjectName(name)
    made.setProperty("kind", "worded")
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return made
