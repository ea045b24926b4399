"""Both threshold lines of the active model: read from the project, dragged live, kept on release."""

from __future__ import annotations

from dataclasses import replace

from core.inspection import Verdict
from core.project.project import Project
from core.project.records import Level, ThresholdRecord
from core.project.trail import now
from core.state.overlay_state import OverlayState
from core.state.results_state import ResultsState
from core.state.session_state import SessionState
from core.tasks.normal_range import display_range


class Lines:
    """The image line lives in the results, the pixel line in the overlay.

    While `is_linked`, dragging the image line moves the pixel line in the same proportion, so that one drag
    moves verdicts, counts and contour together.
    """

    def __init__(self, session: SessionState, results: ResultsState, overlay: OverlayState) -> None:
        self._session = session
        self._results = results
        self._overlay = overlay
        self.is_linked = True
        self._kept: dict[Level, ThresholdRecord] = {}

    def read(self, project: Project) -> None:
        """Show results, lines and colour range of the active model."""
        model = self._session.model
        reviews = verdicts_of(project)
        if model is None:
            self._kept = {}
            self._results.take({}, reviews, None)
            self._overlay.threshold = None
            return
        levels: tuple[Level, ...] = ("image", "pixel")
        found = {level: project.threshold(model.id, level) for level in levels}
        self._kept = {level: record for level, record in found.items() if record is not None}
        image, pixel = found["image"], found["pixel"]
        line = pixel.value if pixel else image.value if image else None
        self._overlay.take_class_range(display_range(model, line), line)
        self._results.take(project.inspections(model.id), reviews, image)

    def drag(self, value: float) -> None:
        """Move the image line; verdicts, counts and contour follow at once."""
        kept_image, kept_pixel = self._kept.get("image"), self._kept.get("pixel")
        self._results.threshold = value
        if self.is_linked and kept_image is not None and kept_pixel is not None and kept_image.value > 0:
            self._overlay.threshold = kept_pixel.value * value / kept_image.value
        elif self.is_linked:
            self._overlay.threshold = value

    def drag_pixel(self, value: float) -> None:
        """Move the pixel line alone."""
        self._overlay.threshold = value

    def moved(self) -> list[tuple[ThresholdRecord | None, ThresholdRecord]]:
        """(kept version, draft of the next one) of each line that is no longer where it was kept."""
        places: dict[Level, float | None] = {
            "image": self._results.threshold,
            "pixel": self._overlay.threshold,
        }
        if self._session.model is None:
            return []
        pairs = [(self._kept.get(level), level, value) for level, value in places.items()]
        return [
            (kept, self._draft(level, value, kept))
            for kept, level, value in pairs
            if value is not None and (kept is None or kept.value != value)
        ]

    def keep(self, project: Project) -> None:
        """Write down the lines that have moved, as new versions."""
        for _, draft in self.moved():
            self._kept[draft.level] = project.set_threshold(draft)
        self._results.kept = self._kept.get("image")

    def _draft(self, level: Level, value: float, kept: ThresholdRecord | None) -> ThresholdRecord:
        if kept is not None:
            return replace(kept, value=value, preset="manual", is_optimistic=False)
        model = self._session.model
        assert model is not None
        return ThresholdRecord(
            id=0,
            class_name=model.class_name,
            model_id=model.id,
            level=level,
            value=value,
            lower=None,
            preset="manual",
            data="",
            is_optimistic=False,
            who="",
            made=now(),
        )


def verdicts_of(project: Project) -> dict[int, Verdict]:
    """What humans have said, by the number of the sample."""
    return {
        number: Verdict(said.verdict)
        for number, said in project.reviews().items()
        if said.verdict is not None
    }
