"""What the program wrote down, newest last: chosen by level and words, each line with its trace folded."""

from __future__ import annotations

import logging
import traceback
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QStackedLayout,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gui.theme import Theme
from gui.tokens import Tokens
from gui.translator import word
from gui.widgets.empty_state import EmptyState
from gui.widgets.live_widget import LiveWidget
from gui.widgets.text import button
from workers.job import job_of_this_thread

NARROW = 460
"""A panel that is narrower, at plain size of letters, shows its controls in two lines."""
MOST_LINES = 2000
LEVELS = (logging.INFO, logging.WARNING, logging.ERROR)
_LINE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True)
class LogLine:
    """One line as it was written; `job` is the title of the job on whose thread it was."""

    time: str
    level: int
    job: str
    text: str
    trace: str = ""

    def __str__(self) -> str:
        name = logging.getLevelName(self.level)
        head = f"{self.time}  {name:7}  {self.job:24}  {self.text}"
        return f"{head}\n{self.trace}" if self.trace else head


class _Lines(QObject):
    """Carries lines from any thread to the window."""

    came = Signal(object)


class LogHandler(logging.Handler):
    """Hands every log line to the window by a signal; `close` lets go of it."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.lines = _Lines()

    def emit(self, record: logging.LogRecord) -> None:
        """One line, its job and its trace."""
        time = datetime.fromtimestamp(record.created).strftime("%H:%M:%S")
        trace = "".join(traceback.format_exception(*record.exc_info)).rstrip() if record.exc_info else ""
        job = job_of_this_thread()
        title = str(job.title) if job is not None else ""
        self.lines.came.emit(LogLine(time, record.levelno, title, record.getMessage(), trace))


class LogPanel(LiveWidget):
    """Lines by time, level and job; `show_only` chooses those of one job.

    `save_asked` wants those that are shown in a file.
    """

    save_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__("panel")
        self._theme = theme
        self._lines: list[LogLine] = []
        self._items: list[QTreeWidgetItem] = []
        self.level = QComboBox()
        for level in LEVELS:
            self.level.addItem("", level)
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self.follow = QCheckBox()
        self.follow.setChecked(True)
        self.copy, self.save = button(small=True), button(small=True)
        self.rows = QTreeWidget()
        self._newest = QTimer(self, singleShot=True, interval=0)
        """Many lines at once are scrolled to once."""
        self._empty = EmptyState(theme, "file")
        self._build()
        self.level.currentIndexChanged.connect(self._sieve)
        self.search.textChanged.connect(self._sieve)
        self.follow.toggled.connect(self._show_newest)
        self._newest.timeout.connect(self.rows.scrollToBottom)
        self.rows.itemClicked.connect(self._turn)
        self.rows.itemExpanded.connect(self._tint)
        self.rows.itemCollapsed.connect(self._tint)
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.words()))
        self.save.clicked.connect(self.save_asked)
        self.handler = LogHandler()
        self.handler.lines.came.connect(self._take)
        logging.getLogger().addHandler(self.handler)
        theme.changed.connect(self._on_theme)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every word again; the lines themselves stay English."""
        words = (self.tr("Everything"), self.tr("Warnings and errors"), self.tr("Errors"))
        for at, text in enumerate(words):
            self.level.setItemText(at, text)
        self.level.setAccessibleName(self.tr("Which lines"))
        self.search.setPlaceholderText(self.tr("Words to look for"))
        self.search.setAccessibleName(self.tr("Words to look for"))
        self.follow.setText(self.tr("Follow"))
        self.follow.setToolTip(self.tr("Keep the newest line in view."))
        self.copy.setText(self.tr("Copy"))
        self.save.setText(self.tr("Save…"))
        self.rows.setAccessibleName(self.tr("Log"))
        self.rows.setHeaderLabels(
            [self.tr("Time"), self.tr("Level"), self.tr("Job"), self.tr("What happened")]
        )
        self._say_empty()

    def show_only(self, text: str) -> None:
        """Choose the lines that hold these words: those of one job by its title."""
        self.level.setCurrentIndex(0)
        self.search.setText(text)

    def words(self) -> str:
        """The lines that are shown, as text."""
        return "\n".join(str(line) for line in self._shown())

    def lines(self) -> list[str]:
        """All lines, also those that are not shown."""
        return [str(line) for line in self._lines]

    def let_go(self) -> None:
        """Stop listening; called when the window closes."""
        logging.getLogger().removeHandler(self.handler)

    def _build(self) -> None:
        self.rows.setObjectName("tableLog")
        self.rows.setRootIsDecorated(False)
        self.rows.setUniformRowHeights(False)
        self.rows.setIndentation(0)
        self.rows.setExpandsOnDoubleClick(False)
        self.rows.setSelectionMode(QTreeWidget.SelectionMode.ExtendedSelection)
        header = self.rows.header()
        for column in range(3):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)
        self._bar = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        for group in ((self.level, self.search), (self.follow, self.copy, self.save)):
            row = QHBoxLayout()
            row.setSpacing(8)
            for control in group:
                row.addWidget(control, control is self.search)
            self._bar.addLayout(row, self.search in group)
        self._bar.setSpacing(8)
        hold = QWidget()
        self._stack = QStackedLayout(hold)
        self._stack.addWidget(self.rows)
        self._stack.addWidget(self._empty)
        column_of_all = QVBoxLayout(self)
        column_of_all.setContentsMargins(12, 8, 12, 8)
        column_of_all.setSpacing(6)
        column_of_all.addLayout(self._bar)
        column_of_all.addWidget(hold, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a narrow side of the window, where there is height to spare, the controls take two lines."""
        wide, high = event.size().toTuple()
        is_narrow = wide < min(high, self._theme.px(NARROW))
        way = QBoxLayout.Direction
        self._bar.setDirection(way.TopToBottom if is_narrow else way.LeftToRight)
        super().resizeEvent(event)

    def _take(self, line: LogLine) -> None:
        self._lines.append(line)
        row = QTreeWidgetItem([line.time, logging.getLevelName(line.level), word(line.job), line.text])
        row.setData(0, _LINE, line)
        row.setToolTip(3, self.tr("Click to see where it happened.") if line.trace else line.text)
        row.setSizeHint(3, QSize(0, self._theme.px(22)))
        self.rows.addTopLevelItem(row)
        if line.trace:
            inside = QTreeWidgetItem(row, [line.trace])
            inside.setFirstColumnSpanned(True)
        self._tint(row)
        self._items.append(row)
        row.setHidden(not self._fits(line))
        if len(self._lines) > MOST_LINES:
            self._lines.pop(0)
            self._items.pop(0)
            self.rows.takeTopLevelItem(0)
        self._say_empty()
        self._show_newest()

    def _fits(self, line: LogLine) -> bool:
        wanted = self.search.text().casefold()
        whole = f"{line.job} {word(line.job)} {line.text} {line.trace}".casefold()
        return line.level >= self.level.currentData() and wanted in whole

    def _shown(self) -> list[LogLine]:
        return [line for line in self._lines if self._fits(line)]

    def _sieve(self) -> None:
        for row, line in zip(self._items, self._lines, strict=True):
            row.setHidden(not self._fits(line))
        self._say_empty()
        self._show_newest()

    def _say_empty(self) -> None:
        if not self._lines:
            self._empty.say(self.tr("Nothing has been written yet."))
        else:
            self._empty.say(self.tr("No line fits."))
        is_empty = not any(self._fits(line) for line in reversed(self._lines))
        self._stack.setCurrentIndex(1 if is_empty else 0)
        for made in (self.copy, self.save):
            made.setEnabled(not is_empty)

    def _show_newest(self) -> None:
        if self.follow.isChecked():
            self._newest.start()

    def _turn(self, row: QTreeWidgetItem) -> None:
        row.setExpanded(not row.isExpanded())

    def _tint(self, row: QTreeWidgetItem) -> None:
        """Colour of the level, and a sign before a line that can be unfolded."""
        look = self._theme.tokens
        level = row.data(0, _LINE).level
        serious = level >= logging.WARNING
        ink = look.ng_text if level >= logging.ERROR else look.review_text if serious else look.text2
        row.setForeground(1, QColor(ink))
        if row.childCount():
            row.setIcon(3, self._theme.icon("chevron_down" if row.isExpanded() else "chevron_right", size=12))

    def _on_theme(self, look: Tokens) -> None:
        for row in self._items:
            self._tint(row)
