"""Every method through its whole chain on demo parts and made-up weights: does it work on this machine?"""

from __future__ import annotations

import argparse
import tempfile
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path

from core.commands.context import Context
from core.errors import ExitCode, WrongUse
from core.methods.registry import method
from core.phrase import say
from core.tasks.smoke import HEAD, smoke


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which methods, and where to."""
    parser.add_argument("--method", action="append", default=[], metavar="NAME", help="this one; else all")
    parser.add_argument("--out", type=Path, metavar="DIR", help="keep project and exports in a new folder")


def run(args: argparse.Namespace, context: Context) -> int:
    """Print the table; the exit code tells whether every step passed."""
    for name in args.method:
        method(name)
    if args.out is not None and args.out.exists():
        raise WrongUse(say("{path} is there already.", path=args.out), remedy=say("Choose another folder."))
    compute = context.compute(args)
    context.console.notice(say("The weights are made up: the figures say nothing about the methods."))
    context.console.say(HEAD)
    lines = []
    with ExitStack() as stack:
        folder = args.out or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="inspector-smoke-")))
        for line in smoke(folder, args.method, compute, context.monitor):
            lines.append(line)
            context.console.result(asdict(line), line.text)
    return ExitCode.DONE if all(line.has_passed for line in lines) else ExitCode.OTHER
