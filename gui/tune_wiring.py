"""What the choice of a line does beyond its own panels: project, gallery, workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from core.inspection import Verdict
from core.metrics.score_table import Truth
from gui.main_window import MainWindow

if TYPE_CHECKING:
    from gui.panels.tune_page import TunePage

_TRUTHS = {True: "ok", False: "ng", None: "unknown"}
_SAID = {Verdict.OK: "ok", Verdict.NG: "ng", Verdict.REVIEW: "review"}


class TuneWiring(QObject):
    """Connects the panels of Tune once the working page is built."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._work = window.workspace
        self.page: TunePage | None = None
        window.when_built(self._connect)

    def show_cell(self, truth: Truth, verdict: Verdict) -> None:
        """Show exactly the parts of a cell in the gallery; they follow the line."""
        self._filter(f"truth:{_TRUTHS[truth]} machine:{_SAID[verdict]}")

    def show_wrong(self) -> None:
        """Show the parts that the line puts on the wrong side."""
        self._filter("machine:wrong")

    def _connect(self) -> None:
        from gui.panels.tune_page import TunePage

        desk, work = self._window.build(), self._work
        curves, tuning = desk.curves, work.tuning
        decide = curves.decide
        bar, decisions = decide.bar, decide.decisions
        curves.dragged.connect(lambda value: work.lines.drag_level(work.tune.level, value))
        curves.lower_dragged.connect(work.lines.drag_lower)
        curves.settled.connect(work.settle_line)
        bar.level_chosen.connect(tuning.choose_level)
        bar.data_chosen.connect(tuning.choose_data)
        bar.class_chosen.connect(work.choose_class)
        bar.preset_chosen.connect(tuning.apply)
        decisions.cell_chosen.connect(self.show_cell)
        decisions.wrong_asked.connect(self.show_wrong)
        decisions.reverted.connect(tuning.revert)
        decide.inspect_asked.connect(self._window.actions_["run.inspect_all"].trigger)
        for panel in (bar, decisions, curves.plots):
            panel.options_changed.connect(tuning.set_options)
        self.page = TunePage(desk.theme, curves, desk.viewer, desk.pages)
        desk.add_page(self.page)
        desk.arranged.connect(self._on_arranged)
        self._on_arranged()

    def _on_arranged(self) -> None:
        """The choice stands on the page of Tune while that is open, else in its dock."""
        desk = self._window.build()
        assert self.page is not None
        is_here = desk.workspace == "tune"
        self._work.tuning.wants_pixels = is_here
        if is_here:
            self.page.open()
        elif desk.curves.is_lent or self.page.has_viewer:
            self.page.let_go()
            desk.show_page()

    def _filter(self, text: str) -> None:
        desk, gallery = self._window.build(), self._work.gallery
        gallery.clear()
        gallery.show(self._work.tune.data, "")
        gallery.text = text
        desk.docks.docks["dockGallery"].raise_()
