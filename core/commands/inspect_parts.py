"""Inspect parts by the active model, or by a named one: scores, maps, masks, verdicts and overlays."""

from __future__ import annotations

import argparse
from pathlib import Path

from core.commands.context import Context, add_class, add_project, chosen_classes
from core.datasets.loose_files import parts_of
from core.device import Compute
from core.errors import ExitCode, WrongUse
from core.exporting.inspected_files import ScoreLine, count_verdicts, write_manifest, write_table
from core.inspection import Verdict
from core.language import speaker
from core.monitor import Monitor
from core.phrase import say
from core.project.project import Project
from core.project.records import ModelRecord
from core.tasks.inspect_class import active_model
from core.tasks.inspect_to_folder import InspectedFolder, inspect_files, inspect_to_folder


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to inspect, by which model, and where to."""
    add_project(parser)
    add_class(parser)
    parser.add_argument("--model", metavar="NAME", help="a name or number from inspector models PROJECT")
    parser.add_argument("--split", choices=("train", "validation", "test"), default="test")
    parser.add_argument(
        "--input", type=Path, nargs="+", metavar="FILE", help="files instead of the project's"
    )
    parser.add_argument("--out", type=Path, metavar="DIR", help="where scores and pictures go")
    parser.add_argument("--fail-on-ng", action="store_true", help="exit code 1 where a part is NG")


def run(args: argparse.Namespace, context: Context) -> int:
    """Inspect class by class; finished parts stay in the table when the work is stopped."""
    compute = context.compute(args)
    lines: list[ScoreLine] = []
    with context.project(args.project, to_write=not args.input) as project:
        names = chosen_classes(project, args.classes)
        if args.input and len(names) > 1:
            raise WrongUse(
                say("Files are inspected by the model of one class."), remedy=say("Add --class NAME.")
            )
        try:
            for name in names:
                model = _model(project, name, args.model)
                into = InspectedFolder(project, model, args.out, lines)
                _inspect(project, model, into, args, compute, context.monitor)
        finally:
            if args.out is not None and lines:
                write_table(args.out, lines)
                write_manifest(args.out, lines)
    return _tell(lines, args, context)


def _inspect(
    project: Project,
    model: ModelRecord,
    into: InspectedFolder,
    args: argparse.Namespace,
    compute: Compute,
    monitor: Monitor,
) -> None:
    name = model.class_name
    if args.input:
        unit = project.samples(name)[0].ref.metres_per_unit
        inspect_files(project, model, parts_of(args.input, name, unit), into, compute, monitor)
    else:
        inspect_to_folder(project, model, project.samples(name, args.split), into, compute, monitor)


def _model(project: Project, class_name: str, wanted: str | None) -> ModelRecord:
    if wanted is None:
        return active_model(project, class_name)
    models = project.models(class_name)
    for model in models:
        if wanted in (model.name, model.method, str(model.id)):
            return model
    raise WrongUse(
        say('Class "{class_name}" has no model "{name}".', class_name=class_name, name=wanted),
        remedy=say("Its models are: {names}.", names=", ".join(model.name for model in models) or "-"),
    )


def _tell(lines: list[ScoreLine], args: argparse.Namespace, context: Context) -> int:
    counts = count_verdicts(lines)
    for line in lines:
        score = "" if line.score is None else f"{line.score:.4g}"
        verdict = line.final.value.upper() if line.final else "-"
        values = {
            "sample": line.sample,
            "score": line.score,
            "verdict": line.final,
            "sensors": sorted(line.sensors),
            "imagined": sorted(line.imagined),
            "seen_by": line.seen_by,
            "failure": line.failure,
        }
        told = [line.sample, speaker(context.console.language)(line.seen_by), line.failure]
        context.console.result(values, f"{verdict:<7}{score:>10}  {'  '.join(told)}".rstrip())
    context.console.result({"counts": counts, "out": str(args.out) if args.out else None})
    context.console.say(say("OK {ok}, NG {ng}, review {review}, could not be judged {failed}", **counts))
    if not lines:
        context.console.notice(say("There was no part to inspect."))
    if args.fail_on_ng and counts[Verdict.NG.value]:
        return ExitCode.NG_FOUND
    return ExitCode.DATA if lines and counts["failed"] == len(lines) else ExitCode.DONE
