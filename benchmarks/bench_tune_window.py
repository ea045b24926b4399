"""A step of dragging a line in the window: 2,000 parts, pixels of maps of 800 x 800, gallery and views on.

Run it on a virtual screen: python -m benchmarks.bench_tune_window [parts] [side]
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from statistics import median

import numpy as np
from PIL import Image

from core.calibration import HeldOut
from core.metrics.pixel_bins import PartBins, PixelBins
from core.metrics.pixel_curves import curves_of
from core.project.project import Project
from core.project.records import InspectionRecord, Level, ModelRecord, ThresholdRecord
from core.sample import SampleRef
from core.score_map import ScoreMap

STEPS = 40
MADE = 12
KINDS = ("good", "good", "dent", "hole")
WHEN = datetime(2026, 1, 1)


def main() -> None:
    """Print the times of a step in the window, at both levels, in Tune and in Inspect."""
    parts, side = (int(given) for given in (sys.argv[1:] + ["2000", "800"][len(sys.argv) - 1 :]))
    with tempfile.TemporaryDirectory() as place:
        os.environ["INSPECTOR_HOME"], os.environ["INSPECTOR_LANG"] = place, "en"
        folder = Path(place) / "Line 4"
        maps = made_project(folder, parts, side)
        run(folder, maps, parts, side)


def made_project(folder: Path, parts: int, side: int) -> list[np.ndarray]:
    """Parts with scores and one picture for all of them; the first ones have maps, too."""
    rng = np.random.default_rng(0)
    project = Project.create(folder)
    pictures = folder.parent / "pictures"
    pictures.mkdir()
    Image.fromarray(rng.integers(0, 255, (side, side, 3), np.uint8)).save(pictures / "part.png")
    refs = [
        SampleRef("cap", "test", KINDS[n % 4], f"{n:05d}", rgb=pictures / "part.png") for n in range(parts)
    ]
    records = project.add_samples(refs)
    held = HeldOut((1.0, 1.2, 1.4), (1.0, 1.2, 1.4), 0.5, 4.0, "validation")
    model = project.add_model(draft(held), _leave_empty)
    project.set_active(model.id)
    maps = [rng.gamma(2.0, 0.5, (side, side)).astype(np.float32) for _ in range(MADE)]
    scores = rng.normal(2.0, 0.6, parts) + np.array([n % 4 > 1 for n in range(parts)])
    for at, (record, score) in enumerate(zip(records, scores, strict=True)):
        found = InspectionRecord(record.id, model.id, float(score), 1.0, frozenset({"rgb"}), WHEN)
        project.save_inspection(found, ScoreMap(maps[at], float(score)) if at < MADE else None)
    levels: tuple[Level, ...] = ("image", "pixel")
    for level in levels:
        line = ThresholdRecord(0, "cap", model.id, level, 2.5, None, "max_f1", "test", True, "", WHEN)
        project.set_threshold(line)
    project.close()
    return maps


def _leave_empty(folder: Path) -> None:
    (folder / "state").touch()


def draft(held: HeldOut) -> ModelRecord:
    """A model that nobody trained."""
    return ModelRecord(
        id=0,
        class_name="cap",
        method="quick_look",
        version=1,
        name="Model v1",
        config={},
        seed=0,
        sensors=frozenset({"rgb"}),
        trained_on=10,
        data_hash="",
        seconds=1.0,
        made=WHEN,
        held_out=held.as_dict(),
    )


def run(folder: Path, maps: list[np.ndarray], parts: int, side: int) -> None:
    """Open the window and drag."""
    from PySide6.QtWidgets import QApplication

    from core.settings import Settings, save_settings
    from gui.app import Product

    save_settings(Settings(show_tips=False))
    application = QApplication(sys.argv[:1])
    product = Product(application)
    product.show()
    product.window.resize(1600, 1000)
    settle(application)
    work = product.workspace
    work.open_project(folder)
    settle(application, 3.0)
    desk = product.window.desk
    assert desk is not None
    mask = np.zeros((side, side), bool)
    mask[: side // 10, : side // 10] = True
    rows = [PartBins.of(maps[n % MADE], mask if n % 2 else None, 0.0, 12.0) for n in range(2 * MADE)]
    bins = PixelBins.joined([rows[n % len(rows)] for n in range(parts)], 0.0, 12.0)
    desk.arrange("tune")
    settle(application, 1.0)
    tune = work.tune
    with tune.together():
        tune.bins, tune.curves = bins, curves_of(bins, None)
    settle(application, 0.5)
    print(f"{parts} parts of {side} x {side}; milliseconds of a step with its repaint, median / longest")

    def step(level: Level) -> Callable[[float], None]:
        def move(share: float) -> None:
            value = 1.5 + share
            desk.curves.histogram.line.setValue(value)
            desk.curves.histogram.line.sigDragged.emit(desk.curves.histogram.line)
            desk.curves.histogram._tell_now()

        tune.level = level
        settle(application, 0.3)
        return move

    report(application, "Tune, parts", step("image"))
    report(application, "Tune, pixels", step("pixel"))
    desk.docks.docks["dockGallery"].raise_()
    settle(application, 1.0)
    report(application, "Tune, parts, gallery in front", step("image"))
    report(application, "Tune, pixels, gallery in front", step("pixel"))
    desk.arrange("inspect")
    desk.docks.docks["dockCurves"].raise_()
    settle(application, 1.0)
    report(application, "Inspect, parts", step("image"))
    report(application, "Inspect, pixels", step("pixel"))
    tune.level = "image"
    work.tuning.forget()
    product.window.close()


def report(application: object, name: str, move: Callable[[float], None]) -> None:
    """The time until the window has been painted again."""
    walls, cpus = [], []
    for share in np.linspace(0, 2, STEPS):
        wall, cpu = time.perf_counter(), time.process_time()
        move(float(share))
        application.processEvents()  # type: ignore[attr-defined]
        walls.append(1000 * (time.perf_counter() - wall))
        cpus.append(1000 * (time.process_time() - cpu))
    print(f"{name:34} {median(walls):7.1f} / {max(walls):6.1f}   processor {median(cpus):6.1f}")


def settle(application: object, seconds: float = 0.5) -> None:
    """Let the window live."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        application.processEvents()  # type: ignore[attr-defined]
        time.sleep(0.01)


if __name__ == "__main__":
    main()
