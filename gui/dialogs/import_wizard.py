"""Brings parts in, in four steps; nothing is copied or changed till the last one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from core.datasets.convention import ScanOptions
from core.tasks.import_folder import Checked, ImportWish
from core.tasks.look_at_folder import FolderLook
from gui.dialogs.framed_dialog import FramedDialog
from gui.dialogs.import_check_page import CheckPage
from gui.dialogs.import_layout_page import LayoutPage
from gui.dialogs.import_meaning_page import MeaningPage
from gui.dialogs.import_source_page import AskFolder, SourcePage
from gui.theme import Theme
from gui.widgets.step_row import StepRow

PAGES = 4


class ImportWizard(FramedDialog):
    """objectName wizardImport; `accepted` means: take in what `settled` gives.

    `looked` asks for a FolderLook at an ImportWish, `checking` for a check of one, `stopped` to give it up;
    the answers come to `show_look`, `show_check`, `show_progress` and `show_trouble`.
    """

    looked = Signal(object)
    checking = Signal(object)
    stopped = Signal()

    def __init__(self, theme: Theme, ask: AskFolder, parent: QWidget | None = None) -> None:
        super().__init__(theme, "wizardImport", 820, parent)
        self.steps = StepRow(theme)
        self.pages = QStackedWidget()
        self.source = SourcePage(theme, ask)
        self.layout_page = LayoutPage(theme)
        self.meaning = MeaningPage(theme)
        self.check = CheckPage(theme)
        for page in (self.source, self.layout_page, self.meaning, self.check):
            self.pages.addWidget(page)
        self.pages.setFixedHeight(theme.px(360))
        self.content.addWidget(self.steps)
        self.content.addWidget(self.pages)
        self.leave, self.back, self.on = self.add_button(), self.add_button(), self.add_button(primary=True)
        self.leave.clicked.connect(self.reject)
        self.back.clicked.connect(lambda: self.go(self.page - 1))
        self.on.clicked.connect(self._on_next)
        self.source.chosen.connect(self.begin)
        self.layout_page.changed.connect(self._look_again)
        self.rejected.connect(self.stopped)
        self.retranslate()
        self.go(0)

    @property
    def page(self) -> int:
        """Which step is shown, 0 to 3."""
        return self.pages.currentIndex()

    @property
    def wish(self) -> ImportWish:
        """What is to be imported, as far as it is known."""
        rule, layout = self.layout_page.rule, self.layout_page.layout_key
        options = ScanOptions(self.meaning.metres_per_unit, rule=rule)
        return ImportWish(self.source.folder or Path(), layout, options, self.meaning.classes)

    def settled(self) -> Checked | None:
        """What the check found, with the ways that the user took; None before it ended."""
        return self.check.settled()

    def retranslate(self) -> None:
        """Set every word again."""
        self.title.setText(self.tr("Import parts"))
        self.steps.set_words((self.tr("Source"), self.tr("Layout"), self.tr("Meaning"), self.tr("Check")))
        self.note.setText(self.tr("Nothing is copied or changed before the last step."))
        self.leave.setText(self.tr("Cancel"))
        self.back.setText(self.tr("Back"))
        self._read()

    def begin(self, folder: Path) -> None:
        """Look at a folder, and show what it was recognised as."""
        self.source.show_folder(folder)
        self.layout_page.forget()
        self.meaning.forget()
        self._look_again()

    def go(self, page: int) -> None:
        """Show a step."""
        if self.page == PAGES - 1 and page < PAGES - 1:
            self.stopped.emit()
        self.pages.setCurrentIndex(max(0, min(page, PAGES - 1)))
        self.steps.show_step(self.page)
        if self.page == PAGES - 1:
            self.check.begin()
            self.checking.emit(self.wish)
        self._read()

    def show_look(self, look: FolderLook) -> None:
        """The folder was looked at; what was asked before a pattern went wrong is no answer any more."""
        if self.layout_page.fault:
            return
        self.source.show_trouble("")
        self.layout_page.show_look(look)
        self.meaning.show_look(look)
        if self.page == 0:
            self.go(1)
        self._read()

    def show_trouble(self, message: str, remedy: str = "") -> None:
        """The folder, or what was typed about it, leads to nothing."""
        page = self.layout_page if self.page == 1 else self.source
        page.show_trouble(f"{message} {remedy}".strip())
        self._read()

    def show_progress(self, done: int, total: int) -> None:
        """How far the check is."""
        self.check.show_progress(done, total)

    def show_check(self, checked: Checked) -> None:
        """The check is done."""
        self.check.show_check(checked)
        self._read()

    def _look_again(self) -> None:
        if self.layout_page.fault:
            self.show_trouble(self.layout_page.fault)
        else:
            self.looked.emit(self.wish)

    def _on_next(self) -> None:
        if self.page == PAGES - 1:
            self.accept()
        else:
            self.go(self.page + 1)

    def _read(self) -> None:
        is_last = self.page == PAGES - 1
        self.back.setEnabled(self.page > 0)
        self.on.setText(self.tr("Import") if is_last else self.tr("Next"))
        self.on.setEnabled(self.check.ready > 0 if is_last else self.layout_page.look is not None)
