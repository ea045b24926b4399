"""Prepare the parts: crop, remove the background, pad to a square; fills the project's cache."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from core.commands.context import Context, add_class, add_project, add_set, chosen_classes, settings_of
from core.errors import ExitCode, WrongUse
from core.phrase import say
from core.preprocess.in_place import prepare_in_place
from core.preprocess.layout import write_layout
from core.preprocess.run_many import Outcome
from core.project.project import Project
from core.tasks.method_config import with_values
from core.tasks.preprocess_class import PreprocessSummary, preprocess_class


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to prepare, how, and where to."""
    add_project(parser)
    add_class(parser)
    add_set(parser)
    parser.add_argument("--num_process", type=int, default=1, metavar="N", help="processes side by side")
    parser.add_argument("--write-layout", type=Path, metavar="DIR", help="write a converted data set to DIR")
    parser.add_argument("--in-place", action="store_true", help="rewrite the source files; needs --backup")
    parser.add_argument("--backup", type=Path, metavar="DIR", help="where the originals are kept")


def run(args: argparse.Namespace, context: Context) -> int:
    """Prepare class by class; what cannot be prepared is named, the rest goes on."""
    if args.in_place and args.backup is None:
        raise WrongUse(say("The originals need a place."), remedy=say("Add --backup DIR."))
    if args.in_place and args.write_layout:
        raise WrongUse(say("Either --in-place or --write-layout can be chosen."))
    with context.project(args.project) as project:
        names = chosen_classes(project, args.classes)
        if args.set:
            _configure(project, names, settings_of(args.set))
        found = [_prepare(project, name, args, context) for name in names]
    return _tell(found, context)


def _configure(project: Project, names: Sequence[str], values: dict[str, Any]) -> None:
    for name in names:
        project.set_preprocess_config(name, with_values(project.preprocess_config(name), values))


def _prepare(project: Project, name: str, args: argparse.Namespace, context: Context) -> PreprocessSummary:
    if not args.in_place and args.write_layout is None:
        return preprocess_class(project, name, context.monitor, args.num_process)
    refs = [record.ref for record in project.samples(name)]
    config = project.preprocess_config(name)
    stage = context.monitor.at_stage(1, 1, say("Prepare {name}", name=name))
    if args.in_place:
        return _summary(prepare_in_place(refs, args.backup, config, args.num_process, stage))
    return _summary(write_layout(refs, args.write_layout, config, args.num_process, stage))


def _summary(outcomes: Sequence[Outcome[Any, bool]]) -> PreprocessSummary:
    failures = tuple(
        say("{message} {remedy}", message=outcome.failure.message, remedy=outcome.failure.remedy)
        for outcome in outcomes
        if outcome.failure is not None
    )
    return PreprocessSummary(len(outcomes) - len(failures), failures=failures)


def _tell(found: Sequence[PreprocessSummary], context: Context) -> int:
    ready = sum(summary.ready for summary in found)
    failures = [sentence for summary in found for sentence in summary.failures]
    notes = [sentence for summary in found for sentence in summary.notes]
    for sentence in (*notes, *failures):
        context.console.notice(sentence)
    context.console.result(
        {"ready": ready, "failures": [str(text) for text in failures], "notes": [str(text) for text in notes]}
    )
    context.console.say(say("{ready} samples ready, {failed} failed", ready=ready, failed=len(failures)))
    return ExitCode.DONE if ready or not failures else ExitCode.DATA
