"""What the views cost: the next sample, another colour map, a step of a threshold drag, a turn of the camera.

Run on a virtual screen or with QT_QPA_PLATFORM=offscreen; every figure holds the repaint.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from statistics import median

import numpy as np

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
from PySide6.QtWidgets import QApplication

from core.pixel_link import PixelLink
from core.sample import Sample
from core.score_map import ScoreMap
from core.state.overlay_state import OverlayState
from gui.theme import Theme
from gui.views.histogram_view import HistogramView
from gui.views.viewer import Viewer

SIDES = (400, 800)
ROUNDS = 7


def main() -> None:
    """Print a table for each raster size."""
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    theme = Theme("dark")
    theme.apply(application)
    for side in SIDES:
        bench_viewer(side, theme)
    bench_histogram(theme)


def bench_viewer(side: int, theme: Theme) -> None:
    """Picture and cloud side by side, 900 x 560."""
    overlay = OverlayState()
    overlay.change(low=0.0, high=4.0, threshold=2.0)
    viewer = Viewer(overlay, theme)
    viewer.resize(900, 560)
    viewer.show()
    parts = [made_part(side, seed) for seed in range(3)]
    rgb, cloud = viewer.rgb_view, viewer.cloud_view
    viewer.show_link(parts[0])
    viewer.grab()
    print(f"{side} x {side} ({side * side} points), milliseconds, median of {ROUNDS}")
    turn = iter(range(10_000))
    say("next sample, picture", lambda: (rgb.show_link(parts[next(turn) % 3]), rgb.grab()))
    say("next sample, full cloud", lambda: (cloud.show_link(parts[next(turn) % 3]), cloud.grab()))
    maps = ("viridis", "inferno")
    say("colour map, picture", lambda: (rgb.show_link(parts[0]), recolour(overlay, maps, turn), rgb.grab()))
    say("colour map, all views", lambda: (recolour(overlay, maps, turn), viewer.grab()))
    say("threshold step, picture", lambda: (drag(overlay, turn), rgb.grab()))
    say("threshold step, all views", lambda: (drag(overlay, turn), viewer.grab()))
    say("cross follows the mouse", lambda: (rgb.pointed.emit((next(turn) % side, 40)), viewer.grab()))
    if cloud.scene_view is not None:
        scene = cloud.scene_view
        say("camera turns, full cloud", lambda: (turned(scene), scene.grab()))
        points = len(scene.scene.thin_rows) if scene.scene is not None else 0
        say(f"camera turns, {points} points", lambda: (scene.note_motion(), turned(scene), scene.grab()))
    viewer.shutdown()
    viewer.close()


def bench_histogram(theme: Theme) -> None:
    """A step of the line over 2,000 scores."""
    rng = np.random.default_rng(0)
    plot = HistogramView(theme)
    plot.resize(700, 300)
    plot.show()
    plot.show_scores(rng.normal(1, 0.3, 1000).tolist(), rng.normal(2, 0.5, 1000).tolist())
    turn = iter(range(10_000))
    print("histogram, 2000 scores")
    say("threshold step", lambda: (plot.set_lines(1.3 + next(turn) * 0.01), plot.grab()))
    plot.close()


def made_part(side: int, seed: int) -> PixelLink:
    """A wavy plate with a hot spot, noise in everything."""
    rng = np.random.default_rng(seed)
    rows, columns = np.mgrid[:side, :side].astype(np.float32) / side
    height = 0.004 * np.sin(12 * rows) * np.cos(9 * columns) + rng.normal(0, 1e-5, (side, side))
    cloud = np.stack([columns * 0.1, rows * 0.1, 0.6 - height], -1).astype(np.float32)
    rgb = rng.integers(90, 160, (side, side, 3), np.uint8)
    heat = 4 * np.exp(-((rows - 0.4) ** 2 + (columns - 0.6) ** 2) / 0.004) + rng.random((side, side)) * 0.5
    return PixelLink(Sample(f"{seed}", rgb, cloud), ScoreMap(heat.astype(np.float32), 4.0))


def recolour(overlay: OverlayState, maps: tuple[str, str], turn: object) -> None:
    """Take the other colour map."""
    overlay.colour_map = maps[next(turn) % 2]  # type: ignore[call-overload]


def drag(overlay: OverlayState, turn: object) -> None:
    """Move the pixel line a little."""
    overlay.threshold = 1.5 + (next(turn) % 50) * 0.02  # type: ignore[call-overload]


def turned(scene: object) -> None:
    """Turn the camera by two degrees."""
    scene.renderer.GetActiveCamera().Azimuth(2)  # type: ignore[attr-defined]
    scene.refresh()  # type: ignore[attr-defined]


def say(what: str, act: Callable[[], object]) -> None:
    """Time an action after one warm-up."""
    act()
    times = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        act()
        QApplication.processEvents()
        times.append((time.perf_counter() - begin) * 1000)
    print(f"  {what:28} {median(times):7.1f}")


if __name__ == "__main__":
    main()
