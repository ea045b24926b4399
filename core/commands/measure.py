"""Measure the regions that the active model marks: area, length, width, depth and volume, as CSV or JSON."""

from __future__ import annotations

import argparse
import csv
import io
from collections.abc import Iterator
from pathlib import Path

from core.atomic import write_text
from core.commands.context import Context, add_class, add_project, chosen_classes
from core.errors import ExitCode
from core.measure.units import shown, shown_depth
from core.measurement import Reference, RegionSize
from core.phrase import say
from core.project.project import Project
from core.tasks.inspect_class import active_model
from core.tasks.measure_parts import MeasuredPart, MeasureWish, measure_class
from core.tasks.report_data import size_data

REFERENCES: dict[str, Reference] = {"local": "local", "flat": "flat", "mean-part": "mean_part"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which parts, against which surface, and where to."""
    add_project(parser)
    add_class(parser)
    parser.add_argument("--split", choices=("train", "validation", "test"), default="test")
    add_measuring(parser)
    parser.add_argument("--out", type=Path, metavar="FILE", help="a CSV file of all regions")


def add_measuring(parser: argparse.ArgumentParser) -> None:
    """What counts as a region, and what depth is measured from."""
    parser.add_argument("--reference", choices=tuple(REFERENCES), default="local", help="depth is from here")
    parser.add_argument(
        "--least-area", type=float, default=0.5, metavar="MM2", help="smaller regions are none"
    )
    parser.add_argument("--mm-per-pixel", type=float, metavar="MM", help="image scale of parts without cloud")


def measure_wish(args: argparse.Namespace) -> MeasureWish:
    """What the options ask for."""
    return MeasureWish(REFERENCES[args.reference], least_mm2=args.least_area, mm_per_pixel=args.mm_per_pixel)


def run(args: argparse.Namespace, context: Context) -> int:
    """Measure what is inspected, print, write."""
    rows = []
    with context.project(args.project, to_write=False) as project:
        for part, size in _regions(project, args, context):
            values = {"sample": part.record.name, **size_data(size)}
            rows.append(values)
            context.console.result(values, _line(part, size))
    context.console.say(say("{count} regions.", count=len(rows)))
    if args.out is not None and rows:
        text = io.StringIO()
        writer = csv.DictWriter(text, tuple(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        write_text(args.out, text.getvalue())
    return ExitCode.DONE


def _regions(
    project: Project, args: argparse.Namespace, context: Context
) -> Iterator[tuple[MeasuredPart, RegionSize]]:
    for name in chosen_classes(project, args.classes):
        model, records = active_model(project, name), project.samples(name, args.split)
        for part in measure_class(project, model, records, context.monitor, measure_wish(args)):
            yield from ((part, size) for size in part.sizes)


def _line(part: MeasuredPart, size: RegionSize) -> str:
    depth = "–" if size.depth is None else shown_depth(size, size.depth.mean)
    area, length, width = shown(size, size.area, power=2), shown(size, size.length), shown(size, size.width)
    return f"{area:>9}{length:>8}{width:>8}{depth:>8}  {size.kind:<8} {part.record.name} #{size.number}"
