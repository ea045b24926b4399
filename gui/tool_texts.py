"""What a measuring tool wants next, and what it has measured, in words and figures."""

from __future__ import annotations

import numpy as np

from core.measure.tools import Profile
from core.measure.units import rounded
from core.measurement import Measurement
from core.phrase import Phrase, say
from core.state.tool_state import ToolKind, ToolState

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
_FINEST_MM = 0.001


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
        return say("{value} px in the picture: without cloud and image scale there are no mm.", value=value)
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
