"""Result files as the published programs of two methods write them."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from core.commands.context import Context
from core.errors import ExitCode, WrongUse
from core.phrase import say
from core.project.project import Project
from core.tasks.mtfi_files import write_mtfi_files
from core.tasks.shape_guided_files import write_shape_guided_files

FORMS = ("mtfi", "shape_guided")


def tell_published_files(
    args: argparse.Namespace, project: Project, names: Sequence[str], context: Context
) -> int:
    """Those of every method that has them and has models here, or of --method alone."""
    compute, monitor, folder = context.compute(args), context.monitor, args.as_published
    methods = {model.method for name in names for model in project.models(name)}
    wanted = [key for key in args.method or FORMS if key in FORMS and key in methods]
    if not wanted:
        raise WrongUse(
            say("There is no model of these methods and classes."), remedy=say("Train some models first.")
        )
    written: list[Path] = []
    if "mtfi" in wanted:
        written += write_mtfi_files(project, names, folder / "mtfi", args.note, compute, monitor)
    if "shape_guided" in wanted:
        written += write_shape_guided_files(project, names, folder / "shape_guided", compute, monitor)
    context.console.result({"files": [str(path) for path in written]})
    context.console.say(say("The figures are in {path}", path=folder))
    return ExitCode.DONE
