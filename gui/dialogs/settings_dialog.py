"""The user's settings, page by page; each acts at once and can be taken back."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from core.paths import home
from core.settings import Settings
from core.state.results_state import Mark
from gui.dialogs.framed_dialog import FramedDialog
from gui.dialogs.keys_page import KeysPage
from gui.dialogs.settings_rows import PAGES, ROWS, SettingControls
from gui.theme import Theme
from gui.translator import word
from gui.widgets.marks import VerdictChip
from gui.widgets.text import button, label

WIDE = ("operator", "font_percent", "point_size", "report_company", "report_logo")


class SettingsDialog(FramedDialog):
    """objectName dialogSettings; `changed` carries the new settings."""

    changed = Signal(object)

    def __init__(self, theme: Theme, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(theme, "dialogSettings", 720, parent)
        self.settings = settings
        self.controls = SettingControls(theme)
        self.themes, self.font_size = self.controls.themes, self.controls.font_size
        self.motion, self.threads = self.controls.switches["reduced_motion"], self.controls.threads
        self.keys = KeysPage(theme)
        self.search, self.pages_list, self.pages = QLineEdit(), QListWidget(), QStackedWidget()
        self._names: dict[str, QLabel] = {}
        self._chips = [VerdictChip(theme) for _ in range(3)]
        self.folder = button("link")
        self.reset, self.finish = self.add_button(), self.add_button(primary=True)
        self._build()
        self._connect()
        self.retranslate()
        self._read()
        self.finish.setFocus()

    def retranslate(self) -> None:
        """Set every word again."""
        self.title.setText(self.tr("Settings"))
        self.search.setPlaceholderText(self.tr("Search settings"))
        self.search.setAccessibleName(self.tr("Search settings"))
        self.pages_list.setAccessibleName(self.tr("Settings"))
        for at, title in enumerate(PAGES.values()):
            self.pages_list.item(at).setText(word(title))
        for rows in ROWS.values():
            for name, text in rows:
                self._names[name].setText(word(text))
        self.controls.retranslate()
        self.folder.setText(self.tr("Open the folder of the settings"))
        self.note.setText(self.tr("Every change acts at once. Nothing is sent anywhere."))
        self.reset.setText(self.tr("Reset this page"))
        self.finish.setText(self.tr("Done"))

    def show_page(self, key: str) -> None:
        """Bring a page to the front."""
        self.pages_list.setCurrentRow(list(PAGES).index(key))

    def _build(self) -> None:
        self.pages_list.setFixedWidth(self._theme.px(150))
        self.pages_list.setProperty("kind", "menu")
        for key in PAGES:
            self.pages_list.addItem(key)
            self.pages.addWidget(self.keys if key == "keys" else self._page(key))
        self.pages.setFixedHeight(self._theme.px(330))
        left = QVBoxLayout()
        left.addWidget(self.search)
        left.addWidget(self.pages_list, 1)
        self.search.setFixedWidth(self._theme.px(150))
        across = QHBoxLayout()
        across.setSpacing(self._theme.px(20))
        across.addLayout(left)
        across.addWidget(self.pages, 1)
        self.content.addLayout(across)

    def _page(self, key: str) -> QWidget:
        page = QWidget()
        grid = QGridLayout()
        grid.setVerticalSpacing(12)
        grid.setHorizontalSpacing(20)
        grid.setColumnStretch(1, 1)
        for row, (name, _) in enumerate(ROWS[key]):
            self._names[name] = label("quiet", wraps=True)
            grid.addWidget(self._names[name], row, 0)
            widget = self.controls.widgets[name]
            is_wide = name in WIDE
            left = Qt.AlignmentFlag.AlignLeft
            grid.addWidget(widget, row, 1, *(() if is_wide else (left,)))
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 4, 0, 0)
        column.addLayout(grid)
        if key == "appearance":
            column.addSpacing(12)
            column.addLayout(self._preview())
        if key == "advanced":
            column.addWidget(self.folder, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        return page

    def _preview(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        for chip, mark in zip(self._chips, (Mark.OK, Mark.NG, Mark.REVIEW), strict=True):
            chip.set_mark(mark)
            row.addWidget(chip)
        row.addStretch(1)
        return row

    def _connect(self) -> None:
        self.controls.changed.connect(self._on_control)
        self.keys.changed.connect(lambda chosen: self._change(keys=chosen))
        self.pages_list.currentRowChanged.connect(self.pages.setCurrentIndex)
        self.pages_list.setCurrentRow(0)
        self.search.textChanged.connect(self._on_find)
        self.folder.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(home()))))
        self.reset.clicked.connect(self._on_reset)
        self.finish.clicked.connect(self.accept)

    def _read(self) -> None:
        self.controls.read(self.settings)
        self.keys.show_keys(self.settings.keys)

    def _on_control(self, name: str, value: object) -> None:
        self._change(**{name: value})

    def _change(self, **values: object) -> None:
        changed = self.settings.with_changes(**values)
        if changed != self.settings:
            self.settings = changed
            self.changed.emit(changed)

    def _on_reset(self) -> None:
        """The settings of the page that is shown, as they were at first."""
        page = list(PAGES)[self.pages_list.currentRow()]
        names = ["keys"] if page == "keys" else [name for name, _ in ROWS[page]]
        usual = Settings()
        self._change(**{name: getattr(usual, name) for name in names})
        self._read()

    def _on_find(self, text: str) -> None:
        """Go to the first page that has what is typed, and mark it."""
        wanted = text.strip().casefold()
        found = [
            (page, name)
            for page, rows in ROWS.items()
            for name, words in rows
            if wanted and (wanted in word(words).casefold() or wanted in name)
        ]
        for name, shown in self._names.items():
            shown.setProperty("role", "strong" if name in {hit for _, hit in found} else "quiet")
            shown.style().unpolish(shown)
            shown.style().polish(shown)
        if found:
            self.show_page(found[0][0])
