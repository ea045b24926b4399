"""What a newcomer sees: try the demo, or start with own parts; below it what was open lately."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPixmap,
)
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from core.settings import Language, Settings
from core.settings import Theme as Wish
from gui.icons import pixmap
from gui.recent_list import RecentList
from gui.theme import Theme
from gui.tokens import Tokens
from gui.widgets.live_widget import LiveWidget
from gui.widgets.text import button, label, restyle

_THUMBNAILS = ("demo_1", "demo_2", "demo_3", "demo_4")
WIDE = 800
THEMES: tuple[Wish, ...] = ("system", "light", "dark")
LANGUAGES: tuple[tuple[Language, str], ...] = (("en", "English"), ("zh_CN", "简体中文"))


class DemoStrip(QWidget):
    """Four small pictures of what the demo shows."""

    def __init__(self) -> None:
        super().__init__()
        folder = files("resources") / "welcome"
        self._pictures = [QPixmap(str(folder / f"{name}.png")) for name in _THUMBNAILS]

    def sizeHint(self) -> QSize:
        """As the drop zone beside it."""
        return QSize(350, 100)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Rounded pictures side by side."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        gap, count = 6, len(self._pictures)
        wide = (self.width() - gap * (count - 1)) / count
        for at, picture in enumerate(self._pictures):
            if picture.isNull():
                continue
            shape = QPainterPath()
            shape.addRoundedRect(at * (wide + gap), 0, wide, self.height(), 4, 4)
            painter.setClipPath(shape)
            tall = round(picture.width() * self.height() / wide)
            top = (picture.height() - tall) // 2
            source = picture.copy(0, max(0, top), picture.width(), min(tall, picture.height()))
            painter.drawPixmap(shape.boundingRect().toRect(), source)


class DropZone(QFrame):
    """A place to drop a folder; `dropped` carries its path."""

    dropped = Signal(Path)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "drop")
        self.setAcceptDrops(True)
        self.setFixedHeight(100)
        self.words = label("quiet")
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        QVBoxLayout(self).addWidget(self.words)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Light up for folders."""
        if dropped_folder(event) is not None:
            event.acceptProposedAction()
            self._light(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Go dark."""
        self._light(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the folder."""
        self._light(False)
        folder = dropped_folder(event)
        if folder is not None:
            self.dropped.emit(folder)

    def _light(self, on: bool) -> None:
        self.setProperty("lit", on)
        restyle(self)


def dropped_folder(event: QDropEvent) -> Path | None:
    """The folder that is being dropped, if it is one."""
    paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return paths[0] if len(paths) == 1 and paths[0].is_dir() else None


class WelcomePage(LiveWidget):
    """One column of at most 800 px, wider with larger letters, a little above the centre."""

    folder_dropped = Signal(Path)
    theme_chosen = Signal(str)
    language_chosen = Signal(str)

    def __init__(self, theme: Theme, settings: Settings, machine: str) -> None:
        super().__init__()
        self._theme = theme
        self._machine_text = machine
        self.setObjectName("welcomePage")
        self._column = QWidget()
        self._logo, self._chip = QLabel(), QLabel()
        self._name, self._tagline = label("display"), label("tagline")
        self.demo = button("primary", "btnDemo")
        self.open_data = button("plain", "btnOpenData")
        self.zone = DropZone()
        self.zone.dropped.connect(self.folder_dropped)
        self._heads = [label("title"), label("title")]
        self._lines = [label("small"), label("small")]
        self._recent_head = label("caption")
        self.recent = RecentList(theme)
        self.languages, self.themes = QComboBox(), QComboBox()
        self._machine = label("small")
        self._build()
        self.show_settings(settings)
        self.languages.activated.connect(lambda at: self.language_chosen.emit(LANGUAGES[at][0]))
        self.themes.activated.connect(lambda at: self.theme_chosen.emit(THEMES[at]))
        theme.changed.connect(self._on_theme)
        self._on_theme(theme.tokens)
        self.retranslate()

    def show_settings(self, settings: Settings) -> None:
        """Show what is set, and what was open lately."""
        self.recent.show_paths(tuple(Path(path) for path in settings.recent))
        self._recent_head.setVisible(self.recent.count() > 0)
        self.recent.card.setVisible(self.recent.count() > 0)
        self._wish = settings.theme
        self.themes.setCurrentIndex(THEMES.index(self._wish))

    def show_language(self, language: str) -> None:
        """Show which language is spoken."""
        self.languages.setCurrentIndex([key == language for key, _ in LANGUAGES].index(True))

    def retranslate(self) -> None:
        """Set every word again."""
        self._name.setText("Inspector")
        self._tagline.setText("Find the defect  ·  找出缺陷")
        self._heads[0].setText(self.tr("See it work first"))
        self._heads[1].setText(self.tr("Start with your parts"))
        self._lines[0].setText(self.tr("No download, no GPU"))
        self._lines[1].setText(self.tr("Colour, 3D, or both"))
        self.demo.setText(self.tr("Try the demo"))
        self.open_data.setText(self.tr("Open your data"))
        self.zone.words.setText(self.tr("Drop a folder here"))
        self._recent_head.setText(self.tr("Recent"))
        self.recent.setAccessibleName(self.tr("Recent"))
        self.themes.clear()
        self.themes.addItems([self.tr("System"), self.tr("Light"), self.tr("Dark")])
        self.themes.setCurrentIndex(THEMES.index(self._wish))
        self.themes.setAccessibleName(self.tr("Theme"))
        self.languages.setAccessibleName(self.tr("Language"))
        self._machine.setText(self.tr("This machine: {machine}").format(machine=self._machine_text))

    def _build(self) -> None:
        self.languages.addItems([name for _, name in LANGUAGES])
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addLayout(self._title())
        column.addSpacing(4)
        column.addWidget(self._tagline)
        column.addSpacing(28)
        column.addLayout(self._tiles())
        column.addSpacing(28)
        column.addWidget(self._recent_head)
        column.addSpacing(4)
        column.addWidget(self.recent.card)
        column.addSpacing(20)
        column.addLayout(self._foot())
        column.setContentsMargins(0, 0, 0, 0)
        self._column.setLayout(column)
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(self._column, 100)
        across.addStretch(1)
        whole = QVBoxLayout(self)
        whole.addStretch(10)
        whole.addLayout(across)
        whole.addStretch(13)

    def _title(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._logo)
        row.addWidget(self._name)
        row.addStretch(1)
        return row

    def _tiles(self) -> QHBoxLayout:
        strip = DemoStrip()
        strip.setFixedHeight(100)
        row = QHBoxLayout()
        row.setSpacing(14)
        pairs = ((strip, self.demo), (self.zone, self.open_data))
        for (top, act), head, below in zip(pairs, self._heads, self._lines, strict=True):
            tile = LiveWidget("tile")
            column = QVBoxLayout(tile)
            column.setContentsMargins(20, 20, 20, 16)
            column.addWidget(top)
            column.addSpacing(28)
            foot = QHBoxLayout()
            words = QVBoxLayout()
            words.setSpacing(2)
            words.addWidget(head)
            words.addWidget(below)
            foot.addLayout(words)
            foot.addStretch(1)
            foot.addWidget(act)
            column.addLayout(foot)
            row.addWidget(tile, 1)
        return row

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        for combo in (self.languages, self.themes):
            combo.setProperty("compact", True)
            combo.setMinimumWidth(108)
            row.addWidget(combo)
        row.addStretch(1)
        row.addWidget(self._chip)
        row.addWidget(self._machine)
        return row

    def _on_theme(self, look: Tokens) -> None:
        ratio = self.devicePixelRatioF()
        self._column.setMaximumWidth(self._theme.px(WIDE))
        self._logo.setPixmap(pixmap("inspect", look.accent_text, 34, ratio))
        self._chip.setPixmap(pixmap("chip", look.text2, 14, ratio))
        self.demo.setIcon(self._theme.icon("play", "on_accent"))
        self.open_data.setIcon(self._theme.icon("plus", "text"))
