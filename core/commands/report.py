"""Write a report that somebody else can check and repeat: an HTML page, and beside it PDF, CSV and JSON."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from core.commands.context import Context, add_class, add_project, chosen_classes
from core.commands.measure import add_measuring, measure_wish
from core.errors import ExitCode
from core.phrase import say
from core.report import Report, Shows
from core.tasks.letterhead import letterhead_of
from core.tasks.make_report import ReportWish, make_report
from core.tasks.report_files import ReportForms, write_json, write_report_files
from core.tasks.same_report import Difference, differences, earlier_report

CHAPTERS = ("missed", "false-alarms", "regions", "overrides")
_SHOWN_DIFFERENCES = 10


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which classes, which forms, and where to."""
    add_project(parser)
    add_class(parser)
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="the HTML file")
    parser.add_argument("--pdf", action="store_true", help="also FILE.pdf")
    parser.add_argument("--csv", action="store_true", help="also FILE_parts.csv and FILE_regions.csv")
    parser.add_argument("--images", action="store_true", help="also the pictures in FILE_pictures/")
    parser.add_argument("--json-out", type=Path, metavar="FILE", help="the JSON (--json: beside the HTML)")
    parser.add_argument("--pictures", type=int, default=12, metavar="N", help="parts of each kind")
    parser.add_argument("--worst", type=int, default=6, metavar="N", help="parts with the highest scores")
    parser.add_argument(
        "--sample", dest="samples", action="append", default=[], metavar="NAME", help="only it"
    )
    parser.add_argument(
        "--without", action="append", default=[], choices=CHAPTERS, help="a chapter that is left out"
    )
    parser.add_argument("--anonymous", action="store_true", help="name no folder of this machine")
    parser.add_argument(
        "--labels",
        choices=("truth", "reviewed", "both"),
        default="truth",
        help="figures by the imported truth, by what people said, or both side by side",
    )
    add_measuring(parser)
    parser.add_argument("--same-as", type=Path, metavar="JSON", help="compare with an earlier report's JSON")


def run(args: argparse.Namespace, context: Context) -> int:
    """Gather, write, and compare where that was asked for."""
    compute, language = context.compute(args), context.console.language
    before = earlier_report(args.same_as) if args.same_as else None
    wish = _wish(args, language, context)
    with context.project(args.project) as project:
        names = chosen_classes(project, args.classes or classes_of(args.samples))
        report = make_report(project, names, compute, context.monitor, wish)
    forms = ReportForms(args.pdf, args.csv, args.json and args.json_out is None, args.images)
    written = write_report_files(report, args.out, language, forms)
    if args.json_out is not None:
        written += (write_json(report, args.json_out),)
    context.console.result({"report": str(args.out), "files": [str(path) for path in written]})
    context.console.say(say("The report is {path}", path=args.out))
    return ExitCode.DONE if before is None else _compared(before, report, context)


def _wish(args: argparse.Namespace, language: str, context: Context) -> ReportWish:
    missed, alarms, regions, overrides = (name not in args.without for name in CHAPTERS)
    return ReportWish(
        language,
        args.pictures,
        args.worst,
        measure=measure_wish(args),
        shows=Shows(missed, alarms, regions=regions, overrides=overrides),
        samples=tuple(args.samples),
        anonymous=args.anonymous,
        letterhead=letterhead_of(context.settings),
        labels=args.labels,
    )


def classes_of(names: Sequence[str]) -> list[str]:
    """The classes of parts by their full names."""
    return list(dict.fromkeys(name.partition("/")[0] for name in names))


def _compared(before: dict[str, object], report: Report, context: Context) -> int:
    found = differences(before, report)
    context.console.result({"same": not found, "differences": len(found)})
    if not found:
        context.console.say(say("The repeat agrees with the earlier report in every number."))
        return ExitCode.DONE
    context.console.notice(say("{count} numbers differ from the earlier report:", count=len(found)))
    for each in found[:_SHOWN_DIFFERENCES]:
        context.console.notice(_told(each))
    return ExitCode.OTHER


def _told(each: Difference) -> str:
    return say("{where}: {before} before, {now} now", where=each.where, before=each.before, now=each.now)
