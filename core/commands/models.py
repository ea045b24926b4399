"""List the methods, and the models of a project."""

from __future__ import annotations

import argparse
from pathlib import Path

from core.commands.context import Context
from core.commands.train import model_values
from core.errors import ExitCode
from core.language import speaker
from core.methods.registry import METHODS
from core.project.records import ModelRecord


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """A project or none."""
    parser.add_argument("project", type=Path, nargs="?", metavar="PROJECT", help="also list its models")


def run(args: argparse.Namespace, context: Context) -> int:
    """Print both lists."""
    speak = speaker(context.console.language)
    for method in METHODS:
        values = {"kind": "method", "key": method.key, "title": method.title, "needs": sorted(method.needs)}
        context.console.result(values, f"{method.key:<14}{speak(method.title)}. {speak(method.summary)}")
    if args.project is not None:
        with context.project(args.project, to_write=False) as project:
            for model in project.models():
                context.console.result({"kind": "model", **model_values(model)}, _line(model))
    return ExitCode.DONE


def _line(model: ModelRecord) -> str:
    mark = "*" if model.is_active else " "
    stale = "  stale" if model.is_stale else ""
    auroc = model.figures.get("image_auroc")
    figure = f"  AUROC {auroc:.3f}" if auroc is not None else ""
    return f"{mark} {model.class_name:<14}{model.name:<24}{model.trained_on} good{figure}{stale}"
