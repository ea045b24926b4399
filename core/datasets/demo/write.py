"""Write demo parts as a data set on disk."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from core.atomic import unwritable, write_text
from core.datasets.demo.layouts import WRITERS, Layout, layout_camera
from core.datasets.demo.plan import DemoPart, DemoPlan, demo_order
from core.datasets.demo.scan import scan_part
from core.datasets.demo.truth import COLOUR_BOUND, HEIGHT_BOUND_MM, DefectSize
from core.monitor import Monitor
from core.phrase import say


def write_demo(
    root: Path, plan: DemoPlan, monitor: Monitor, layout: Layout = "mvtec_3d", first: str | None = None
) -> None:
    """Write all parts of the plan, class `first` before the others; cancelling leaves whole files only."""
    parts = demo_order(plan, first)
    for done, part in enumerate(parts):
        monitor.tick(done, len(parts), say("Making {kind} {id}", kind=part.family, id=part.id))
        write_part(root, plan, part, layout)


def write_part(root: Path, plan: DemoPlan, part: DemoPart, layout: Layout = "mvtec_3d") -> None:
    """Write one part of the plan: the same bytes whether alone or among the others."""
    scan = scan_part(plan, part, layout_camera(layout, part.family, plan.size))
    try:
        WRITERS[layout](root, part, scan)
        if scan.size is not None:
            write_text(truth_file(root, part), _truth(plan, part, scan.size))
    except OSError as problem:
        raise unwritable(root, problem) from problem


def truth_file(root: Path, part: DemoPart) -> Path:
    """Where the true size of a defect lies; readers of the three layouts never look there."""
    return root / part.family / "truth" / part.label / f"{part.id}.json"


def _truth(plan: DemoPlan, part: DemoPart, size: DefectSize) -> str:
    told = {
        "kind": part.label,
        "strength": plan.strength,
        **{name: _short(value) for name, value in asdict(size).items()},
        "mask_bounds": {"height_mm": HEIGHT_BOUND_MM, "albedo": COLOUR_BOUND},
    }
    return json.dumps(told, indent=2) + "\n"


def _short(value: str | int | float) -> str | int | float:
    return round(value, 4) if isinstance(value, float) else value
