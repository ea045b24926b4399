"""The sizes of a region in words and figures, as table, label and list show them."""

from __future__ import annotations

from dataclasses import dataclass

from core.measure.units import NOTHING, LengthUnit, converted, rounded, shown, shown_depth
from core.measurement import Kind, RegionSize
from core.phrase import Phrase, say
from core.state.regions_state import Unit
from gui.translator import word

KIND_WORDS: dict[Kind, Phrase] = {
    "raised": say("raised"),
    "sunk": say("sunk"),
    "colour": say("colour"),
    "unknown": Phrase(NOTHING, {}),
}
LATER = "…"
_SYMBOLS: dict[Unit, str] = {"mm": "mm", "µm": "µm", "inch": "in", "px": "px"}


@dataclass(frozen=True)
class SizeTexts:
    """One region in the unit of the user's choice; while the line is dragged only the area is known."""

    size: RegionSize
    unit: Unit
    is_exact: bool

    @property
    def _length_unit(self) -> LengthUnit:
        return "mm" if self.unit == "px" else self.unit

    @property
    def kind(self) -> str:
        """Sunk, raised, colour, or a dash."""
        return word(KIND_WORDS[self.size.kind]) if self.is_exact else LATER

    @property
    def area(self) -> str:
        """The figure alone."""
        text = shown(self.size, self.size.area, self._length_unit, 2)
        return text if self.is_exact or text == NOTHING else f"≈ {text}"

    @property
    def area_with_unit(self) -> str:
        """The figure with its unit."""
        return self.area if self.area == NOTHING else f"{self.area} {symbol(self.unit, 2)}"

    def length(self, value: float | None) -> str:
        """A length or width."""
        return shown(self.size, value, self._length_unit) if self.is_exact else LATER

    @property
    def depth(self) -> str:
        """Least, mean and greatest; or why there is none."""
        size = self.size
        if not self.is_exact:
            return LATER
        if size.trust == "too_few":
            return word(say("not enough points"))
        if size.depth is None or size.fit_error is None:
            return NOTHING
        if size.is_colour_only:
            limit = rounded(converted(2 * size.fit_error, self._length_unit), digits=1)
            return word(say("colour only (|d| < {limit})", limit=limit))
        parts = (size.depth.least, size.depth.mean, size.depth.greatest)
        return " / ".join(shown_depth(size, part, self._length_unit) for part in parts)

    @property
    def short_depth(self) -> str:
        """The farthest from the surface with its unit, both ends if it goes both ways; else why not."""
        size = self.size
        if not self.is_exact or size.trust in ("image_scale", "pixels"):
            return ""
        if size.trust == "too_few":
            return word(say("not enough points"))
        if size.depth is None:
            return ""
        if size.is_colour_only:
            return word(say("colour only"))
        ends = (size.depth.least, size.depth.greatest)
        limit = 2 * (size.fit_error or 0.0)
        goes_both_ways = ends[0] < -limit and ends[1] > limit
        figures = [
            shown_depth(size, end, self._length_unit)
            for end in (ends if goes_both_ways else (size.depth.extreme,))
        ]
        return f"{' … '.join(figures)} {symbol(self.unit)}"

    @property
    def volume(self) -> str:
        """A dash where the surface is where it should be."""
        if not self.is_exact:
            return LATER
        is_known = self.size.depth is not None and not self.size.is_colour_only
        return shown(self.size, self.size.volume, self._length_unit, 3) if is_known else NOTHING

    @property
    def score(self) -> str:
        """The highest score."""
        return f"{self.size.peak:.4g}".replace("-", "−")

    @property
    def coverage(self) -> str:
        """How much of it was seen."""
        return f"{self.size.coverage:.0%}" if self.size.coverage is not None else NOTHING

    @property
    def row(self) -> tuple[str, ...]:
        """The cells of the table."""
        size = self.size
        lengths = (self.length(size.length), self.length(size.width))
        rest = (self.depth, self.volume, self.score, self.coverage if self.is_exact else LATER)
        return (str(size.number), self.kind, self.area, *lengths, *rest)


def symbol(unit: Unit, power: int = 1) -> str:
    """mm, mm² or mm³; pixels are counted, so a power of them is none."""
    sign = "" if unit == "px" else {1: "", 2: "²", 3: "³"}[power]
    return f"{_SYMBOLS[unit]}{sign}"


def heads(unit: Unit) -> tuple[str, ...]:
    """The heads of the table."""
    return (
        "#",
        word(say("type")),
        f"{word(say('area'))} {symbol(unit, 2)}",
        word(say("length")),
        word(say("width")),
        f"{word(say('depth'))} {symbol('mm' if unit == 'px' else unit)}",
        f"{word(say('volume'))} {symbol('mm' if unit == 'px' else unit, 3)}",
        word(say("score")),
        word(say("cov.")),
    )
