"""Figures of merit of the active models; what they have not judged yet is inspected first."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from core.atomic import write_text
from core.commands.context import Context, add_class, add_project, chosen_classes
from core.errors import ExitCode
from core.phrase import say
from core.tasks.evaluate import evaluate
from core.tasks.figures_text import figures_text


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which classes, and where to."""
    add_project(parser)
    add_class(parser)
    parser.add_argument("--out", type=Path, metavar="FILE", help="a JSON file of all figures")


def run(args: argparse.Namespace, context: Context) -> int:
    """Evaluate, print, write."""
    compute = context.compute(args)
    with context.project(args.project) as project:
        found = evaluate(project, chosen_classes(project, args.classes), compute, context.monitor)
    if args.out is not None:
        write_text(args.out, json.dumps(found.as_dict(), indent=2, ensure_ascii=False) + "\n")
    for entry in found.classes:
        for note in entry.notes:
            context.console.notice(note)
    context.console.result(found.as_dict(), figures_text(found))
    if args.out is not None:
        context.console.say(say("The figures are in {path}", path=args.out))
    return ExitCode.DONE
