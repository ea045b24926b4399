"""Write a report that somebody else can check and repeat: one HTML file, or all of it as JSON."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from core.atomic import write_text
from core.commands.context import Context, add_class, add_project, chosen_classes
from core.errors import ExitCode
from core.phrase import say
from core.tasks.make_report import ReportWish, make_report, write_report
from core.tasks.report_data import report_data


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which classes, and where to."""
    add_project(parser)
    add_class(parser)
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="the HTML file")
    parser.add_argument("--json-out", type=Path, metavar="FILE", help="the same as JSON, without pictures")
    parser.add_argument("--pictures", type=int, default=12, metavar="N", help="parts of each kind")


def run(args: argparse.Namespace, context: Context) -> int:
    """Gather and write."""
    compute, language = context.compute(args), context.console.language
    wish = ReportWish(language, args.pictures)
    with context.project(args.project) as project:
        names = chosen_classes(project, args.classes)
        report = make_report(project, names, compute, context.monitor, wish)
    write_report(report, args.out, language)
    if args.json_out is not None:
        write_text(args.json_out, json.dumps(report_data(report), indent=2, ensure_ascii=False) + "\n")
    context.console.result({"report": str(args.out)})
    context.console.say(say("The report is {path}", path=args.out))
    return ExitCode.DONE
