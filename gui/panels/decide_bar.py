"""The controls above the histogram: which line, from which data, by which preset, and where it is."""

from __future__ import annotations

import math
from dataclasses import replace

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QHBoxLayout, QToolButton, QWidget

from core.state.session_state import SessionState
from core.state.tune_state import TuneState
from gui.panels.tune_words import DATA, PRESETS
from gui.theme import Theme
from gui.tokens import Tokens
from gui.translator import word
from gui.widgets.badge import Badge
from gui.widgets.flow_row import FlowRow
from gui.widgets.live_widget import LiveWidget
from gui.widgets.number_field import number_field
from gui.widgets.segmented import Segmented
from gui.widgets.text import button, label


class DecideBar(LiveWidget):
    """Says what is wanted: `typed` and `lower_typed` carry places of the lines, None for no lower one."""

    level_chosen = Signal(str)
    data_chosen = Signal(str)
    class_chosen = Signal(str)
    preset_chosen = Signal(str)
    options_changed = Signal(object)
    typed = Signal(float)
    lower_typed = Signal(object)
    asked = Signal()

    def __init__(self, theme: Theme, session: SessionState, tune: TuneState) -> None:
        super().__init__()
        self._theme = theme
        self._session = session
        self._tune = tune
        self._is_full = False
        self.level = Segmented(theme, "comboLevel")
        self.data, self.classes, self.preset = QComboBox(), QComboBox(), QComboBox()
        self.threshold, self.low = number_field("spinThreshold"), number_field("spinThresholdLow")
        self.rate, self.quantile = _percent("spinRate"), _percent("spinQuantile")
        self.margin, self.least_area = number_field("spinMargin"), number_field("spinToleranceArea")
        self.least_depth = number_field("spinToleranceDepth")
        self.band = button("ghost", "btnBand", small=True)
        self.info = QToolButton()
        self.badge = Badge(theme, "warning")
        self._names = {key: label("quiet") for key in ("level", "data", "class", "preset", "threshold")}
        self._says = {key: label("quiet") for key in ("rate", "quantile", "margin", "area", "depth")}
        self._params: dict[str, list[QWidget]] = {}
        self._build()
        self._connect()
        theme.changed.connect(self._on_theme)
        self._on_theme(theme.tokens)
        self.retranslate()

    def set_full(self, is_full: bool) -> None:
        """Everything, or what a dock beside the views has room for."""
        self._is_full = is_full
        self._data_group.setVisible(is_full)
        self._class_group.setVisible(is_full)
        for key in ("level", "preset", "threshold"):
            self._names[key].setVisible(is_full)
        self.threshold.setPrefix("" if is_full else "T ")
        self.preset.setMaximumWidth(self._theme.px(400 if is_full else 146))
        self.read_state()

    def add_tool(self, tool: QWidget) -> None:
        """Put a button behind everything else."""
        row = self.layout()
        assert row is not None
        row.addWidget(tool)

    def hasHeightForWidth(self) -> bool:
        """It sets its height itself, so that what lies below keeps its own."""
        return False

    def event(self, event: QEvent) -> bool:
        """More or wider controls, or less room, may want another line."""
        done = super().event(event)
        row = self.layout()
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize) and row is not None:
            wanted = row.heightForWidth(self.width())
            if wanted != self.height() or wanted != self.minimumHeight():
                self.setFixedHeight(wanted)
        return done

    def retranslate(self) -> None:
        """Set every word again."""
        words = {
            "level": self.tr("Level"),
            "data": self.tr("Data"),
            "class": self.tr("Class"),
            "preset": self.tr("Preset"),
            "threshold": self.tr("Threshold"),
        }
        says = {
            "rate": self.tr("Share"),
            "quantile": self.tr("Quantile"),
            "margin": self.tr("Margin"),
            "area": self.tr("Minimum area"),
            "depth": self.tr("Minimum depth"),
        }
        for key, text in words.items():
            self._names[key].setText(text)
        for key, text in says.items():
            self._says[key].setText(text)
        self.level.set_words({"image": self.tr("Image"), "pixel": self.tr("Pixel")})
        self.level.setAccessibleName(self.tr("Level"))
        for combo, text in ((self.data, "Data"), (self.classes, "Class"), (self.preset, "Preset")):
            combo.setAccessibleName(word(text))
        fields = (
            (self.threshold, self.tr("Threshold")),
            (self.low, self.tr("Lower line: from here to the threshold is REVIEW")),
            (self.rate, self.tr("Share of the good parts that may be called NG")),
            (self.quantile, self.tr("Quantile of the scores of good parts")),
            (self.margin, self.tr("Margin on top, in quartile ranges")),
            (self.least_area, self.tr("Smaller regions do not count, mm²")),
            (self.least_depth, self.tr("Shallower regions do not count, mm; 0 for any depth")),
        )
        for field, text in fields:
            field.setAccessibleName(text)
            field.setToolTip(text)
        self.margin.setPrefix("+ ")
        self.least_area.setSuffix(" mm²")
        self.least_depth.setSuffix(" mm")
        self.info.setToolTip(self.tr("How this was chosen"))
        self.info.setAccessibleName(self.tr("How this was chosen"))
        self._fill_presets()
        self.read_state()

    def read_state(self) -> None:
        """Show the lines, and how they came to be."""
        tune = self._tune
        self.level.choose(tune.level)
        self._read_choices()
        line, is_locked = tune.line, self._session.is_read_only
        is_image = tune.level == "image"
        lower = line.lower if line is not None else None
        for field, value in ((self.threshold, line.value if line else None), (self.low, lower)):
            field.setEnabled(value is not None and not is_locked)
            if value is not None and not field.hasFocus():
                field.blockSignals(True)
                field.setDecimals(_decimals(value))
                field.setValue(value)
                field.blockSignals(False)
        self.low.setVisible(lower is not None and is_image)
        self.band.setVisible(is_image and line is not None)
        self.band.setEnabled(not is_locked)
        is_there = lower is not None
        self.band.setText(self.tr("REVIEW band") if self._is_full and not is_there else "")
        tip = (
            self.tr("Take the lower line away")
            if is_there
            else self.tr("Add a lower line: what lies between is REVIEW")
        )
        self.band.setToolTip(tip)
        self.band.setAccessibleName(tip)
        self.band.setIcon(self._theme.icon("close" if is_there else "plus", size=14))
        self.preset.setEnabled(not is_locked and tune.table is not None)
        self._read_badge()

    def _build(self) -> None:
        for key in ("image", "pixel"):
            self.level.add(key, word=key)
        for combo, name in ((self.data, "comboData"), (self.classes, "comboTuneClass")):
            combo.setObjectName(name)
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.preset.setObjectName("comboPreset")
        self.preset.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.info.setObjectName("btnHowChosen")
        for field in (self.threshold, self.low, self.rate, self.quantile, self.margin):
            field.setKeyboardTracking(False)
        for field in (self.least_area, self.least_depth):
            field.setKeyboardTracking(False)
        self.margin.setDecimals(2)
        self.least_area.setDecimals(2)
        self.least_depth.setDecimals(2)
        self.least_area.setRange(0.0, 1e6)
        self.least_depth.setRange(0.0, 1e3)
        self.margin.setRange(-100.0, 100.0)
        says = self._says
        self._params = {
            "false_alarms": [_group(says["rate"], self.rate)],
            "good_only": [_group(says["quantile"], self.quantile), _group(says["margin"], self.margin)],
            "tolerance": [_group(says["area"], self.least_area), _group(says["depth"], self.least_depth)],
        }
        row = FlowRow(12, 6, self)
        names = self._names
        row.addWidget(_group(names["level"], self.level))
        self._data_group = _group(names["data"], self.data)
        self._class_group = _group(names["class"], self.classes)
        row.addWidget(self._data_group)
        row.addWidget(self._class_group)
        row.addWidget(_group(names["preset"], self.preset))
        for groups in self._params.values():
            for group in groups:
                row.addWidget(group)
        row.addWidget(_group(names["threshold"], self.low, self.threshold, self.info, self.band))
        row.addWidget(self.badge)

    def _connect(self) -> None:
        self.level.chosen.connect(self.level_chosen)
        self.data.activated.connect(lambda at: self.data_chosen.emit(self.data.itemData(at)))
        self.classes.activated.connect(lambda at: self.class_chosen.emit(self.classes.itemData(at)))
        self.preset.activated.connect(self._on_preset)
        self.threshold.editingFinished.connect(self._on_typed)
        self.low.editingFinished.connect(self._on_lower_typed)
        self.band.clicked.connect(self._on_band)
        self.info.clicked.connect(self.asked)
        for field in (self.rate, self.quantile, self.margin, self.least_area, self.least_depth):
            field.editingFinished.connect(self._on_params)

    def _fill_presets(self) -> None:
        self.preset.blockSignals(True)
        self.preset.clear()
        for key, words in PRESETS.items():
            self.preset.addItem(word(words), key)
        self.preset.blockSignals(False)

    def _read_choices(self) -> None:
        tune, session = self._tune, self._session
        wanted: list[tuple[str, str]] = [
            (word(DATA[split]), split) for split in tune.available or (tune.data,)
        ]
        _refill(self.data, wanted, tune.data)
        _refill(self.classes, [(word(name), name) for name in session.class_names], session.class_name)
        self.data.setEnabled(len(wanted) > 1)
        preset = tune.preset
        self.preset.setCurrentIndex(self.preset.findData(preset))
        for key, widgets in self._params.items():
            for widget in widgets:
                widget.setVisible(key == preset)
        options = tune.options
        values = (
            (self.rate, 100 * options.rate),
            (self.quantile, 100 * options.quantile),
            (self.margin, options.margin),
            (self.least_area, options.least_mm2),
            (self.least_depth, options.least_depth_mm),
        )
        for field, value in values:
            if not field.hasFocus():
                field.blockSignals(True)
                field.setValue(value)
                field.blockSignals(False)

    def _read_badge(self) -> None:
        """Optimistic before anything else; else what a line from good parts alone was drawn from."""
        tune, model = self._tune, self._session.model
        kept = tune.kept
        if kept is not None and kept.is_optimistic:
            self.badge.set_text(self.tr("tuned on reported data"), "warning")
        elif model is not None and model.is_stale:
            self.badge.set_text(self.tr("model is stale"), "warning")
        elif tune.is_partial and tune.inspected:
            text = self.tr("{done} of {total} inspected").format(done=tune.inspected, total=tune.parts)
            self.badge.set_text(text, "warning")
        elif kept is not None and kept.preset == "good_only":
            self.badge.set_text(self.tr("from good parts only"), "neutral")
        elif kept is not None and kept.preset == "manual":
            self.badge.set_text(self.tr("set by hand"), "neutral")
        else:
            self.badge.set_text("")
        self.badge.setVisible(bool(self.badge.text()))

    def _on_preset(self, at: int) -> None:
        preset = self.preset.itemData(at)
        if preset != "manual":
            self.preset_chosen.emit(preset)
        self.read_state()

    def _on_params(self) -> None:
        before = self._tune.options
        options = replace(
            before,
            rate=round(self.rate.value() / 100, 6),
            quantile=round(self.quantile.value() / 100, 6),
            margin=self.margin.value(),
            least_mm2=self.least_area.value(),
            least_depth_mm=self.least_depth.value(),
        )
        if options != before:
            self.options_changed.emit(options)
            self.preset_chosen.emit(self.preset.currentData())

    def _on_typed(self) -> None:
        line = self._tune.line
        if line is not None and _differs(self.threshold, line.value):
            self.typed.emit(self.threshold.value())

    def _on_lower_typed(self) -> None:
        line = self._tune.line
        if line is not None and line.lower is not None and _differs(self.low, line.lower):
            self.lower_typed.emit(self.low.value())

    def _on_band(self) -> None:
        """A new lower line lies a seventh of the way down to the lowest score."""
        line, table = self._tune.line, self._tune.table
        if line is None:
            return
        if line.lower is not None:
            self.lower_typed.emit(None)
            return
        low = float(table.scores.min()) if table is not None and table.scores.size else 0.0
        self.lower_typed.emit(line.value - max(abs(line.value - low), 1e-6) / 7)

    def _on_theme(self, look: Tokens) -> None:
        self.info.setIcon(self._theme.icon("info"))
        for field, wide in (
            (self.threshold, 80),
            (self.low, 80),
            (self.rate, 68),
            (self.quantile, 72),
            (self.margin, 64),
            (self.least_area, 84),
            (self.least_depth, 84),
        ):
            field.setFixedWidth(self._theme.px(wide))
        self.preset.setMaximumWidth(self._theme.px(400 if self._is_full else 146))


def _group(*parts: QWidget) -> QWidget:
    """Parts that stay beside each other when the row is broken."""
    made = QWidget()
    made.setProperty("surface", "none")
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    for part in parts:
        row.addWidget(part)
    return made


def _percent(name: str) -> QDoubleSpinBox:
    made = number_field(name)
    made.setRange(0.0, 100.0)
    made.setDecimals(2)
    made.setSuffix(" %")
    return made


def _decimals(value: float) -> int:
    """Enough for four significant digits."""
    size = abs(value)
    return 3 if not math.isfinite(size) or size == 0 else min(9, max(0, 3 - math.floor(math.log10(size))))


def _differs(field: QDoubleSpinBox, value: float) -> bool:
    return bool(abs(field.value() - value) > 10 ** -field.decimals() / 2)


def _refill(combo: QComboBox, items: list[tuple[str, str]], chosen: str) -> None:
    """Only where the list is another, so that an open one stays open."""
    now = [(combo.itemText(at), combo.itemData(at)) for at in range(combo.count())]
    if now != items:
        combo.blockSignals(True)
        combo.clear()
        for text, key in items:
            combo.addItem(text, key)
        combo.blockSignals(False)
    combo.setCurrentIndex(combo.findData(chosen))
