"""The line of numbers below a comparison: place, and what each model says of it."""

from __future__ import annotations

from core.state.compare_state import CompareState
from core.state.cursor_state import Spot
from core.state.overlay_state import OverlayState
from core.tasks.sides import SideData
from gui.theme import Theme
from gui.translator import word
from gui.views.hud import number
from gui.views.readout import Readout


class CompareReadout(Readout):
    """objectName labelReadoutCompare."""

    def __init__(self, overlay: OverlayState, theme: Theme, state: CompareState) -> None:
        super().__init__(overlay, theme)
        self.setObjectName("labelReadoutCompare")
        self._state = state

    def show_spot(self, spot: Spot | None) -> None:
        """Say everything that is known of a position in the source picture."""
        part = self._state.part
        pixel = part.a.from_source(spot) if part is not None and spot is not None else None
        if part is None or pixel is None:
            hint = word("Point at a view to read pixel, place and score.") if part is not None else ""
            self.setText(self._quiet(hint))
            return
        parts = [self._source(part.a, pixel), self._point(part.a, pixel)]
        parts.append(self._said("A", part.a.score_at(pixel), self._state.data_a))
        parts.append(self._said("B", part.b.score_at(pixel), self._state.data_b))
        self.setText(("&nbsp;" * 5).join(text for text in parts if text))

    def _said(self, letter: str, score: float | None, data: SideData | None) -> str:
        if score is None:
            return ""
        said = self._fact(letter, f"<b>{number(score)}</b>")
        line = data.pixel_line if data is not None else None
        return (
            said if not line or line <= 0 else f"{said}&nbsp;&nbsp;{self._quiet(f'{score / line:.2f} × T')}"
        )
