"""What the tool in hand wants next, and what it has measured, below the views."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout

from core.measure.tools import Profile
from core.measure.units import rounded
from core.measurement import Measurement
from core.phrase import Phrase, say
from core.state.cursor_state import Spot
from core.state.tool_state import ToolKind, ToolState
from gui.theme import Theme
from gui.tokens import Tokens
from gui.translator import word
from gui.views.profile_view import ProfileView
from gui.widgets.live_widget import LiveWidget
from gui.widgets.text import label

NAMES: dict[ToolKind, Phrase] = {
    "distance": say("Distance"),
    "profile": say("Profile"),
    "angle": say("Angle"),
}
_WANTED = (
    say("Click the first point, or move the cross by the arrow keys and press Enter."),
    say("Now the second point."),
    say("Now the third point."),
)
_PLOT_HIGH = 150
_FINEST_MM = 0.001


class ToolStrip(LiveWidget):
    """objectName toolStrip; `pointed` carries the source spot that the plot points at."""

    pointed = Signal(object)

    def __init__(self, theme: Theme, state: ToolState) -> None:
        super().__init__()
        self.setObjectName("toolStrip")
        self._theme = theme
        self._state = state
        self.name = label("strong")
        self.text = label("body", "labelMeasured", wraps=True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.button = QToolButton()
        self.button.setObjectName("btnCloseTool")
        self.button.setAutoRaise(True)
        self.button.clicked.connect(state.close)
        self.plot = ProfileView(theme)
        self.plot.setFixedHeight(theme.px(_PLOT_HIGH))
        self.plot.pointed.connect(self._on_pointed)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.name)
        row.addWidget(self.text, 1)
        row.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 4, 8, 0)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(self.plot)
        state.changed.connect(self._read_state)
        theme.changed.connect(self._on_theme)
        self._on_theme(theme.tokens)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every word again."""
        self.button.setToolTip(self.tr("Close the measurement"))
        self.button.setAccessibleName(self.tr("Close the measurement"))
        self.plot.setAccessibleName(self.tr("Heights along the line"))
        self._read_state()

    def _read_state(self) -> None:
        state = self._state
        self.setVisible(state.is_shown)
        kind = state.measured_by
        if kind is None:
            return
        self.name.setText(word(NAMES[kind]))
        self.text.setText(word(said(state)))
        profile = state.profile
        self.plot.setVisible(profile is not None)
        if profile is not None:
            self.plot.show_profile(profile)

    def follow(self, spot: Spot | None) -> None:
        """Mark in the plot where the cross is, if it stands on the line."""
        line = self._state.line
        if self.plot.isVisible() and line and spot is not None:
            away = np.abs(np.array(line) - np.array(spot)).max(axis=1)
            at = int(np.argmin(away))
            self.plot.stand_at(at if away[at] <= 1 else None)

    def _on_pointed(self, at: int) -> None:
        line = self._state.line
        if at < len(line):
            self.pointed.emit(line[at])

    def _on_theme(self, look: Tokens) -> None:
        self.button.setIcon(self._theme.icon("close"))
        self.plot.retheme(look)
        self.plot.setFixedHeight(self._theme.px(_PLOT_HIGH))


def said(state: ToolState) -> Phrase:
    """What the tool wants next, or what it has measured."""
    if not state.is_complete:
        return _WANTED[len(state.spots)]
    if state.measured_by == "profile":
        return _profile(state, state.profile)
    found = state.measurement
    if found is None:
        return say("One of the points has no depth, or two are the same.")
    if found.kind == "angle":
        return Phrase(f"{rounded(found.value, 0.1)}°", {})
    return _distance(state, found)


def short(state: ToolState) -> str:
    """The figure that stands beside the line in the views."""
    found, profile = state.measurement, state.profile
    if state.measured_by == "profile":
        return "" if profile is None else f"{_mm(state, float(np.nanmax(profile.way)))} mm"
    if found is None:
        return ""
    if found.kind == "angle":
        return f"{rounded(found.value, 0.1)}°"
    return f"{_mm(state, found.value)} {found.unit}"


def _distance(state: ToolState, found: Measurement) -> Phrase:
    value = _mm(state, found.value)
    if found.unit == "px":
        return say(
            "{value} px in the picture; without a cloud or an image scale there are no mm.", value=value
        )
    if found.along_axes is None:
        return say("{value} mm, from image scale", value=value)
    x, y, z = (_mm(state, part) for part in found.along_axes)
    return say("{value} mm straight · X {x} · Y {y} · Z {z} mm", value=value, x=x, y=y, z=z)


def _profile(state: ToolState, found: Profile | None) -> Phrase:
    if state.cloud is None:
        return say("A profile needs a cloud, and this sample has none that is in mm.")
    if found is None:
        return say("One of the ends has no depth, or both are the same.")
    low, high = float(np.nanmin(found.heights)), float(np.nanmax(found.heights))
    return say(
        "{length} mm long · heights {low} to {high} mm · {span} mm between them",
        length=_mm(state, float(np.nanmax(found.way))),
        low=rounded(low, _FINEST_MM),
        high=rounded(high, _FINEST_MM),
        span=rounded(high - low, _FINEST_MM),
    )


def _mm(state: ToolState, value: float) -> str:
    """A length with no more digits than the spacing of the points supports."""
    return rounded(value, state.cloud.spacing if state.cloud is not None else state.mm_per_pixel)
