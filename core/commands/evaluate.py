"""Figures of merit of the active models, or tables of all methods; the missing is inspected first."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from core.atomic import write_text
from core.commands.context import ALL, Context, add_class, add_project, chosen_classes
from core.commands.one_sensor import tell_one_sensor
from core.commands.published_files import tell_published_files
from core.device import Compute
from core.errors import ExitCode
from core.exporting.result_tables import ResultTable, as_data, markdown
from core.methods.registry import method
from core.phrase import say
from core.project.project import Project
from core.project.trail import now
from core.tasks.evaluate import Evaluation, evaluate
from core.tasks.evaluate_methods import TableWish, evaluate_methods, raw_files
from core.tasks.figures_text import figures_text
from core.tasks.provenance import provenance
from core.tasks.published_lines import published_figures
from core.tasks.reviewed import evaluate_reviewed
from core.tasks.write_tables import write_tables


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which classes and methods, and where to."""
    add_project(parser)
    add_class(parser)
    parser.add_argument("--out", type=Path, metavar="FILE", help="a JSON file of all figures")
    parser.add_argument(
        "--labels",
        choices=("truth", "reviewed", "both"),
        default="truth",
        help="imported truth, what people said, or both side by side",
    )
    parser.add_argument(
        "--one-sensor", action="store_true", help="what a missing sensor costs; trains what is needed for it"
    )
    tables = parser.add_argument_group("tables of methods")
    tables.add_argument("--method", action="append", metavar="KEY", help="several times, or all")
    tables.add_argument("--limit", type=float, action="append", metavar="RATE", help="of AU-PRO: 0.3, 0.01")
    tables.add_argument(
        "--form", choices=("reference", "cfm", "exact"), default="reference", help="of AU-PRO"
    )
    tables.add_argument("--tables", type=Path, metavar="DIR", help="markdown, CSV and JSON go here")
    tables.add_argument(
        "--as-published", type=Path, metavar="DIR", help="files in the published programs' own forms go here"
    )
    tables.add_argument("--raw", type=Path, metavar="DIR", help="raw scores of every part go here")
    tables.add_argument("--note", default="", metavar="TEXT", help="written above the tables")
    tables.add_argument("--no-published", action="store_true", help="leave published figures out")


def run(args: argparse.Namespace, context: Context) -> int:
    """Evaluate, print, write."""
    compute = context.compute(args)
    with context.project(args.project) as project:
        names = chosen_classes(project, args.classes)
        if args.as_published is not None:
            return tell_published_files(args, project, names, context)
        if args.one_sensor:
            return tell_one_sensor(args, project, names, context)
        if args.method or args.tables:
            found, tables = _methods(args, project, names, compute, context)
        else:
            found, tables = evaluate(project, names, compute, context.monitor), ()
        if args.labels != "truth":
            return _by_people(args, project, found, context)
        published = published_figures(project, found)
        if args.raw is not None:
            for name, text in raw_files(project, [entry.model for entry in found.classes]):
                write_text(args.raw / name, text)
    if args.out is not None:
        told = _data(found, tables)
        write_text(args.out, json.dumps(told, indent=2, ensure_ascii=False) + "\n")
    _tell(args, context, found, tables)
    for figures in published:
        context.console.result(asdict(figures), figures.line)
    return ExitCode.DONE


def _by_people(args: argparse.Namespace, project: Project, found: Evaluation, context: Context) -> int:
    """The figures by what people said, alone or beside those by the imported truth."""
    reviewed = evaluate_reviewed(project, [entry.model for entry in found.classes], context.monitor)
    sides = {"truth": found} if args.labels == "both" else {}
    sides["reviewed"] = reviewed
    told = {"labels": args.labels, **{name: side.as_dict() for name, side in sides.items()}}
    for side in sides.values():
        for entry in side.classes:
            for note in entry.notes:
                context.console.notice(note)
    context.console.result(told)
    titles = {"truth": say("By the imported truth:"), "reviewed": say("By what people said:")}
    for name, side in sides.items():
        context.console.say(titles[name])
        context.console.say(figures_text(side))
    if args.out is not None:
        write_text(args.out, json.dumps(told, indent=2, ensure_ascii=False) + "\n")
        context.console.say(say("The figures are in {path}", path=args.out))
    return ExitCode.DONE


def _methods(
    args: argparse.Namespace, project: Project, names: list[str], compute: Compute, context: Context
) -> tuple[Evaluation, tuple[ResultTable, ...]]:
    wanted = tuple(key for key in args.method or () if key != ALL)
    for key in wanted:
        method(key)
    default = TableWish()
    wish = TableWish(wanted, tuple(args.limit or default.limits), args.form, not args.no_published)
    found, tables = evaluate_methods(project, names, wish, compute, context.monitor)
    if args.tables is not None:
        write_tables(args.tables, tables, provenance(compute), now(), args.note)
    return found, tables


def _data(found: Evaluation, tables: tuple[ResultTable, ...]) -> dict[str, Any]:
    """A class appears once for each of its models where tables were asked for."""
    if not tables:
        return found.as_dict()
    models = [{"class": entry.class_name, **entry.as_dict()} for entry in found.classes]
    return {"tables": as_data(tables), "models": models}


def _tell(
    args: argparse.Namespace, context: Context, found: Evaluation, tables: tuple[ResultTable, ...]
) -> None:
    for entry in found.classes:
        for note in entry.notes:
            context.console.notice(note)
    if tables:
        context.console.result({"tables": as_data(tables)}, markdown(tables))
    else:
        context.console.result(found.as_dict(), figures_text(found))
    for path in (args.out, args.tables):
        if path is not None:
            context.console.say(say("The figures are in {path}", path=path))
