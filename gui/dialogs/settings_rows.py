"""Every setting as a row: its page, its words, and the control that changes it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_args

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QHBoxLayout, QLabel, QLineEdit, QSlider, QWidget

from core.colour_maps import COLOUR_MAPS
from core.phrase import Phrase, say
from core.settings import Language, Settings
from core.settings import Theme as Wish
from gui.dialogs.setting_fields import FormBoxes, PathField
from gui.theme import Theme
from gui.translator import word
from gui.widgets.number_field import count_field, give_room
from gui.widgets.segmented import Segmented
from gui.widgets.switch import Switch
from gui.widgets.text import figure_label

THEMES: tuple[Wish, ...] = get_args(Wish)
LANGUAGES: tuple[Language, ...] = get_args(Language)
DEVICES = ("auto", "cpu", "cuda")
SWITCHES = (
    "restore_session",
    "show_tips",
    "keep_zoom",
    "reduced_motion",
    "software_gl",
    "report_anonymous",
    "live_newest_first",
    "live_csv",
    "live_json",
)
REPORT_LANGUAGES = ("window", "en", "zh_CN")
MISSING = ("incomplete", "alone")
PICTURES = ("ng", "all", "none")
LEVELS = ("debug", "info", "warning", "error")
PAGES = {
    "general": say("General"),
    "appearance": say("Appearance"),
    "language": say("Language"),
    "compute": say("Compute"),
    "storage": say("Storage"),
    "keys": say("Keys"),
    "report": say("Report"),
    "live": say("Live"),
    "advanced": say("Advanced"),
}
ROWS: dict[str, tuple[tuple[str, Phrase], ...]] = {
    "general": (
        ("operator", say("Operator")),
        ("restore_session", say("Begin where you were")),
        ("show_tips", say("Show tips")),
        ("keep_zoom", say("Keep zoom and camera from part to part")),
    ),
    "appearance": (
        ("theme", say("Theme")),
        ("font_percent", say("Font size")),
        ("colour_map", say("Colours of new projects")),
        ("point_size", say("Point size of new projects")),
        ("reduced_motion", say("Reduced motion")),
    ),
    "language": (("language", say("Language")),),
    "compute": (("device", say("Device")), ("threads", say("Threads"))),
    "storage": (("cache_limit_gb", say("Room for prepared parts and for features, in GB")),),
    "keys": (),
    "report": (
        ("report_company", say("Line of the company")),
        ("report_logo", say("Logo")),
        ("report_language", say("Language of reports")),
        ("report_forms", say("Forms")),
        ("report_worst", say("How many of the worst parts")),
        ("report_anonymous", say("No names of folders")),
    ),
    "live": (
        ("live_partner_s", say("Wait for image or cloud, in seconds")),
        ("live_missing", say("When the other sensor never comes")),
        ("live_newest_first", say("Newest part first")),
        ("live_pictures", say("Pictures of parts")),
        ("live_csv", say("Write a CSV line for each part")),
        ("live_json", say("Write a JSON line for each part")),
    ),
    "advanced": (
        ("software_gl", say("Draw 3D without the graphics card, from the next start")),
        ("log_level", say("Lines in the log")),
    ),
}


class SettingControls(QObject):
    """Makes one control for each setting; `changed` carries (name, value)."""

    changed = Signal(str, object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.widgets: dict[str, QWidget] = {}
        self._readers: dict[str, Callable[[Any], object]] = {}
        self.themes = Segmented(theme, "groupTheme")
        for key in THEMES:
            self.themes.add(key, word=key)
        self.font_size, self._percent = _slider(8, 20), figure_label("fact")
        self.point_size, self._points = _slider(1, 8), figure_label("fact")
        self.switches = {name: Switch(theme, name) for name in SWITCHES}
        self.operator = QLineEdit()
        self.company, self.logo = QLineEdit(), PathField("editLogo")
        self.forms = FormBoxes()
        self.worst = count_field("spinReportWorst", 200)
        self.partner = _seconds()
        self.threads = count_field("spinThreads", 256)
        self.cache = _gigabytes()
        self._make()

    def read(self, settings: Settings) -> None:
        """Show these settings."""
        for name, show in self._readers.items():
            show(getattr(settings, name))

    def retranslate(self) -> None:
        """Set every word again."""
        words = (word("System"), word("Light"), word("Dark"))
        self.themes.set_words(dict(zip(THEMES, words, strict=True)))
        for combo, texts in (
            (self.combo("language"), (word("System"), "English", "简体中文")),
            (self.combo("device"), (word("automatic"), "CPU", "GPU")),
            (
                self.combo("log_level"),
                tuple(word(level) for level in ("everything", "usual", "warnings", "errors")),
            ),
            (self.combo("report_language"), (word("as the window"), "English", "简体中文")),
            (self.combo("live_missing"), (word("mark it incomplete"), word("judge with one sensor"))),
            (self.combo("live_pictures"), (word("NG only"), word("all"), word("none"))),
        ):
            for at, text in enumerate(texts):
                combo.setItemText(at, text)
        self.threads.setSpecialValueText(word("automatic"))
        self.operator.setPlaceholderText(word("written beside each verdict"))
        self.company.setPlaceholderText(word("stands over every report"))
        self.logo.retranslate()
        self.forms.retranslate()
        for rows in ROWS.values():
            for name, text in rows:
                self.widgets[name].setAccessibleName(word(text))

    def combo(self, name: str) -> QComboBox:
        """The combo box of a setting."""
        found = self.widgets[name]
        assert isinstance(found, QComboBox)
        return found

    def _make(self) -> None:
        self._keep("theme", self.themes, self.themes.choose)
        self.themes.chosen.connect(lambda key: self.changed.emit("theme", key))
        self._keep("operator", self.operator, self.operator.setText)
        self.operator.editingFinished.connect(lambda: self.changed.emit("operator", self.operator.text()))
        for name, switch in self.switches.items():
            self._add_switch(name, switch)
        for name, values in (
            ("language", LANGUAGES),
            ("device", DEVICES),
            ("colour_map", COLOUR_MAPS),
            ("log_level", LEVELS),
            ("report_language", REPORT_LANGUAGES),
            ("live_missing", MISSING),
            ("live_pictures", PICTURES),
        ):
            self._add_combo(name, tuple(values))
        self._add_report()
        self._keep("threads", self.threads, self.threads.setValue)
        self.threads.valueChanged.connect(lambda count: self.changed.emit("threads", count))
        self._keep("cache_limit_gb", self.cache, self.cache.setValue)
        self.cache.valueChanged.connect(lambda size: self.changed.emit("cache_limit_gb", size))
        self._add_slider("font_percent", self.font_size, self._percent, 10, "{value} %")
        self._add_slider("point_size", self.point_size, self._points, 1, "{value}")

    def _add_report(self) -> None:
        tell = self.changed.emit
        self._keep("report_company", self.company, self.company.setText)
        self.company.editingFinished.connect(lambda: tell("report_company", self.company.text()))
        self._keep("report_logo", self.logo, self.logo.set_path)
        self.logo.chosen.connect(lambda path: tell("report_logo", path))
        self._keep("report_forms", self.forms, self.forms.choose)
        self.forms.chosen.connect(lambda forms: tell("report_forms", forms))
        self._keep("report_worst", self.worst, self.worst.setValue)
        self.worst.valueChanged.connect(lambda count: tell("report_worst", count))
        self._keep("live_partner_s", self.partner, self.partner.setValue)
        self.partner.valueChanged.connect(lambda seconds: tell("live_partner_s", seconds))

    def _keep(self, name: str, widget: QWidget, show: Callable[[Any], object]) -> None:
        self.widgets[name] = widget
        self._readers[name] = show

    def _add_switch(self, name: str, switch: Switch) -> None:
        switch.toggled.connect(lambda on: self.changed.emit(name, on))
        self._keep(name, switch, switch.setChecked)

    def _add_combo(self, name: str, values: tuple[str, ...]) -> None:
        combo = QComboBox()
        combo.addItems(list(values))
        combo.setMinimumWidth(self._theme.px(140))
        combo.activated.connect(lambda at: self.changed.emit(name, values[at]))
        self._keep(
            name, combo, lambda value: combo.setCurrentIndex(values.index(value) if value in values else 0)
        )

    def _add_slider(self, name: str, slider: QSlider, figure: QLabel, step: int, text: str) -> None:
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(slider, 1)
        row.addWidget(figure)

        def show(value: int) -> None:
            slider.setValue(round(value / step))
            figure.setText(text.format(value=value))

        def tell(steps: int) -> None:
            figure.setText(text.format(value=steps * step))
            self.changed.emit(name, steps * step)

        slider.valueChanged.connect(tell)
        self._keep(name, whole, show)


def _slider(low: int, high: int) -> QSlider:
    made = QSlider(Qt.Orientation.Horizontal)
    made.setRange(low, high)
    return made


def _seconds() -> QDoubleSpinBox:
    made = QDoubleSpinBox()
    made.setRange(0, 600)
    made.setDecimals(1)
    give_room(made)
    return made


def _gigabytes() -> QDoubleSpinBox:
    made = QDoubleSpinBox()
    made.setRange(1, 2000)
    made.setDecimals(0)
    give_room(made)
    return made
