"""List the methods, and the models of a project; carry a model to another machine as one file."""

from __future__ import annotations

import argparse
from pathlib import Path

from core.commands.context import Context
from core.commands.train import model_values
from core.errors import ExitCode, WrongUse
from core.language import speaker
from core.methods.registry import METHODS
from core.phrase import say
from core.project.records import ModelRecord
from core.tasks.inspect_class import active_model
from core.tasks.model_archive import read_model_file, write_model_file


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """A project or none."""
    parser.add_argument("project", type=Path, nargs="?", metavar="PROJECT", help="also list its models")
    parser.add_argument(
        "--save", type=Path, metavar="FILE", help="write the active model of --class as one file"
    )
    parser.add_argument("--take-in", type=Path, metavar="FILE", help="add the model of such a file")
    parser.add_argument("--class", dest="class_name", default="", metavar="NAME", help="whose model")


def run(args: argparse.Namespace, context: Context) -> int:
    """Print both lists, or carry a model."""
    if args.save is not None or args.take_in is not None:
        return _carry(args, context)
    speak = speaker(context.console.language)
    for method in METHODS:
        values = {"kind": "method", "key": method.key, "title": method.title, "needs": sorted(method.needs)}
        context.console.result(values, f"{method.key:<14}{speak(method.title)}. {speak(method.summary)}")
    if args.project is not None:
        with context.project(args.project, to_write=False) as project:
            for model in project.models():
                context.console.result({"kind": "model", **model_values(model)}, _line(model))
    return ExitCode.DONE


def _carry(args: argparse.Namespace, context: Context) -> int:
    if args.project is None:
        raise WrongUse(say("Which project?"), remedy=say("Name its folder first."))
    with context.project(args.project, to_write=args.take_in is not None) as project:
        if args.save is not None:
            model = active_model(project, args.class_name)
            path = write_model_file(project, model, args.save, context.monitor)
            context.console.result({"kind": "file", "model": model.name, "file": str(path)})
            context.console.say(say("{model} is in {path}.", model=model.name, path=path))
        if args.take_in is not None:
            found = read_model_file(project, args.take_in, context.monitor, args.class_name)
            told = {"kind": "model", **model_values(found.model)}
            context.console.result({**told, "missing_weights": found.missing_weights}, _line(found.model))
            if found.missing_weights:
                keys = ", ".join(found.missing_weights)
                context.console.notice(say("It needs weights that are not here: {keys}.", keys=keys))
    return ExitCode.DONE


def _line(model: ModelRecord) -> str:
    mark = "*" if model.is_active else " "
    stale = "  stale" if model.is_stale else ""
    auroc = model.figures.get("image_auroc")
    figure = f"  AUROC {auroc:.3f}" if auroc is not None else ""
    return f"{mark} {model.class_name:<14}{model.name:<24}{model.trained_on} good{figure}{stale}"
