"""Waiting jobs can be put into another order, and something can happen when the last one has ended."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.monitor import Monitor
from core.state.jobs_state import JobsState
from gui.app import Product
from gui.job_board import JobBoard
from gui.panels.jobs_panel import JobsPanel
from gui.theme import Theme
from workers.job import Job
from workers.job_queue import JobQueue


@pytest.fixture
def held() -> Iterator[threading.Event]:
    gate = threading.Event()
    yield gate
    gate.set()


@pytest.fixture
def queue(held: threading.Event) -> Iterator[JobQueue]:
    queue = JobQueue()
    yield queue
    held.set()
    queue.close()


def fill(board: JobBoard, queue: JobQueue, held: threading.Event, done: list[str]) -> None:
    """One that runs until the gate opens, and three that wait."""

    def work(name: str) -> Job:
        def run(monitor: Monitor) -> None:
            held.wait(10)
            done.append(name)

        return Job(name, run)

    for name in "abcd":
        board.submit(queue, work(name))


def test_a_waiting_job_runs_earlier_or_later(queue: JobQueue, held: threading.Event, qtbot: QtBot) -> None:
    state, done = JobsState(), list[str]()
    board = JobBoard(state)
    fill(board, queue, held, done)
    assert "earlier" not in state.rows[1].offers
    assert "later" not in state.rows[3].offers
    board.act(state.rows[3].number, "earlier")
    board.act(state.rows[1].number, "later")
    assert [row.title for row in state.rows] == ["a", "d", "b", "c"]
    held.set()
    qtbot.waitUntil(lambda: len(done) == 4)
    assert done == ["a", "d", "b", "c"]
    board.close()


@pytest.mark.window
def test_a_waiting_row_is_dragged_over_its_neighbour(
    queue: JobQueue, held: threading.Event, qtbot: QtBot, theme: Theme
) -> None:
    state = JobsState()
    board, panel = JobBoard(state), JobsPanel(theme, state)
    qtbot.addWidget(panel)
    panel.acted.connect(board.act)
    panel.resize(900, 320)
    panel.show()
    qtbot.waitExposed(panel)
    fill(board, queue, held, [])
    qtbot.wait(50)
    row = panel.rows[state.rows[2].number]
    start, button = QPoint(40, 8), Qt.MouseButton.LeftButton
    QTest.mousePress(row, button, pos=start)
    QTest.mouseMove(row, start - QPoint(0, row.height()))
    QTest.mouseRelease(row, button, pos=start)
    qtbot.waitUntil(lambda: [each.title for each in state.rows] == ["a", "c", "b", "d"])
    board.close()


@pytest.mark.window
@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
@pytest.mark.parametrize(("choice", "stays"), [("nothing", True), ("close", False)])
def test_the_window_closes_after_the_last_job_only_where_that_was_chosen(
    inspected: Product, qtbot: QtBot, choice: str, stays: bool
) -> None:
    desk = inspected.window.desk
    assert desk is not None
    chooser = desk.jobs.when_done
    chooser.setCurrentIndex(chooser.findData(choice))
    chooser.activated.emit(chooser.currentIndex())
    inspected.window.actions_["run.inspect"].trigger()
    work = inspected.workspace
    qtbot.waitUntil(lambda: work.jobs.open_count > 0)
    qtbot.waitUntil(lambda: work.jobs.open_count == 0)
    qtbot.wait(100)
    assert inspected.window.isVisible() is stays
