"""How the heat is laid over the part: one appearance for all views."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QRadioButton,
    QScrollArea,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from core.colour_maps import COLOUR_MAPS
from core.state.overlay_state import Background, ColourBy, OverlayState, RangeMode
from gui.theme import Theme
from gui.widgets.live_widget import LiveWidget
from gui.widgets.number_field import number_field
from gui.widgets.switch import Switch
from gui.widgets.text import figure_label, label, line

COLOUR_BY: tuple[ColourBy, ...] = ("score", "rgb", "height", "distance")
BACKGROUNDS: tuple[Background, ...] = ("theme", "dark", "light")
RANGES: tuple[RangeMode, ...] = ("class", "sample", "fixed")


class DisplayPanel(LiveWidget):
    """Writes and reads the overlay state; sliders and switches act at once."""

    def __init__(self, theme: Theme, overlay: OverlayState) -> None:
        super().__init__("panel")
        self._overlay = overlay
        self.heatmap = Switch(theme, "checkHeatmap")
        self.fade = Switch(theme, "checkFade")
        self.contour = Switch(theme, "checkContour")
        self.truth = Switch(theme, "checkTruth")
        self.mine = Switch(theme, "checkMyMask")
        self.model = Switch(theme, "checkModelMask")
        self.axes = Switch(theme, "checkAxes")
        self.background = QComboBox()
        self.background.setObjectName("comboBackground")
        self.background.addItems(list(BACKGROUNDS))
        self.contour_at = QComboBox()
        self.contour_at.setObjectName("comboContourAt")
        self.contour_at.addItems(["", ""])
        self.level = number_field("spinContourAt")
        self.level.setKeyboardTracking(False)
        self.opacity = QSlider(Qt.Orientation.Horizontal)
        self.opacity.setObjectName("sliderOpacity")
        self.opacity.setRange(0, 100)
        self.opacity.setSingleStep(5)
        self._percent = figure_label("fact")
        self.colours = QComboBox()
        self.colours.setObjectName("comboColormap")
        self.colours.addItems(COLOUR_MAPS)
        self.range = QWidget()
        self.range.setObjectName("groupRange")
        self.ranges = [QRadioButton() for _ in RANGES]
        self.low, self.high = number_field(), number_field()
        self.points = QSlider(Qt.Orientation.Horizontal)
        self.points.setRange(1, 8)
        self.colour_by = QComboBox()
        self.colour_by.setObjectName("combo3dColour")
        self.colour_by.addItems(list(COLOUR_BY))
        for field in (self.low, self.high, self.level):
            field.setMinimumWidth(theme.px(64))
        for combo in (self.colours, self.colour_by, self.background, self.contour_at):
            combo.setMinimumWidth(theme.px(64))
        self.width_slider = QSlider(Qt.Orientation.Horizontal)
        self.width_slider.setObjectName("sliderContour")
        self.width_slider.setRange(1, 4)
        self._names: dict[str, QLabel] = {}
        self._build()
        self._connect()
        overlay.changed.connect(self._read_state)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every word again."""
        words = {
            "heatmap": self.tr("Heatmap"),
            "opacity": self.tr("Opacity"),
            "fade": self.tr("Fade low scores"),
            "colours": self.tr("Colours"),
            "range": self.tr("Range"),
            "contour": self.tr("Contour"),
            "contour_at": self.tr("Contour at"),
            "truth": self.tr("Ground truth"),
            "mine": self.tr("Your mask"),
            "model": self.tr("Mask of the model"),
            "background": self.tr("3D background"),
            "axes": self.tr("Axes"),
            "points": self.tr("Point size"),
            "colour_by": self.tr("3D colouring"),
            "contour_size": self.tr("Contour width"),
        }
        for key, name in self._names.items():
            name.setText(words[key])
            control = self.width_slider if key == "contour_size" else getattr(self, key)
            control.setAccessibleName(words[key])
        for radio, text in zip(
            self.ranges, (self.tr("class"), self.tr("sample"), self.tr("fixed")), strict=True
        ):
            radio.setText(text)
        words_3d = (self.tr("score"), self.tr("photo"), self.tr("height"), self.tr("distance from normal"))
        for at, text in enumerate(words_3d):
            self.colour_by.setItemText(at, text)
        for at, text in enumerate((self.tr("threshold"), self.tr("value"))):
            self.contour_at.setItemText(at, text)
        for at, text in enumerate((self.tr("theme"), self.tr("dark"), self.tr("light"))):
            self.background.setItemText(at, text)
        self.level.setAccessibleName(self.tr("Score at which the contour runs"))
        self.low.setAccessibleName(self.tr("Low end of the colours"))
        self.high.setAccessibleName(self.tr("High end of the colours"))
        self._read_state()

    def _build(self) -> None:
        grid = QGridLayout()
        grid.setVerticalSpacing(8)
        grid.setHorizontalSpacing(12)
        grid.setColumnStretch(1, 1)
        radios = QHBoxLayout(self.range)
        radios.setContentsMargins(0, 0, 0, 0)
        radios.setSpacing(10)
        group = QButtonGroup(self)
        for radio in self.ranges:
            group.addButton(radio)
            radios.addWidget(radio)
        radios.addStretch(1)
        ends = QHBoxLayout()
        ends.addWidget(self.low)
        ends.addWidget(QLabel("–"))
        ends.addWidget(self.high)
        rows: list[tuple[str, QWidget | QHBoxLayout]] = [
            ("heatmap", _right(self.heatmap)),
            ("opacity", _beside(self.opacity, self._percent)),
            ("fade", _right(self.fade)),
            ("colours", self.colours),
            ("range", ends),
            ("", self.range),
            ("line", line()),
            ("contour", _right(self.contour)),
            ("contour_size", self.width_slider),
            ("contour_at", _both(self.contour_at, self.level)),
            ("line", line()),
            ("truth", _right(self.truth)),
            ("mine", _right(self.mine)),
            ("model", _right(self.model)),
            ("line", line()),
            ("colour_by", self.colour_by),
            ("points", self.points),
            ("background", self.background),
            ("axes", _right(self.axes)),
        ]
        ends.setSpacing(6)
        for at, (key, control) in enumerate(rows):
            self._add_row(grid, at, key, control)
        inside = QWidget()
        inside.setProperty("surface", "none")
        column = QVBoxLayout(inside)
        column.setContentsMargins(14, 14, 14, 14)
        column.addLayout(grid)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)

    def _add_row(self, grid: QGridLayout, at: int, key: str, control: QWidget | QHBoxLayout) -> None:
        if key == "line" and isinstance(control, QWidget):
            grid.addWidget(control, at, 0, 1, 2)
            return
        if key:
            self._names[key] = label("quiet")
            grid.addWidget(self._names[key], at, 0)
        if isinstance(control, QWidget):
            grid.addWidget(control, at, bool(key), 1, 1 if key else 2)
        else:
            grid.addLayout(control, at, 1)

    def _connect(self) -> None:
        for switch, name in (
            (self.heatmap, "visible"),
            (self.fade, "fade"),
            (self.contour, "contour"),
            (self.truth, "truth_on"),
            (self.mine, "my_mask_on"),
            (self.model, "model_mask_on"),
            (self.axes, "axes_on"),
        ):
            switch.toggled.connect(lambda on, name=name: setattr(self._overlay, name, on))
        self.opacity.valueChanged.connect(self._on_opacity)
        self.colour_by.activated.connect(lambda at: setattr(self._overlay, "colour_by_3d", COLOUR_BY[at]))
        self.background.activated.connect(lambda at: setattr(self._overlay, "background_3d", BACKGROUNDS[at]))
        self.contour_at.activated.connect(self._on_contour_at)
        self.level.valueChanged.connect(self._on_level)
        self.width_slider.valueChanged.connect(lambda wide: setattr(self._overlay, "contour_width", wide))
        self.points.valueChanged.connect(lambda size: setattr(self._overlay, "point_size", size))
        self.colours.currentTextChanged.connect(lambda name: setattr(self._overlay, "colour_map", name))
        for radio, mode in zip(self.ranges, RANGES, strict=True):
            radio.toggled.connect(lambda on, mode=mode: self._on_range(on, mode))
        self.low.editingFinished.connect(self._on_ends)
        self.high.editingFinished.connect(self._on_ends)

    def _read_state(self) -> None:
        state = self._overlay
        for control, on in (
            (self.heatmap, state.visible),
            (self.fade, state.fade),
            (self.contour, state.contour),
            (self.truth, state.truth_on),
            (self.mine, state.my_mask_on),
            (self.model, state.model_mask_on),
            (self.axes, state.axes_on),
            (self.ranges[RANGES.index(state.range_mode)], True),
        ):
            control.setChecked(on)
        self.opacity.setValue(round(state.opacity * 100))
        self._percent.setText(f"{round(state.opacity * 100)} %")
        self._percent.setMinimumWidth(self._percent.fontMetrics().horizontalAdvance("100 %"))
        self.points.setValue(state.point_size)
        self.width_slider.setValue(state.contour_width)
        self.background.setCurrentIndex(BACKGROUNDS.index(state.background_3d))
        self.contour_at.setCurrentIndex(int(state.contour_value is not None))
        self.level.setEnabled(state.contour_value is not None)
        self._show_level(state.contour_level)
        self.colour_by.setCurrentIndex(COLOUR_BY.index(state.colour_by_3d))
        self.colours.setCurrentText(state.colour_map)
        for spin, value in ((self.low, state.low), (self.high, state.high)):
            spin.setEnabled(state.range_mode == "fixed")
            if not spin.hasFocus():
                spin.setValue(value)

    def _on_opacity(self, percent: int) -> None:
        if percent != round(self._overlay.opacity * 100):
            self._overlay.opacity = percent / 100

    def _on_range(self, on: bool, mode: RangeMode) -> None:
        if on:
            self._overlay.choose_range(mode)

    def _show_level(self, level: float | None) -> None:
        self.level.blockSignals(True)
        if self.level.value() != round(level or 0.0, self.level.decimals()):
            self.level.setValue(level or 0.0)
        self.level.blockSignals(False)

    def _on_contour_at(self, at: int) -> None:
        """A typed value begins where the contour is."""
        self._overlay.contour_value = (self._overlay.contour_level or 0.0) if at else None

    def _on_level(self, value: float) -> None:
        if self._overlay.contour_value is not None:
            self._overlay.contour_value = value

    def _on_ends(self) -> None:
        if self._overlay.range_mode == "fixed":
            self._overlay.change(low=self.low.value(), high=self.high.value())


def _right(control: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(control)
    return row


def _both(choice: QWidget, value: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(6)
    row.addWidget(choice, 5)
    row.addWidget(value, 3)
    return row


def _beside(control: QWidget, value: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(control, 1)
    row.addWidget(value)
    return row
