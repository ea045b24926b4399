"""The live loop with a clock of its own, a detector of one line, and a disk that can be full."""

from __future__ import annotations

import errno
import json
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

from core.errors import DataError
from core.frame import Frame
from core.inspection import Inspection, judge
from core.live.arrivals import ArrivalRule, Arrivals
from core.live.events import LiveEvent, LiveResult, Notice, PartJudged
from core.live.journal import Journal
from core.live.loop import Doors, LiveLoop, LiveRule
from core.live.outputs import LiveOutputs
from core.measurement import RegionSize
from core.reporting.heat import HeatLook
from core.sample import Sample, SampleRef
from core.score_map import ScoreMap
from core.tasks.watch_folder import grouped


@dataclass
class World:
    """A watched folder, an output folder, the time, and what goes wrong."""

    root: Path
    seconds: float = 0.0
    day: datetime = datetime(2026, 3, 1, 23, 59)
    unreadable: set[str] = field(default_factory=set)
    is_full: bool = False

    @property
    def folder(self) -> Path:
        return self.root / "in"

    @property
    def out(self) -> Path:
        return self.root / "out"

    def put(self, name: str, score: float) -> None:
        self.folder.mkdir(exist_ok=True)
        (self.folder / f"{name}.png").write_text(str(score), encoding="utf-8")

    def read(self, ref: SampleRef) -> Sample:
        if ref.id in self.unreadable:
            raise DataError("The file is cut off.")
        return Sample(ref.name, rgb=np.zeros((4, 4, 3), np.uint8))

    def judge(self, ref: SampleRef, sample: Sample) -> LiveResult:
        assert ref.rgb is not None
        score = float(ref.rgb.read_text(encoding="utf-8"))
        found = ScoreMap(np.full((4, 4), score, np.float32), score)
        outcome = Inspection(ref.name, "m", found, 2.0, judge(score, 2.0), frame=Frame.whole(4, 4))
        return LiveResult(outcome, (RegionSize(1, 16, score, "pixels", area=16.0),))

    def loop(self, **rule: object) -> LiveLoop:
        self.folder.mkdir(exist_ok=True)
        return LiveLoop(
            Arrivals(self.folder, ArrivalRule(frozenset({"rgb"})), grouped),
            replace(LiveRule("bagel", "plain_folder"), **rule),
            _Disk(self.out, HeatLook(0, 1, 1.0), "ng", world=self),
            Journal(self.out),
            Doors(self.read, self.judge, lambda: self.seconds, lambda: self.day),
        )


@dataclass(frozen=True)
class _Disk(LiveOutputs):
    """Outputs on a disk that can be full."""

    world: World | None = None

    def write_line(self, line, when, regions=()):
        if self.world is not None and self.world.is_full:
            raise OSError(errno.ENOSPC, "No space left on device")
        super().write_line(line, when, regions)


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def run(loop: LiveLoop, world: World, steps: int = 8) -> list[LiveEvent]:
    events = []
    for _ in range(steps):
        events += loop.step()
        world.seconds += 0.6
    return events


def verdicts(events: list[LiveEvent]) -> list[tuple[str, str | None]]:
    judged = [event.line for event in events if isinstance(event, PartJudged)]
    return [(line.sample.rpartition("/")[2], line.final.value if line.final else None) for line in judged]


def notices(events: list[LiveEvent]) -> list[str]:
    return [event.kind for event in events if isinstance(event, Notice)]


def test_every_part_is_judged_once_and_written_at_once(world):
    world.put("a", 1.0)
    world.put("b", 3.0)
    assert verdicts(run(world.loop(), world)) == [("a", "ok"), ("b", "ng")]
    day = world.out / "2026-03-01"
    assert len((day / "results.csv").read_text(encoding="utf-8").splitlines()) == 3
    stored = [json.loads(row) for row in (day / "results.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [row["regions"][0]["area"] for row in stored] == [16.0, 16.0]
    assert [path.stem for path in day.rglob("overlays/**/*.png")] == ["b"]


def test_a_new_day_is_a_new_folder(world):
    loop = world.loop()
    world.put("a", 1.0)
    run(loop, world)
    world.day = datetime(2026, 3, 2, 0, 1)
    world.put("b", 1.1)
    run(loop, world)
    assert sorted(path.name for path in world.out.iterdir() if path.is_dir()) == ["2026-03-01", "2026-03-02"]


def test_a_restart_judges_no_part_twice_unless_asked(world):
    world.put("a", 1.0)
    run(world.loop(), world)
    events = run(world.loop(), world)
    assert (verdicts(events), notices(events)) == ([], ["known"])
    assert verdicts(run(world.loop(again=True), world)) == [("a", "ok")]


def test_a_pause_keeps_watching_and_loses_nothing(world):
    loop = world.loop()
    loop.is_paused = True
    world.put("a", 1.0)
    assert verdicts(run(loop, world)) == []
    assert loop.waiting == 1
    loop.is_paused = False
    assert verdicts(run(loop, world)) == [("a", "ok")]


def test_an_unreadable_part_is_tried_again_and_then_set_aside(world):
    world.unreadable = {"a"}
    world.put("a", 1.0)
    world.put("b", 1.1)
    events = run(world.loop(), world, 20)
    assert verdicts(events) == [("b", "ok"), ("a", None)]
    assert notices(events) == ["set_aside"]
    assert "cut off" in (world.out / "2026-03-01" / "results.csv").read_text(encoding="utf-8")


def test_a_part_that_becomes_readable_is_judged(world):
    world.unreadable = {"a"}
    world.put("a", 1.0)
    loop = world.loop()
    run(loop, world, 3)
    world.unreadable = set()
    assert verdicts(run(loop, world)) == [("a", "ok")]


def test_a_full_disk_is_an_alarm_and_no_result_is_lost(world):
    loop = world.loop()
    world.is_full = True
    world.put("a", 1.0)
    world.put("b", 1.1)
    events = run(loop, world)
    assert (notices(events), loop.waiting) == (["disk_full"], 1)
    world.is_full = False
    events = run(loop, world)
    assert (notices(events), verdicts(events)) == (["disk_free"], [("b", "ok")])
    table = (world.out / "2026-03-01" / "results.csv").read_text(encoding="utf-8")
    assert table.count("/a,") == table.count("/b,") == 1


def test_a_folder_that_goes_and_comes_back_is_said_once_each(world):
    loop = world.loop()
    world.folder.rmdir()
    assert notices(run(loop, world)) == ["folder_gone"]
    world.put("a", 1.0)
    events = run(loop, world)
    assert (notices(events), verdicts(events)) == (["folder_back"], [("a", "ok")])


def test_a_backlog_is_said_at_twenty_and_again_at_two_hundred(world):
    loop = world.loop()
    loop.is_paused = True
    for number in range(21):
        world.put(f"{number:03}", number / 1000)
    assert [e.level for e in run(loop, world) if isinstance(e, Notice)] == ["warning"]
    for number in range(21, 210):
        world.put(f"{number:03}", number / 1000)
    assert [e.level for e in run(loop, world) if isinstance(e, Notice)] == ["alarm"]
    assert loop.forget() == 210
    assert loop.waiting == 0


def test_the_newest_part_can_be_judged_first(world):
    loop = world.loop(newest_first=True)
    loop.is_paused = True
    world.put("old", 1.0)
    run(loop, world)
    world.put("new", 1.1)
    run(loop, world)
    loop.is_paused = False
    assert [name for name, _ in verdicts(run(loop, world))] == ["new", "old"]


def test_a_drift_of_the_scores_is_said_once(world):
    normal = tuple(1 + 0.05 * value for value in np.random.default_rng(0).standard_normal(40))
    loop = world.loop(normal=normal)
    for number in range(24):
        world.put(f"{number:03}", 1.5 + 0.001 * number)
    assert notices(run(loop, world, 30)).count("drift") == 1
    assert loop.drift is not None
    assert loop.drift.has_drifted
