"""Two models on the same part: which ones, how they are laid side by side, and where they disagree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Literal, get_args

from core.event import Event
from core.inspection import judge
from core.metrics.agreement import Agreement
from core.metrics.auroc import auroc, average_precision
from core.metrics.summary import Figures
from core.pixel_link import PixelLink
from core.project.records import InspectionRecord, ModelRecord, SampleRecord
from core.score_map import ScoreMap
from core.state.overlay_state import OverlayState
from core.state.results_state import Mark
from core.state.watched import Watched
from core.tasks.sides import Side, SideData, side_name, sides_of

Mode = Literal["side", "wipe", "flicker", "difference"]
Scale = Literal["own", "raw"]
Look = Literal["picture", "cloud", "both"]
MODES: tuple[Mode, ...] = get_args(Mode)
MOST = 4
"""Models in the table of figures."""
SHARED = (
    "visible",
    "is_hidden",
    "opacity",
    "fade",
    "colour_map",
    "contour",
    "contour_width",
    "truth_on",
    "colour_by_3d",
    "point_size",
    "axes_on",
    "background_3d",
)
"""What both sides take from the display of the other views."""


@dataclass(frozen=True, eq=False)
class ComparedPart:
    """A part with the map of each side on the method's own scale; None where a side has none."""

    sample_id: int
    a: PixelLink
    b: PixelLink


@dataclass(frozen=True)
class TableColumn:
    """The figures of one model; None where they are not known."""

    name: str
    auroc: float | None
    ap: float | None
    aupro: float | None
    seconds: float | None
    size: int


class CompareState:
    """Sides A and B with what is known of them; `changed` after every change.

    `records` are the parts that are compared, `more` further sides in the table of figures, `figures` what an
    evaluation gave, `part` what is on the screen. `is_locked` says that nothing can be inspected,
    `busy` are the sides that are judging parts just now.
    """

    sides = Watched[tuple[Side, ...]](())
    a = Watched[Side | None](None)
    b = Watched[Side | None](None)
    more = Watched[tuple[Side, ...]](())
    mode = Watched[Mode]("side")
    scale = Watched[Scale]("own")
    look = Watched[Look]("both")
    wipe = Watched[float](0.5)
    records = Watched[tuple[SampleRecord, ...]](())
    data = Watched[Mapping[Side, SideData]](MappingProxyType({}))
    figures = Watched[Mapping[Side, Figures]](MappingProxyType({}))
    part = Watched[ComparedPart | None](None)
    is_locked = Watched[bool](False)
    busy = Watched[frozenset[Side]](frozenset())

    def __init__(self) -> None:
        self.changed = Event()
        self.names: Mapping[Side, str] = {}
        self._class_name = ""
        self._chosen: dict[str, tuple[str, str]] = {}
        self._agreed: tuple[tuple[object, ...], Agreement | None] = ((), None)

    @property
    def is_ready(self) -> bool:
        """Whether there are two sides."""
        return self.a is not None and self.b is not None

    @property
    def data_a(self) -> SideData | None:
        """What is known of side A."""
        return self.data.get(self.a) if self.a is not None else None

    @property
    def data_b(self) -> SideData | None:
        """What is known of side B."""
        return self.data.get(self.b) if self.b is not None else None

    @property
    def wanted(self) -> tuple[Side, ...]:
        """The sides whose results are needed: A, B and the others of the table."""
        return tuple(side for side in (self.a, self.b, *self.more) if side is not None)

    def take_models(self, class_name: str, models: tuple[ModelRecord, ...]) -> None:
        """Other versions can be compared; the chosen ones stay as long as they are there."""
        sides = sides_of(models)
        by_id = {model.id: model for model in models}
        self.names = {side: side_name(by_id[side.model_id], side) for side in sides}
        active = next((Side(model.id) for model in models if model.is_active), None)
        kept = [Side.of_text(text) for text in self._chosen.get(class_name, ())]
        if class_name == self._class_name and self.a is not None:
            kept = [self.a, self.b]
        self._class_name = class_name
        order = [side for side in (active, *sides) if side is not None]
        a = kept[0] if kept and kept[0] in sides else None
        b = kept[1] if kept and kept[1] in sides else None
        a = a or next((side for side in order if side != b), None)
        b = b or _partner(order, a)
        with_both = b is not None
        self._set(
            sides=sides,
            a=a if with_both else None,
            b=b,
            more=tuple(side for side in self.more if side in sides and side not in (a, b)),
            figures={side: found for side, found in self.figures.items() if side in sides},
        )

    def choose(self, a: Side | None = None, b: Side | None = None) -> None:
        """Put other sides up; choosing for one what the other shows swaps them."""
        new_a, new_b = a or self.a, b or self.b
        if new_a == new_b:
            new_a, new_b = (self.b, self.a)
        more = tuple(side for side in self.more if side not in (new_a, new_b))
        self._set(a=new_a, b=new_b, more=more, part=None)
        self._remember()

    def swap(self) -> None:
        """A becomes B; what is on the screen changes places with it."""
        part = self.part
        turned = None if part is None else ComparedPart(part.sample_id, part.b, part.a)
        self._set(a=self.b, b=self.a, part=turned)
        self._remember()

    def next_mode(self, may_flicker: bool = True) -> None:
        """The following way to compare."""
        modes = [mode for mode in MODES if may_flicker or mode != "flicker"]
        at = modes.index(self.mode) if self.mode in modes else -1
        self.mode = modes[(at + 1) % len(modes)]

    def toggle_more(self, side: Side) -> None:
        """Add a further model to the table, or take it out; four at most with A and B."""
        if side in self.more:
            self.more = tuple(other for other in self.more if other != side)
        elif side not in (self.a, self.b) and len(self.wanted) < MOST:
            self.more = (*self.more, side)

    def take(self, records: tuple[SampleRecord, ...], data: Mapping[Side, SideData]) -> None:
        """Show what the project holds of these parts."""
        self._set(records=records, data=data)

    def add(self, side: Side, inspection: InspectionRecord) -> None:
        """Take one finished result in."""
        known = self.data.get(side)
        if known is not None:
            found = {**known.inspections, inspection.sample_id: inspection}
            self.data = {**self.data, side: replace(known, inspections=found)}

    def clear(self) -> None:
        """The project is closed."""
        self._class_name, self._chosen, self.names = "", {}, {}
        self._set(
            sides=(), a=None, b=None, more=(), records=(), data=MappingProxyType({}), figures={}, part=None
        )

    @property
    def agreement(self) -> Agreement | None:
        """Both verdicts of every part; None until both sides have a line."""
        a, b = self.data_a, self.data_b
        key = (a, b, self.records)
        if len(self._agreed[0]) != 3 or any(
            old is not new for old, new in zip(self._agreed[0], key, strict=True)
        ):
            found = None
            if a is not None and b is not None and a.line is not None and b.line is not None:
                parts = [record.id for record in self.records]
                found = Agreement.of(parts, a.scores, a.line, b.scores, b.line)
            self._agreed = (key, found)
        return self._agreed[1]

    @property
    def can_scale(self) -> bool:
        """Whether both scores can be told in multiples of their own lines."""
        a, b = self.data_a, self.data_b
        return a is not None and b is not None and a.has_ratio and b.has_ratio

    @property
    def is_scaled(self) -> bool:
        """Whether colours are scaled by each side's own line just now."""
        return self.scale == "own" and self.can_scale

    def missing(self, side: Side | None) -> tuple[SampleRecord, ...]:
        """The parts that a side has not looked at yet."""
        known = self.data.get(side) if side is not None else None
        done = known.inspections if known is not None else {}
        return tuple(record for record in self.records if record.id not in done)

    def mark(self, data: SideData | None, sample_id: int | None) -> Mark:
        """What the machine of that side says of a part by its own line."""
        found = data.inspections.get(sample_id) if data is not None and sample_id is not None else None
        if data is None or found is None:
            return Mark.NONE
        if found.failure or found.score is None:
            return Mark.FAILED
        said = judge(found.score, data.line) if data.line is not None else None
        return Mark(said.value) if said is not None else Mark.NONE

    def scaled(self, data: SideData | None, link: PixelLink) -> PixelLink:
        """The map as it is coloured: in multiples of the side's own line, or as the method gave it."""
        found, line = link.score_map, data.pixel_line if data is not None else None
        if found is None or not self.is_scaled or not line or line <= 0:
            return link
        return PixelLink(link.sample, ScoreMap(found.pixels / line, found.whole / line), link.map_frame)

    def dress(self, overlay: OverlayState, main: OverlayState, data: SideData | None) -> None:
        """Let a side's overlay look like the main one, over its own range, or over that of both."""
        low, high, line = 0.0, 1.0, data.pixel_line if data is not None else None
        if self.is_scaled:
            ranges = [each for each in (self.data_a, self.data_b) if each is not None and each.pixel_line]
            low = min((each.colours[0] / (each.pixel_line or 1.0) for each in ranges), default=0.0)
            high = max((each.colours[1] / (each.pixel_line or 1.0) for each in ranges), default=2.0)
            line = 1.0
        elif data is not None:
            low, high = data.colours
        overlay.change(
            **{name: getattr(main, name) for name in SHARED},
            low=low,
            high=high,
            threshold=line,
            range_mode="class",
        )

    def columns(self) -> tuple[TableColumn, ...]:
        """The table of figures, A and B first; AUROC and AP are those of the parts that are compared."""
        found = []
        for side in self.wanted:
            data = self.data.get(side)
            if data is not None:
                found.append(self._column(side, data))
        return tuple(found)

    def kept(self) -> dict[str, Any]:
        """What the session remembers, as JSON values."""
        sides = {name: list(texts) for name, texts in self._chosen.items()}
        return {"mode": self.mode, "scale": self.scale, "look": self.look, "sides": sides}

    def restore(self, kept: dict[str, Any]) -> None:
        """What `kept` gave; whatever does not fit is left out."""
        fitting = {
            name: kept[name]
            for name, choices in (("mode", MODES), ("scale", get_args(Scale)), ("look", get_args(Look)))
            if kept.get(name) in choices
        }
        sides = kept.get("sides")
        pairs = sides.items() if isinstance(sides, dict) else ()
        self._chosen = {
            str(name): (str(texts[0]), str(texts[1]))
            for name, texts in pairs
            if isinstance(texts, list) and len(texts) == 2
        }
        self._set(**fitting)

    def _column(self, side: Side, data: SideData) -> TableColumn:
        scores = data.scores
        known = [r for r in self.records if r.id in scores and r.ref.is_good is not None]
        values, is_bad = [scores[r.id] for r in known], [not r.ref.is_good for r in known]
        two = any(is_bad) and not all(is_bad)
        figures = self.figures.get(side)
        aupro = figures.aupro_30 if figures is not None else None
        if figures is None and not side.removed:
            aupro = data.model.figures.get("aupro_30")
        return TableColumn(
            data.name,
            auroc(values, is_bad) if two else None,
            average_precision(values, is_bad) if two else None,
            aupro,
            data.seconds_a_part,
            data.size,
        )

    def _remember(self) -> None:
        if self.a is not None and self.b is not None:
            self._chosen = {**self._chosen, self._class_name: (self.a.text, self.b.text)}

    def _set(self, **values: Any) -> None:
        """Several attributes, announced once, and only if one has changed."""
        outer, self.changed = self.changed, Event()
        before = {name: getattr(self, name) for name in values}
        for name, value in values.items():
            setattr(self, name, value)
        self.changed = outer
        if any(getattr(self, name) != value for name, value in before.items()):
            self.changed.emit()


def _partner(order: list[Side], a: Side | None) -> Side | None:
    """Another version, else the same one with a sensor taken away."""
    others = [side for side in order if side != a]
    return next((side for side in others if not side.removed), others[0] if others else None)
