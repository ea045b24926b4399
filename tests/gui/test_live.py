"""The live workspace: what comes into a folder is judged as it comes, whatever happens to folder and disk."""

from __future__ import annotations

import errno
import json
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QElapsedTimer, Qt
from pytestqt.qtbot import QtBot

from core.live import append
from core.project.records import SampleRecord
from core.state.results_state import Mark
from gui.app import Product
from gui.dialogs.stop_live_dialog import StopLiveDialog
from gui.live_work import LiveWork
from gui.panels.live_page import LivePage

pytestmark = [pytest.mark.window, pytest.mark.qt_log_ignore("This plugin does not support", extend=True)]


class Line:
    """A product whose live page watches a folder of this test."""

    def __init__(self, product: Product, qtbot: QtBot, folder: Path) -> None:
        self.product, self.qtbot, self.folder = product, qtbot, folder
        self.live: LiveWork = product.workspace.live
        folder.mkdir()
        product.change(product.settings.with_changes(live_partner_s=1.0))
        product.window.actions_["run.live"].trigger()
        self.live.choose(folder=str(folder), out=str(folder.parent / "out"))
        self.live.control.retry_s = 0.5

    @property
    def page(self) -> LivePage:
        page = self.product.wiring.live.page
        assert page is not None
        return page

    @property
    def records(self) -> list[SampleRecord]:
        records = self.product.workspace.session.class_records
        return [record for record in records if record.ref.split == "test"]

    def begin(self) -> None:
        self.product.window.actions_["run.live"].trigger()
        self.until(lambda: self.live.state.phase == "watching")

    def until(self, reached: object) -> None:
        self.qtbot.waitUntil(reached)

    def put(self, at: int, name: str, *, rgb: bool = True, cloud: bool = True) -> None:
        ref = self.records[at].ref
        assert ref.rgb is not None
        assert ref.cloud is not None
        if rgb:
            shutil.copy(ref.rgb, self.folder / f"{name}.png")
        if cloud:
            shutil.copy(ref.cloud, self.folder / f"{name}.tiff")

    def lines(self) -> list[dict[str, object]]:
        path = self.folder.parent / "out" / f"{datetime.now():%Y-%m-%d}" / "results.jsonl"
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        return [json.loads(line) for line in text.splitlines()]


@pytest.fixture
def line(inspected: Product, qtbot: QtBot, tmp_path: Path) -> Iterator[Line]:
    line = Line(inspected, qtbot, tmp_path / "from the line 产线")
    yield line
    line.live.stop()
    qtbot.waitUntil(lambda: not line.live.state.is_on)


def test_the_page_says_what_to_do_before_a_folder_is_chosen(inspected: Product, qtbot: QtBot) -> None:
    inspected.window.actions_["run.live"].trigger()
    page = inspected.wiring.live.page
    desk = inspected.window.desk
    assert page is not None
    assert desk is not None
    assert desk.pages.currentWidget() is page
    assert page.empty.isVisible()
    assert page.empty.action.text() == "Choose a folder"
    assert not page.bar.start.isEnabled()


def test_parts_are_judged_as_they_come_and_the_verdict_is_the_part_s(line: Line) -> None:
    line.begin()
    assert line.page.board.text() == "Watching · 0 parts"
    for at in range(len(line.records)):
        line.put(at, f"p{at}")
    line.until(lambda: line.live.state.parts == len(line.records))
    work, state = line.product.workspace, line.live.state
    by_name = {str(row["sample"]).rpartition("/")[2]: row for row in line.lines()}
    for at, record in enumerate(line.records):
        assert by_name[f"p{at}"]["score"] == work.results.score(record.id)
    assert state.counts[Mark.NG] == sum(row["verdict"] == "ng" for row in line.lines())
    assert line.page.board.mark is not None
    assert line.page.facts.parts.text() == str(len(line.records))
    assert line.page.facts.strip.scores == tuple(state.scores)
    assert line.page.viewer is not None
    line.until(lambda: line.page.viewer.link is not None)
    assert line.page.viewer.rgb_view.isVisible()
    assert line.page.viewer.cloud_view.isVisible()
    assert part_share(line) < 0.9


def part_share(line: Line) -> float:
    """How much of what the sensor saw is the part, which alone the 3D view shows."""
    assert line.page.viewer is not None
    sample = line.page.viewer.link.sample
    assert sample.part is not None
    return float(sample.part[sample.seen].mean())


@pytest.mark.slow
def test_a_bad_part_can_be_looked_at_again(line: Line) -> None:
    line.begin()
    for at in range(len(line.records)):
        line.put(at, f"p{at}")
    line.until(lambda: line.live.state.parts == len(line.records))
    oldest = line.live.state.ng[-1]
    line.qtbot.mouseClick(line.page.facts.ng[len(line.live.state.ng) - 1], Qt.MouseButton.LeftButton)
    assert line.page.board.mark is Mark.NG
    assert line.page.viewer is not None
    line.until(lambda: line.page.viewer.link.sample.name == oldest.line.sample)
    assert line.page.viewer.link.score_map is oldest.outcome.score_map
    assert part_share(line) < 0.9


@pytest.mark.slow
def test_a_half_written_file_waits_and_a_broken_one_is_set_aside(line: Line) -> None:
    line.begin()
    line.put(0, "broken")
    whole = (line.folder / "broken.tiff").read_bytes()
    (line.folder / "broken.tiff").write_bytes(whole[: len(whole) // 2])
    line.put(1, "late", cloud=False)
    line.until(lambda: line.live.state.counts[Mark.FAILED] == 2)
    assert "set aside" in line.live.state.notice or "incomplete" in line.live.state.notice
    line.put(1, "late")
    (line.folder / "broken.tiff").write_bytes(whole)
    line.until(lambda: line.live.state.parts == 4)
    assert line.live.state.counts[Mark.FAILED] == 2


@pytest.mark.slow
def test_a_part_whose_partner_never_comes_is_incomplete_and_named(line: Line) -> None:
    line.begin()
    line.put(0, "alone", cloud=False)
    line.until(lambda: line.live.state.parts == 1)
    assert line.page.board.text() == "Not judged"
    assert "never came" in line.page.board.lines[0]
    assert "RGB only" in line.page.board.lines[1]
    assert line.lines()[0]["sensors"] == ["rgb"]


@pytest.mark.slow
def test_a_folder_that_goes_is_a_red_bar_and_its_return_is_noticed(line: Line) -> None:
    line.begin()
    away = line.folder.with_name("away")
    line.folder.rename(away)
    line.until(lambda: line.page.alarm.kind == "red")
    assert "folder is gone" in line.page.alarm.text.text()
    away.rename(line.folder)
    line.until(lambda: line.page.alarm.kind == "")
    line.put(0, "after")
    line.until(lambda: line.live.state.parts == 1)


@pytest.mark.slow
def test_a_full_disk_is_a_red_bar_and_loses_nothing(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    line.begin()
    real = append.append_texts

    def full(texts: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("core.live.outputs.append_texts", full)
    line.put(0, "a")
    line.put(1, "b")
    line.until(lambda: line.page.alarm.kind == "red")
    assert "No space left" in line.page.alarm.text.text()
    assert line.lines() == []
    monkeypatch.setattr("core.live.outputs.append_texts", real)
    line.until(lambda: line.page.alarm.kind == "")
    line.until(lambda: len(line.lines()) == 2)
    line.until(lambda: line.live.state.parts == 2)


def test_pause_and_continue_answer_at_once_and_lose_nothing(line: Line) -> None:
    line.begin()
    clock = QElapsedTimer()
    clock.start()
    line.qtbot.mouseClick(line.page.bar.pause, Qt.MouseButton.LeftButton)
    assert line.page.alarm.kind == "yellow"
    assert clock.elapsed() < 200
    for at in range(3):
        line.put(at, f"p{at}")
    line.until(lambda: line.live.state.waiting == 3)
    assert line.live.state.parts == 0
    assert line.page.facts.times[2].text() == "3"
    clock.restart()
    line.qtbot.mouseClick(line.page.bar.start, Qt.MouseButton.LeftButton)
    assert line.page.alarm.kind == ""
    assert clock.elapsed() < 200
    line.until(lambda: line.live.state.parts == 3)


def test_stop_asks_before_the_queue_is_forgotten(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    line.begin()
    line.live.pause()
    line.put(0, "p0")
    line.until(lambda: line.live.state.waiting == 1)
    answers = [False, True]
    monkeypatch.setattr(StopLiveDialog, "ask", lambda dialog: answers.pop(0))
    line.page.bar.stop.click()
    assert line.live.state.phase == "paused"
    clock = QElapsedTimer()
    clock.start()
    line.page.bar.stop.click()
    assert line.live.state.phase in ("stopping", "stopped")
    line.until(lambda: line.live.state.phase == "stopped")
    assert clock.elapsed() < 1000
    assert answers == []


@pytest.mark.slow
def test_a_restart_goes_on_and_judges_nothing_twice(line: Line) -> None:
    line.begin()
    line.put(0, "p0")
    line.until(lambda: line.live.state.parts == 1)
    line.live.stop()
    line.until(lambda: line.live.state.phase == "stopped")
    line.put(1, "p1")
    line.begin()
    line.until(lambda: line.live.state.parts == 1)
    assert [str(row["sample"]).rpartition("/")[2] for row in line.lines()] == ["p0", "p1"]


@pytest.mark.slow
def test_the_choice_is_kept_with_the_project_and_what_is_written_follows_it(line: Line) -> None:
    line.page.facts.csv.click()
    line.page.facts.pictures.setCurrentIndex(1)
    line.page.facts.pictures.activated.emit(1)
    work = line.product.workspace
    assert work.project is not None
    kept = work.project.value("live")
    assert (kept["csv"], kept["pictures"], kept["folder"]) == (False, "all", str(line.folder))
    line.begin()
    line.put(0, "p0")
    line.until(lambda: len(line.lines()) == 1)
    day = next(path for path in (line.folder.parent / "out").iterdir() if path.is_dir())
    assert not (day / "results.csv").exists()
    assert list(day.rglob("overlays/**/*.png"))
    folder = work.project.folder
    line.live.stop()
    line.until(lambda: line.live.state.phase == "stopped")
    work.close_project()
    assert line.live.state.choice.folder == ""
    work.open_project(folder)
    assert line.live.state.choice.folder == str(line.folder)


@pytest.mark.slow
def test_the_whole_screen_shows_the_verdict_alone_and_large(line: Line) -> None:
    line.begin()
    line.put(0, "p0")
    line.until(lambda: line.live.state.parts == 1)
    action, window = line.product.window.actions_["view.fullscreen"], line.product.window
    action.setChecked(True)
    line.until(lambda: not line.page.bar.isVisible())
    assert not window.menu_row.isVisible()
    assert not window.statusBar().isVisible()
    line.until(lambda: line.page.board.word_points() >= 96)
    line.qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not action.isChecked()
    assert window.menu_row.isVisible()
    assert line.page.bar.isVisible()


@pytest.mark.slow
def test_the_window_closes_while_a_folder_is_watched(line: Line) -> None:
    line.begin()
    line.put(0, "p0")
    line.until(lambda: line.live.state.parts == 1)
    assert line.product.workspace.has_work
    assert line.product.workspace.close()


def test_a_start_that_is_refused_is_a_sentence(line: Line) -> None:
    line.live.choose(out=str(line.folder / "out"))
    line.live.start()
    line.until(lambda: line.live.state.phase == "stopped")
    assert any("taken for parts" in dialog.text() for dialog in line.product.door.open)
