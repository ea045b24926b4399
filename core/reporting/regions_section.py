"""The marked regions in a report, with their sizes."""

from __future__ import annotations

from core.measure.units import NOTHING, shown, shown_depth
from core.measurement import Kind, RegionSize, Spread
from core.phrase import Phrase, say
from core.report import ClassReport, PartRegions
from core.reporting.markup import Markup, element, joined, table
from core.reporting.numbers import score
from core.reporting.parts_section import Speak

KINDS: dict[Kind, Phrase] = {
    "raised": say("raised"),
    "sunk": say("sunk"),
    "colour": say("colour only"),
    "unknown": say("not known"),
}


def regions(entry: ClassReport, speak: Speak) -> Markup | None:
    """One row for each region of the parts that are NG; nothing where none was measured."""
    if not entry.regions:
        return None
    sizes = [size for found in entry.regions for size in found.sizes]
    in_pixels = all(size.trust == "pixels" for size in sizes)
    rows = [_row(found, size, speak) for found in entry.regions for size in found.sizes]
    more = say("{count} more parts that are NG were not measured.", count=entry.not_measured)
    return joined(
        element("h3", f"{speak(say('Marked regions'))} · {len(sizes)}"),
        element("div", table(_head(speak, in_pixels=in_pixels), rows, numbers_from=3), class_="wide"),
        element("p", speak(_note(in_pixels=in_pixels)), class_="quiet"),
        element("p", speak(more), class_="quiet") if entry.not_measured else None,
    )


def _head(speak: Speak, *, in_pixels: bool) -> tuple[object, ...]:
    area, length = ("px", "px") if in_pixels else ("mm²", "mm")
    return (
        speak(say("Sample")),
        "#",
        speak(say("Region type")),
        f"{speak(say('Area'))} {area}",
        f"{speak(say('Length'))} {length}",
        f"{speak(say('Width'))} {length}",
        f"{speak(say('Depth min / mean / max'))} mm",
        f"{speak(say('Volume'))} mm³",
        speak(say("Score")),
        speak(say("Seen")),
    )


def _row(found: PartRegions, size: RegionSize, speak: Speak) -> tuple[object, ...]:
    return (
        f"{found.part.label} {found.part.name.rpartition('/')[2]}",
        str(size.number),
        speak(KINDS[size.kind]),
        shown(size, size.area, power=2),
        shown(size, size.length),
        shown(size, size.width),
        _depth(size, size.depth),
        NOTHING if size.kind == "colour" else shown(size, size.volume, power=3),
        score(size.peak),
        NOTHING if size.coverage is None else f"{size.coverage:.0%}",
    )


def _depth(size: RegionSize, depth: Spread | None) -> str:
    if depth is None:
        return NOTHING
    values = (depth.least, depth.mean, depth.greatest)
    return " / ".join(shown_depth(size, value) for value in values)


def _note(*, in_pixels: bool) -> Phrase:
    if in_pixels:
        return say("Without a cloud and without an image scale, sizes are counted in pixels.")
    return say(
        "Depth is the distance from the surface around the region: + raised, − sunk; colour only where its "
        'mean is below twice the error of that surface. "≥": less than 60 % of the region has points.'
    )
