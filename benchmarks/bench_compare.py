"""What Compare costs: the next sample on both sides, each mode, a step of the wipe, a turn of the clouds.

Run on a virtual screen or with QT_QPA_PLATFORM=offscreen; every figure holds the repaint.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from itertools import cycle

import numpy as np

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
from PySide6.QtWidgets import QApplication

from benchmarks.bench_views import made_part, say, turned
from core.metrics.agreement import Agreement
from core.pixel_link import PixelLink
from core.score_map import ScoreMap
from core.state.compare_state import MODES, ComparedPart, CompareState, Look
from core.state.cursor_state import CursorState
from core.state.overlay_state import OverlayState
from core.tasks.sides import Side, SideData
from gui.theme import Theme
from gui.views.compare_stage import CompareStage
from gui.views.vtk_widget import VtkWidget
from tests.core.state.rows import judged, model, part

SIDE = 800
MANY = 2000


def main() -> None:
    """Print a table for pictures, clouds and both; then the agreement of many parts."""
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    theme = Theme("dark")
    theme.apply(application)
    looks: tuple[Look, ...] = ("picture", "cloud", "both")
    for look in looks:
        bench_stage(look, theme)
    bench_agreement()


def bench_stage(look: Look, theme: Theme) -> None:
    """Two models on parts of 800 x 800, a stage of 1060 x 430."""
    state = made_state()
    state.look = look
    stage = CompareStage(state, OverlayState(), theme, CursorState())
    stage.resize(1060, 430)
    stage.show()
    parts = [made_pair(seed) for seed in range(3)]
    state.part = parts[0]
    stage.grab()
    print(f"{look}, {SIDE} x {SIDE}, milliseconds")
    turn = cycle(parts)
    say("next sample, first look", act(lambda: setattr(state, "part", next(turn)), stage))
    scene = stage.a.cloud.scene_view
    if scene is not None and look != "picture":
        say("next sample, full clouds", act(lambda: setattr(state, "part", next(turn)), stage, scene))
    for mode in MODES:
        state.mode = mode
        say(f"next sample, {mode}", act(lambda: setattr(state, "part", next(turn)), stage))
    state.mode = "wipe"
    places = cycle(np.linspace(0.2, 0.8, 20).tolist())
    say("step of the wipe line", act(lambda: setattr(state, "wipe", next(places)), stage))
    state.mode = "side"
    if scene is not None and look != "picture":

        def turn_both() -> None:
            scene.note_motion()
            turned(scene)
            scene.camera_moved.emit()

        say("both clouds turn, thinned", act(turn_both, stage))
    stage.shutdown()
    stage.close()


def bench_agreement() -> None:
    """Every figure of the panel for 2,000 parts."""
    rng = np.random.default_rng(0)
    scores = [dict(enumerate(rng.normal(size=MANY).tolist())) for _ in range(2)]
    print(f"{MANY} parts")

    def reckon() -> object:
        found = Agreement.of(range(MANY), scores[0], 0.4, scores[1], 0.6)
        return found.counts, found.disagreements

    say("agreement and disagreements", reckon)


def made_state() -> CompareState:
    """Two versions of a model, each with a line of its own."""
    state = CompareState()
    state.take_models("cap", (model(2), model(1, active=False)))
    data = {
        Side(n): SideData(Side(n), model(n), {1: judged(1, 4.0)}, 2.0, 2.0, False, (0.0, 4.0), 0)
        for n in (1, 2)
    }
    state.take((part(1, "dent"),), data)
    return state


def made_pair(seed: int) -> ComparedPart:
    """One part with two maps."""
    link = made_part(SIDE, seed)
    assert link.score_map is not None
    other = ScoreMap(np.roll(link.score_map.pixels, 90, axis=1), 4.0)
    return ComparedPart(1, link, PixelLink(link.sample, other))


def act(
    change: Callable[[], object], stage: CompareStage, until_rest: VtkWidget | None = None
) -> Callable[[], object]:
    """A change and the repaint that it asks for; on request also the full clouds when all stands still."""

    def done() -> None:
        change()
        stage.grab()
        while until_rest is not None and until_rest.is_moving:
            QApplication.processEvents()
        if until_rest is not None:
            stage.grab()

    return done


if __name__ == "__main__":
    main()
