"""The user's settings; each acts at once and can be taken back."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QSlider, QWidget

from core.settings import Language, Settings
from core.settings import Theme as Wish
from gui.dialogs.framed_dialog import FramedDialog
from gui.theme import Theme
from gui.widgets.number_field import count_field
from gui.widgets.segmented import Segmented
from gui.widgets.switch import Switch
from gui.widgets.text import figure_label, label

THEMES: tuple[Wish, ...] = ("system", "light", "dark")
LANGUAGES: tuple[Language, ...] = ("system", "en", "zh_CN")
DEVICES = ("auto", "cpu", "cuda")


class SettingsDialog(FramedDialog):
    """`changed` carries the new settings."""

    changed = Signal(object)

    def __init__(self, theme: Theme, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(theme, "dialogSettings", 520, parent)
        self.settings = settings
        self.themes = Segmented(theme, "groupTheme")
        self.languages = QComboBox()
        self.font_size = QSlider(Qt.Orientation.Horizontal)
        self._percent = figure_label("fact")
        self.threads = count_field("spinThreads", 256)
        self.devices = QComboBox()
        self.operator = QLineEdit()
        self.motion = Switch(theme, "checkReducedMotion")
        self._names = [label("quiet") for _ in range(7)]
        self.reset = self.add_button()
        self.finish = self.add_button(primary=True)
        self._build()
        self._connect()
        self.retranslate()
        self.finish.setFocus()

    def retranslate(self) -> None:
        """Set every word again."""
        self.title.setText(self.tr("Settings"))
        texts = (
            self.tr("Theme"),
            self.tr("Language"),
            self.tr("Font size"),
            self.tr("Reduced motion"),
            self.tr("Operator"),
            self.tr("Device"),
            self.tr("Threads"),
        )
        controls: tuple[QWidget, ...] = (
            self.themes,
            self.languages,
            self.font_size,
            self.motion,
            self.operator,
            self.devices,
            self.threads,
        )
        for name, control, text in zip(self._names, controls, texts, strict=True):
            name.setText(text)
            control.setAccessibleName(text)
        words = (self.tr("System"), self.tr("Light"), self.tr("Dark"))
        self.themes.set_words(dict(zip(THEMES, words, strict=True)))
        for at, text in enumerate((self.tr("System"), "English", "简体中文")):
            self.languages.setItemText(at, text)
        for at, text in enumerate((self.tr("automatic"), "CPU", "GPU")):
            self.devices.setItemText(at, text)
        self.threads.setSpecialValueText(self.tr("automatic"))
        self.operator.setPlaceholderText(self.tr("written beside each verdict"))
        self.note.setText(self.tr("Every change acts at once."))
        self.reset.setText(self.tr("Reset"))
        self.finish.setText(self.tr("Done"))

    def _build(self) -> None:
        for key in THEMES:
            self.themes.add(key, word=key)
        self.languages.addItems(list(LANGUAGES))
        self.devices.addItems(list(DEVICES))
        self.font_size.setRange(8, 20)
        size = QHBoxLayout()
        size.addWidget(self.font_size, 1)
        size.addWidget(self._percent)
        grid = QGridLayout()
        grid.setVerticalSpacing(10)
        grid.setHorizontalSpacing(20)
        grid.setColumnStretch(1, 1)
        for row, name in enumerate(self._names):
            grid.addWidget(name, row, 0)
        left = Qt.AlignmentFlag.AlignLeft
        grid.addWidget(self.themes, 0, 1, left)
        grid.addWidget(self.languages, 1, 1, left)
        grid.addLayout(size, 2, 1)
        grid.addWidget(self.motion, 3, 1, left)
        grid.addWidget(self.operator, 4, 1)
        grid.addWidget(self.devices, 5, 1, left)
        grid.addWidget(self.threads, 6, 1, left)
        self.threads.setFixedWidth(self._theme.px(120))
        for combo in (self.languages, self.devices):
            combo.setMinimumWidth(self._theme.px(120))
        self.content.addLayout(grid)
        self._read()

    def _connect(self) -> None:
        self.themes.chosen.connect(lambda key: self._change(theme=key))
        self.languages.activated.connect(lambda at: self._change(language=LANGUAGES[at]))
        self.font_size.valueChanged.connect(lambda tens: self._change(font_percent=tens * 10))
        self.motion.toggled.connect(lambda on: self._change(reduced_motion=on))
        self.operator.editingFinished.connect(lambda: self._change(operator=self.operator.text()))
        self.devices.activated.connect(lambda at: self._change(device=DEVICES[at]))
        self.threads.valueChanged.connect(lambda count: self._change(threads=count))
        self.reset.clicked.connect(self._on_reset)
        self.finish.clicked.connect(self.accept)

    def _read(self) -> None:
        settings = self.settings
        self.themes.choose(settings.theme)
        self.languages.setCurrentIndex(LANGUAGES.index(settings.language))
        self.font_size.setValue(round(settings.font_percent / 10))
        self._percent.setText(f"{settings.font_percent} %")
        self.motion.setChecked(settings.reduced_motion)
        self.operator.setText(settings.operator)
        self.devices.setCurrentIndex(DEVICES.index(settings.device) if settings.device in DEVICES else 0)
        self.threads.setValue(settings.threads)

    def _change(self, **values: Any) -> None:
        changed = self.settings.with_changes(**values)
        if changed != self.settings:
            self.settings = changed
            self._percent.setText(f"{changed.font_percent} %")
            self.changed.emit(changed)

    def _on_reset(self) -> None:
        fresh = Settings(recent=self.settings.recent, other=self.settings.other)
        if fresh != self.settings:
            self.settings = fresh
            self._read()
            self.changed.emit(fresh)
