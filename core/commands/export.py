"""Take trained models out of the program, to run on onnxruntime alone."""

from __future__ import annotations

import argparse
from pathlib import Path

from core.commands.context import Context, add_class, add_project, chosen_classes
from core.errors import ExitCode
from core.phrase import say
from core.tasks.export_model import export_model
from core.tasks.inspect_class import active_model


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which classes, and where to."""
    add_project(parser)
    add_class(parser, is_required=True)
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="a folder for each class")


def run(args: argparse.Namespace, context: Context) -> int:
    """Export the active model of every class, and tell how well it agrees."""
    compute = context.compute(args)
    with context.project(args.project, to_write=False) as project:
        for name in chosen_classes(project, args.classes):
            model = active_model(project, name)
            done = export_model(project, model, args.out / name, compute, context.monitor)
            values = {
                "class": name,
                "model": model.name,
                "folder": str(done.folder),
                "compared": done.compared,
                "difference": done.difference,
                "opset": done.manifest.opset,
            }
            context.console.result(values)
            context.console.say(
                say("{model} is in {folder}; on {count} parts it differs by at most {share}.",
                    model=model.name, folder=done.folder, count=done.compared,
                    share=f"{done.difference:.1e}")
            )  # fmt: skip
            if done.manifest.is_prepared and "xyz" not in done.manifest.sensors:
                context.console.notice(
                    say("Its parts were freed of their background by their clouds; give it the clouds, too.")
                )
    return ExitCode.DONE
