"""Both threshold lines of the active model: read from the project, dragged live, kept on release."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from core.inspection import Verdict
from core.metrics.score_table import Line
from core.project.project import Project
from core.project.records import Level, ReviewRecord, ThresholdRecord
from core.project.trail import now
from core.state.overlay_state import OverlayState
from core.state.results_state import ResultsState
from core.state.session_state import SessionState
from core.state.tune_state import TuneState
from core.tasks.normal_range import display_range

LEVELS: tuple[Level, ...] = ("image", "pixel")


class Lines:
    """The one place that moves a line: in the results, in the overlay, and where lines are chosen.

    While the options say so, dragging the image line moves the pixel line in the same proportion, so that
    one drag moves verdicts, counts and contour together.
    """

    def __init__(
        self, session: SessionState, results: ResultsState, overlay: OverlayState, tune: TuneState
    ) -> None:
        self._session = session
        self._results = results
        self._overlay = overlay
        self._tune = tune
        self._kept: dict[Level, ThresholdRecord] = {}

    def read(self, project: Project) -> None:
        """Show results, lines and colour range of the active model."""
        model = self._session.model
        reviews = verdicts_of(project)
        found = {level: project.threshold(model.id, level) if model else None for level in LEVELS}
        self._kept = {level: record for level, record in found.items() if record is not None}
        self._tell(project)
        if model is None:
            self._results.take({}, reviews, None)
            self._overlay.threshold = None
            return
        image, pixel = found["image"], found["pixel"]
        line = pixel.value if pixel else image.value if image else None
        self._overlay.take_class_range(display_range(model, line), line)
        self._results.take(project.inspections(model.id), reviews, image)

    def drag(self, value: float) -> None:
        """Move the image line; verdicts, counts and contour follow at once, the lower line gives way."""
        kept_image, kept_pixel = self._kept.get("image"), self._kept.get("pixel")
        is_linked, lower = self._tune.options.is_linked, self._results.lower
        self._move(Line(value, None if lower is None else min(lower, value)))
        if is_linked and kept_image is not None and kept_pixel is not None and kept_image.value > 0:
            self.drag_pixel(kept_pixel.value * value / kept_image.value)
        elif is_linked:
            self.drag_pixel(value)

    def drag_lower(self, value: float | None) -> None:
        """Move the lower line, at most up to the other; None takes it away."""
        line = self._results.threshold
        if line is not None:
            self._move(Line(line, None if value is None else min(value, line)))

    def drag_pixel(self, value: float) -> None:
        """Move the pixel line alone."""
        with self._tune.together():
            self._tune.pixel_line = Line(value)
            self._tune.exact = self._tune.sizes = None
        self._overlay.threshold = value

    def drag_level(self, level: Level, value: float) -> None:
        """Move the line of a level."""
        if level == "image":
            self.drag(value)
        else:
            self.drag_pixel(value)

    def moved(self) -> list[tuple[ThresholdRecord | None, ThresholdRecord]]:
        """(kept version, draft of the next one) of each line that is no longer where it was kept."""
        threshold = self._results.threshold
        pixel = self._overlay.threshold
        places: dict[Level, Line | None] = {
            "image": None if threshold is None else Line(threshold, self._results.lower),
            "pixel": None if pixel is None else Line(pixel),
        }
        if self._session.model is None:
            return []
        pairs = [(self._kept.get(level), level, line) for level, line in places.items()]
        return [
            (kept, self._draft(level, line, kept))
            for kept, level, line in pairs
            if line is not None and (kept is None or Line(kept.value, kept.lower) != line)
        ]

    def keep(self, project: Project) -> None:
        """Write down the lines that have moved, as new versions."""
        for _, draft in self.moved():
            self._kept[draft.level] = project.set_threshold(draft)
        self._tell(project)
        self._results.kept = self._kept.get("image")

    def history(self, project: Project) -> tuple[ThresholdRecord, ...]:
        """All versions of the line of the level that is being chosen, newest first."""
        model = self._session.model
        return tuple(project.thresholds(model.id, self._tune.level)) if model is not None else ()

    def _move(self, line: Line) -> None:
        """One announcement each for the line and its lower one."""
        self._results.draw(line.value, line.lower)
        self._tune.image_line = line

    def _tell(self, project: Project) -> None:
        """The lines as they are kept, where lines are chosen."""
        image, pixel = self._kept.get("image"), self._kept.get("pixel")
        shown = pixel or (replace(image, lower=None) if image is not None else None)
        with self._tune.together():
            line = Line(shown.value) if shown is not None else None
            if line != self._tune.pixel_line:
                self._tune.exact = self._tune.sizes = None
            self._tune.pixel_line = line
            self._tune.image_line = Line(image.value, image.lower) if image is not None else None
            self._tune.kept_image, self._tune.kept_pixel = image, pixel
            self._tune.history = self.history(project)

    def _draft(self, level: Level, line: Line, kept: ThresholdRecord | None) -> ThresholdRecord:
        """By hand; what was chosen in sight of the reported parts is optimistic."""
        data = self._tune.data
        is_optimistic = data == "test" and self._tune.has_known
        if kept is not None and kept.value == line.value:
            return replace(kept, lower=line.lower)
        if kept is not None:
            return replace(
                kept,
                value=line.value,
                lower=line.lower,
                preset="manual",
                data=data,
                is_optimistic=is_optimistic,
            )
        model = self._session.model
        assert model is not None
        return ThresholdRecord(
            id=0,
            class_name=model.class_name,
            model_id=model.id,
            level=level,
            value=line.value,
            lower=line.lower,
            preset="manual",
            data=data,
            is_optimistic=is_optimistic,
            who="",
            made=now(),
        )


def verdicts_of(project: Project) -> dict[int, Verdict]:
    """What humans have said, by the number of the sample."""
    return verdicts_in(project.reviews())


def verdicts_in(reviews: Mapping[int, ReviewRecord]) -> dict[int, Verdict]:
    """The verdicts alone, by the number of the sample."""
    return {number: Verdict(said.verdict) for number, said in reviews.items() if said.verdict is not None}
