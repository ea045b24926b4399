"""The regions of the shown part: what was found, which one is looked at, how they are measured."""

from __future__ import annotations

from typing import Literal

from core.event import Event
from core.measure.units import LengthUnit
from core.measurement import Region, RegionSize
from core.state.watched import Watched
from core.tasks.measure_parts import WISH, MeasureWish
from core.tasks.part_ruler import FoundRegions

Unit = Literal["mm", "µm", "inch", "px"]
UNITS: tuple[Unit, ...] = ("mm", "µm", "inch", "px")


class RegionsState:
    """`changed` after every change; `found` is None before an inspection and while none was measured.

    `selected` is the number of a region. `note` says what is being waited for, `trouble` why nothing could be
    measured.
    """

    found = Watched[FoundRegions | None](None)
    selected = Watched[int | None](None)
    wish = Watched[MeasureWish](WISH)
    unit = Watched[Unit]("mm")
    note = Watched[str]("")
    trouble = Watched[str]("")

    def __init__(self) -> None:
        self.changed = Event()

    def take(self, found: FoundRegions | None, note: str = "", trouble: str = "") -> None:
        """Show what was found, and say so once; the choice stays if its region is still there."""
        outer, self.changed = self.changed, Event()
        is_other = found is None or self.found is None or found.sample_id != self.found.sample_id
        before = (self.found, self.note, self.trouble, self.selected)
        self.found, self.note, self.trouble = found, note, trouble
        if is_other or self.selected not in {size.number for size in self.sizes}:
            self.selected = None
        self.changed = outer
        if before != (self.found, self.note, self.trouble, self.selected):
            self.changed.emit()

    def measure_as(self, wish: MeasureWish, unit: Unit) -> None:
        """Measure otherwise from now on."""
        outer, self.changed = self.changed, Event()
        before = (self.wish, self.unit)
        self.wish, self.unit = wish, unit
        self.changed = outer
        if before != (wish, unit):
            self.changed.emit()

    @property
    def sizes(self) -> tuple[RegionSize, ...]:
        """The sizes of the regions, highest score first."""
        return self.found.sizes if self.found is not None else ()

    @property
    def chosen(self) -> tuple[Region, RegionSize] | None:
        """The region that is looked at."""
        if self.found is not None:
            for region, size in zip(self.found.regions, self.found.sizes, strict=True):
                if region.number == self.selected:
                    return region, size
        return None

    @property
    def shown_unit(self) -> Unit:
        """The unit in which the sizes come: pixels where nothing tells how large one is."""
        found = self.found
        is_metric = found is None or found.has_cloud or found.wish.mm_per_pixel is not None
        return self.unit if is_metric else "px"

    @property
    def length_unit(self) -> LengthUnit:
        """The same for lengths alone; sizes in pixels are not converted."""
        unit = self.shown_unit
        return "mm" if unit == "px" else unit

    def neighbour(self, step: int) -> int | None:
        """The number of the region `step` further, round and round; the first one to begin with."""
        numbers = [size.number for size in self.sizes]
        if not numbers:
            return None
        if self.selected not in numbers:
            return numbers[0 if step > 0 else -1]
        return numbers[(numbers.index(self.selected) + step) % len(numbers)]
