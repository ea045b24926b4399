"""What people said of the parts: how far the review is, or its trail, tables and masks as files."""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path
from typing import Any

from core.commands.context import ALL, Context, add_class, add_project, chosen_classes
from core.errors import ExitCode
from core.phrase import say
from core.project.project import Project
from core.tasks.export_reviews import export_reviews


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which classes, and where to."""
    add_project(parser)
    add_class(parser)
    parser.add_argument(
        "--export", type=Path, metavar="DIR", help="trail.csv, reviews.csv and masks/ go here"
    )


def run(args: argparse.Namespace, context: Context) -> int:
    """Tell how many parts of each class were judged; write files where they were asked for."""
    with context.project(args.project, to_write=False) as project:
        names = chosen_classes(project, args.classes)
        for name in names:
            _tell(project, name, context)
        if args.export is not None:
            is_everything = not args.classes or ALL in args.classes
            chosen = () if is_everything else names
            written = export_reviews(project, args.export, context.monitor, chosen)
            for problem in written.problems:
                context.console.notice(problem)
            text = say(
                "{count} masks and two tables are in {path}", count=len(written.masks), path=args.export
            )
            values = {"trail": str(written.trail), "reviews": str(written.reviews)}
            context.console.result({**values, "masks": [str(path) for path in written.masks]})
            context.console.say(text)
    return ExitCode.DONE


def _tell(project: Project, class_name: str, context: Context) -> None:
    reviews, marked = project.reviews(), project.marked()
    numbers = [record.id for record in project.samples(class_name)]
    said = Counter(
        found.verdict.value
        for number in numbers
        if (found := reviews.get(number)) is not None and found.verdict is not None
    )
    values: dict[str, Any] = {
        "class": class_name,
        "parts": len(numbers),
        "reviewed": said.total(),
        "ok": said["ok"],
        "ng": said["ng"],
        "unsure": said["review"],
        "masks": len(marked & set(numbers)),
    }
    sentence = say(
        "{name}: {reviewed} of {parts} parts reviewed: {ok} OK, {ng} NG, {unsure} unsure; {masks} masks",
        name=class_name,
        **{key: value for key, value in values.items() if key != "class"},
    )
    context.console.result(values)
    context.console.say(sentence)
