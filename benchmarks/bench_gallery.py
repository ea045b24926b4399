"""What the gallery and a drag of the line cost: 10,000 parts to scroll, filter and sort, 2,000 to decide on.

Run on a virtual screen or with QT_QPA_PLATFORM=offscreen; every figure holds the repaint: the
window paints once, when the events are processed.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from statistics import median

import numpy as np
from PIL import Image

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
from PySide6.QtWidgets import QApplication

from benchmarks.bench_views import made_part
from core.metrics.score_table import Line, ScoreTable
from core.project.records import InspectionRecord, ModelRecord, SampleRecord, ThresholdRecord
from core.sample import SampleRef
from core.state.gallery_state import GalleryState
from core.state.overlay_state import OverlayState
from core.state.results_state import ResultsState
from core.state.session_state import SessionState
from core.state.tune_state import TuneState
from gui.panels.curves_panel import CurvesPanel
from gui.panels.gallery_delegate import WIDE
from gui.panels.gallery_panel import GalleryPanel
from gui.panels.result_panel import ResultPanel
from gui.panels.thumbnail_store import Picture, ThumbnailStore
from gui.theme import Theme
from gui.views.viewer import Viewer
from workers.job_queue import JobQueue

ROUNDS = 9
MANY, FEWER = 10_000, 2_000
WHEN = datetime(2026, 1, 2)
KINDS = ("good", "dent", "hole", "scratch")


def main() -> None:
    """Print one table for the gallery, one for the drag."""
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    theme = Theme("dark")
    theme.apply(application)
    with tempfile.TemporaryDirectory() as folder:
        bench_gallery(theme, Path(folder))
        bench_drag(theme, Path(folder))


def bench_gallery(theme: Theme, folder: Path) -> None:
    """One row of tiles, then a wall of them, then the list."""
    world = World(theme, MANY, folder)
    panel = world.gallery_panel
    panel.resize(1100, 220)
    panel.show()
    panel.grab()
    print(f"gallery, {MANY} parts, milliseconds, median of {ROUNDS}")
    bar = panel.list.horizontalScrollBar()
    turn = iter(range(1, 10_000))
    say("scroll, one row of tiles", lambda: bar.setValue(next(turn) * 777 % bar.maximum()))
    panel.resize(1100, 700)
    panel.grab()
    down = panel.list.verticalScrollBar()
    say("scroll, a wall of tiles", lambda: down.setValue(next(turn) * 777 % down.maximum()))
    panel.look_as("list")
    say("scroll, list", lambda: down.setValue(next(turn) * 777 % down.maximum()))
    panel.look_as("tiles")
    panel.resize(1100, 220)
    texts = ("type:dent", "verdict:ng score>2", "outcome:miss", "name:*17*", "")
    say("filter", lambda: setattr(world.gallery, "text", texts[next(turn) % 5]))
    world.gallery.text = ""
    sorts = ("name", "line", "verdict", "type", "score")
    say("sort", lambda: setattr(world.gallery, "sort", sorts[next(turn) % 5]))
    world.close()


def bench_drag(theme: Theme, folder: Path) -> None:
    """Every panel that follows the line."""
    world = World(theme, FEWER, folder)
    panels = (world.gallery_panel, world.curves, world.result)
    for panel, size in zip(panels, ((1100, 220), (1100, 260), (318, 700)), strict=True):
        panel.resize(*size)
        panel.show()
        panel.grab()
    turn = iter(range(10_000))
    print(f"a step of the line, {FEWER} parts")

    def step() -> None:
        value = 1.5 + (next(turn) % 40) * 0.02
        world.tune.drag(value)
        world.results.threshold = value
        world.overlay.threshold = value

    say("gallery, curves and result", step)
    viewer = Viewer(world.overlay, theme)
    viewer.resize(900, 560)
    viewer.show()
    viewer.show_link(made_part(800, 0))
    viewer.grab()
    moving = viewer.cloud_view.scene_view

    def step_all() -> None:
        if moving is not None:
            moving.note_motion()
        step()

    say("with an 800 x 800 part in view", step_all)
    viewer.shutdown()
    viewer.close()
    world.gallery.sort = "line"
    say("the same, sorted by the line", step)
    world.close()


class World:
    """States, panels and thumbnails without a project."""

    def __init__(self, theme: Theme, count: int, folder: Path) -> None:
        rng = np.random.default_rng(0)
        path = folder / "part.png"
        Image.fromarray(rng.integers(0, 255, (168, 168, 3), np.uint8)).save(path)
        self.session, self.results, self.overlay = SessionState(), ResultsState(), OverlayState()
        scores = rng.normal(1.8, 0.6, count)
        records = [
            SampleRecord(n, SampleRef("cap", "test", KINDS[n % 4], f"{n:05d}", rgb=path))
            for n in range(count)
        ]
        found = {
            n: InspectionRecord(n, 1, float(scores[n]), 1.0, frozenset({"rgb"}), WHEN) for n in range(count)
        }
        line = ThresholdRecord(1, "cap", 1, "image", 2.0, None, "good_only", "test", False, "", WHEN)
        self.gallery = GalleryState(self.session, self.results)
        self.session.project_name = "Line 4"
        self.session.records, self.session.class_name = tuple(records), "cap"
        self.session.models = (model(),)
        self.session.sample_id = 5
        self.results.take(found, {}, line)
        self.overlay.change(low=0.0, high=4.0, threshold=2.0)
        self.queue = JobQueue("decoder")
        self.store = ThumbnailStore(self.queue, self.overlay)
        self._fill(rng, records)
        args = (theme, self.session, self.results)
        self.gallery_panel = GalleryPanel(*args, self.gallery, self.overlay, self.store)
        self.tune = TuneState()
        self.tune.table = ScoreTable.of(
            scores.tolist(), [record.ref.label for record in records], [record.id for record in records]
        )
        self.tune.image_line = Line(2.0)
        self.curves = CurvesPanel(theme, self.session, self.tune)
        self.result = ResultPanel(*args)

    def close(self) -> None:
        """Let everything go."""
        for panel in (self.gallery_panel, self.curves, self.result):
            panel.close()
        self.store.close()
        self.queue.close()

    def _fill(self, rng: np.random.Generator, records: list[SampleRecord]) -> None:
        """Decoded pictures for all: reading them, at the size of a tile, is another thread's work."""
        rgb = rng.integers(0, 255, (WIDE, WIDE, 3), np.uint8)
        heat = rng.random((WIDE, WIDE)).astype(np.float32) * 4
        for record in records:
            self.store._pictures[record.id] = Picture(record.id, rgb, heat)
            self.store._made_of[record.id] = (WHEN, WIDE)


def model() -> ModelRecord:
    """An active one."""
    return ModelRecord(
        id=1, class_name="cap", method="quick_look", version=1, name="Quick look v1", config={}, seed=0,
        sensors=frozenset({"rgb"}), trained_on=16, data_hash="", seconds=8.0, made=WHEN, is_active=True,
    )  # fmt: skip


def say(what: str, act: Callable[[], object]) -> None:
    """Time an action after one warm-up, by the clock and by the processor, which others may use too."""
    act()
    times, work = [], []
    for _ in range(ROUNDS):
        begin, spent = time.perf_counter(), time.process_time()
        act()
        QApplication.processEvents()
        times.append((time.perf_counter() - begin) * 1000)
        work.append((time.process_time() - spent) * 1000)
    print(
        f"  {what:34} {median(times):7.1f}   worst {max(times):7.1f}   of the processor {median(work):6.1f}"
    )


if __name__ == "__main__":
    main()
