"""Judge files of parts by an exported model, as the program beside the export does."""

from __future__ import annotations

import argparse
from pathlib import Path

from core.commands.context import Context
from core.deployed import program
from core.deployed.parts import given_parts
from core.deployed.runner import Runner
from core.phrase import say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which export, which parts, where to."""
    parser.add_argument("export", type=Path, metavar="EXPORT", help="a folder that inspector export wrote")
    program.add_arguments(parser)


def run(args: argparse.Namespace, context: Context) -> int:
    """One line for each part, then the time that the steps took."""
    runner = Runner.open(args.export, args.threads)
    parts = given_parts(args.images, runner.manifest.metres_per_unit, args.truth)
    outcomes: list[program.Outcome] = []
    for outcome in program.judge_parts(runner, parts, program.Wish(args.batch, args.as_is)):
        context.monitor.tick(len(outcomes), len(parts), say("Inspecting {name}", name=outcome.file.name))
        outcomes.append(outcome)
        context.console.result(outcome.values, outcome.line)
        if args.out is not None:
            program.write_pictures(args.out, outcome, runner.manifest)
    context.console.say(program.mean_seconds(outcomes).line)
    if args.out is not None:
        context.console.say(say("Outputs saved in {folder}", folder=args.out))
    return program.exit_code(outcomes, fail_on_ng=args.fail_on_ng)
