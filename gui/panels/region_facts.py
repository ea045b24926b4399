"""What more is known of a region than its row holds."""

from __future__ import annotations

from core.measure.units import converted, rounded, shown, shown_depth
from core.measurement import RegionSize
from core.phrase import Phrase, say
from core.state.regions_state import Unit
from gui.region_texts import SizeTexts, symbol

Fact = tuple[Phrase, Phrase]
FACTS = 6
_SURFACES = {
    "plane": say("plane"),
    "quadric": say("curved surface"),
    "mean_part": say("mean good part"),
}


def facts_of(size: RegionSize, unit: Unit) -> list[Fact]:
    """(name, value) of the region that is looked at, at most FACTS of them."""
    length = "mm" if unit == "px" else unit
    facts = [(say("Pixels"), Phrase(str(size.pixels), {}))]
    if size.trust == "image_scale":
        facts.append((say("Sizes"), say("from image scale")))
    if size.trust in ("image_scale", "pixels") or size.depth is None:
        return facts
    area = shown(size, size.projected_area, length, 2)
    ends = " … ".join(shown_depth(size, value, length) for value in (size.depth.low, size.depth.high))
    facts.append((say("Area seen from above"), Phrase(f"{area} {symbol(unit, 2)}", {})))
    depth = SizeTexts(size, unit, is_exact=True).depth
    facts.append((say("Depth min / mean / max"), Phrase(depth, {})))
    facts.append((say("Depth, 5 to 95 %"), Phrase(f"{ends} {symbol(unit)}", {})))
    facts.append((say("Reference surface"), _SURFACES.get(size.surface, Phrase(size.surface, {}))))
    if size.fit_error is not None:
        error = rounded(converted(size.fit_error, length), digits=2)
        facts.append((say("Fit error"), Phrase(f"{error} {symbol(unit)}", {})))
    return facts
