"""What a move of the brush costs with picture and cloud, and what keeping a stroke costs when it is lifted.

Run on a virtual screen; figures with views hold everything that is painted after a move.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from statistics import median

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from benchmarks.bench_views import made_part
from core.project.project import Project
from core.sample import SampleRef
from core.state.cursor_state import CursorState
from core.state.mask_state import MaskState
from core.state.overlay_state import OverlayState
from gui.theme import Theme
from gui.views.mask_hand import MaskHand
from gui.views.viewer import Viewer

ROUNDS = 40
SIDES = (400, 800)
BRUSHES = (9, 60, 200)


def main() -> None:
    """Print a table for each raster size and brush."""
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    theme = Theme("dark")
    theme.apply(application)
    for side in SIDES:
        for brush in BRUSHES:
            bench_stroke(side, brush, theme)
    with tempfile.TemporaryDirectory() as folder:
        bench_keeping(Path(folder))


def bench_stroke(side: int, brush: int, theme: Theme) -> None:
    """A long stroke with the mouse over picture and cloud, 900 x 560."""
    overlay, cursor, mask = OverlayState(), CursorState(), MaskState()
    overlay.change(low=0.0, high=4.0, threshold=2.0)
    viewer = Viewer(overlay, theme, cursor)
    viewer.resize(900, 560)
    viewer.show()
    viewer.show_link(made_part(side, 0))
    viewer.grab()
    mask.show((side, side), None)
    mask.tool, mask.size = "brush", brush
    hand = MaskHand(viewer.rgb_view, mask, cursor, lambda: True)
    hand.pressed.connect(mask.begin)
    hand.drawn.connect(mask.draw)
    places = _way(viewer)
    _send(viewer, QEvent.Type.MouseButtonPress, next(places))

    def move() -> None:
        _send(viewer, QEvent.Type.MouseMove, next(places))
        assert mask.mask is not None
        overlay.my_mask = mask.mask.copy()

    print(f"{side} x {side}, brush of {brush} px, ms of {ROUNDS} moves: median, worst, processor time")
    for key, what in (("1", "a move, picture"), ("2", "a move, picture and cloud")):
        viewer.set_layout(key)
        QApplication.processEvents()
        say(what, move)
    viewer.shutdown()
    viewer.close()


def bench_keeping(folder: Path) -> None:
    """From the lifted brush to the disk, trail and undo step included, on a large picture."""
    project = Project.create(folder / "project")
    picture = folder / "000.png"
    picture.write_bytes(b"")
    number = project.add_samples([SampleRef("part", "test", "good", "000", rgb=picture)])[0].id
    for shape in ((800, 800), (3000, 4000)):
        mask = MaskState()
        mask.show(shape, None)
        mask.tool, mask.size = "brush", 40
        turn = count()
        project.set_own_mask(number, None)

        def keep(mask: MaskState = mask, turn: Iterator[int] = turn, high: int = shape[0]) -> None:
            row = 20 + next(turn) * 7 % (high - 40)
            mask.begin((row, 30))
            mask.draw((row, 400))
            mask.end(None, 0.0)
            project.set_own_mask(number, mask.mask)

        say(f"a stroke kept, {shape[1]} x {shape[0]}", keep)
    project.close()


def _way(viewer: Viewer) -> Iterator[QPointF]:
    """Places of the hand, a few pixels apart, line by line over the picture."""
    side = 300
    for turn in count():
        yield QPointF(70 + turn * 9 % side, 120 + turn * 9 // side * 30)


def _send(viewer: Viewer, kind: QEvent.Type, place: QPointF) -> None:
    target, left = viewer.rgb_view.viewport(), Qt.MouseButton.LeftButton
    event = QMouseEvent(kind, place, target.mapToGlobal(place), left, left, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(target, event)


def say(what: str, act: Callable[[], object]) -> None:
    """Time an action after one warm-up."""
    act()
    times = []
    spent = time.process_time()
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        act()
        QApplication.processEvents()
        times.append((time.perf_counter() - begin) * 1000)
    spent = (time.process_time() - spent) / ROUNDS * 1000
    print(f"  {what:28} {median(times):7.1f} {max(times):7.1f} {spent:7.1f}", flush=True)


if __name__ == "__main__":
    main()
