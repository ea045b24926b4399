"""The tool in the user's hand, the points that were chosen with it, and what they measure."""

from __future__ import annotations

from typing import Literal

from core.event import Event
from core.measure.metric_cloud import MetricCloud
from core.measure.tools import Profile, angle, distance, line_pixels, profile
from core.measurement import Measurement
from core.state.watched import Watched

ToolKind = Literal["distance", "profile", "angle"]
Spot = tuple[int, int]
POINTS: dict[ToolKind, int] = {"distance": 2, "profile": 2, "angle": 3}


class ToolState:
    """Spots are (row, column) of the source; `changed` after every change.

    `kind` is the tool in hand, None when it was put down; what it measured stays until it is closed or
    another part comes. Without a cloud, lengths come from `mm_per_pixel`, else they are pixels.
    """

    kind = Watched[ToolKind | None](None)
    cloud = Watched[MetricCloud | None](None)
    mm_per_pixel = Watched[float | None](None)

    def __init__(self) -> None:
        self.changed = Event()
        self.spots: tuple[Spot, ...] = ()
        self.measured_by: ToolKind | None = None

    @property
    def is_complete(self) -> bool:
        """Whether all points were chosen."""
        return self.measured_by is not None and len(self.spots) == POINTS[self.measured_by]

    @property
    def is_shown(self) -> bool:
        """Whether there is anything of it to see."""
        return self.kind is not None or bool(self.spots)

    @property
    def measurement(self) -> Measurement | None:
        """The distance or the angle; None while points are missing, or where one of them was not seen."""
        if not self.is_complete:
            return None
        if self.measured_by == "angle":
            return angle(self.spots[0], self.spots[1], self.spots[2], self.cloud)
        return distance(self.spots[0], self.spots[1], self.cloud, self.mm_per_pixel)

    @property
    def profile(self) -> Profile | None:
        """The heights along the line; None where there is no cloud, or no point at an end."""
        if self.measured_by != "profile" or not self.is_complete or self.cloud is None:
            return None
        return profile(self.spots[0], self.spots[1], self.cloud)

    @property
    def line(self) -> tuple[Spot, ...]:
        """The pixels along the line of a profile, in the order of its heights."""
        if self.measured_by != "profile" or not self.is_complete:
            return ()
        return tuple((int(row), int(column)) for row, column in line_pixels(self.spots[0], self.spots[1]))

    def take(self, kind: ToolKind) -> None:
        """Begin to measure; the same tool again puts it down."""
        if self.kind == kind:
            self.put_down()
            return
        outer, self.changed = self.changed, Event()
        self.kind, self.measured_by, self.spots = kind, kind, ()
        self.changed = outer
        self.changed.emit()

    def put(self, spot: Spot) -> None:
        """Choose a point; after the last one the next measurement begins."""
        if self.kind is None:
            return
        self.spots = (spot,) if self.is_complete else (*self.spots, spot)
        self.measured_by = self.kind
        self.changed.emit()

    def put_down(self) -> None:
        """Leave the tool; a measurement that is complete stays to be read."""
        outer, self.changed = self.changed, Event()
        before = (self.kind, self.spots)
        if not self.is_complete:
            self.spots = ()
        self.kind = None
        self.changed = outer
        if before != (None, self.spots):
            self.changed.emit()

    def close(self) -> None:
        """Leave the tool and forget what was measured."""
        outer, self.changed = self.changed, Event()
        was_shown = self.is_shown
        self.kind, self.measured_by, self.spots = None, None, ()
        self.changed = outer
        if was_shown:
            self.changed.emit()

    def measure_on(self, cloud: MetricCloud | None, mm_per_pixel: float | None) -> None:
        """Another part is shown, or its cloud has been made ready."""
        outer, self.changed = self.changed, Event()
        before = (self.cloud, self.mm_per_pixel)
        self.cloud, self.mm_per_pixel = cloud, mm_per_pixel
        self.changed = outer
        if before[0] is not cloud or before[1] != mm_per_pixel:
            self.changed.emit()
