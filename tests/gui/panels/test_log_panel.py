"""The log: level, words and job choose lines; traces are folded; what is shown can be copied and kept."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from core.monitor import Monitor
from gui.panels.log_panel import MOST_LINES, LogPanel
from gui.theme import Theme
from workers.job import Job
from workers.job_queue import JobQueue

log = logging.getLogger("tests.log")


@pytest.fixture
def panel(qtbot: QtBot, theme: Theme) -> Iterator[LogPanel]:
    panel = LogPanel(theme)
    qtbot.addWidget(panel)
    yield panel
    panel.let_go()


def shown(panel: LogPanel) -> list[str]:
    rows = [panel.rows.topLevelItem(at) for at in range(panel.rows.topLevelItemCount())]
    return [row.text(3) for row in rows if row is not None and not row.isHidden()]


def test_a_level_and_words_choose_the_lines(panel: LogPanel) -> None:
    log.warning("the cache is full")
    log.error("the disk is full")
    log.error("the cloud is empty")
    panel.level.setCurrentIndex(2)
    panel.search.setText("FULL")
    assert shown(panel) == ["the disk is full"]
    assert panel.words().endswith("the disk is full")
    panel.search.setText("nothing like it")
    assert shown(panel) == []
    assert not panel.copy.isEnabled()
    assert len(panel.lines()) == 3


def test_a_trace_is_folded_below_its_line(panel: LogPanel) -> None:
    try:
        raise OSError("no such drive")
    except OSError:
        log.exception("reading failed")
    row = panel.rows.topLevelItem(0)
    assert row is not None
    assert not row.isExpanded()
    inside = row.child(0)
    assert inside is not None
    assert "OSError: no such drive" in inside.text(0)
    panel.copy.click()
    assert "Traceback" in QGuiApplication.clipboard().text()


def test_a_line_names_the_job_that_wrote_it(panel: LogPanel, qtbot: QtBot) -> None:
    queue = JobQueue()

    def work(monitor: Monitor) -> None:
        log.warning("half way")

    job = Job("Train bagel", work)
    with qtbot.waitSignal(job.signals.ended):
        queue.submit(job)
    log.warning("of nobody")
    qtbot.waitUntil(lambda: len(panel.lines()) == 2)
    panel.show_only("Train bagel")
    assert shown(panel) == ["half way"]
    queue.close()


def test_only_the_newest_lines_are_kept(panel: LogPanel) -> None:
    for number in range(MOST_LINES + 5):
        log.warning("line %d", number)
    assert len(panel.lines()) == MOST_LINES
    assert shown(panel)[0] == "line 5"


def test_the_level_is_told_by_a_word_too(panel: LogPanel) -> None:
    log.error("broken")
    row = panel.rows.topLevelItem(0)
    assert row is not None
    assert row.text(1) == "ERROR"
