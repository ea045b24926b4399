"""Write a project of demo parts, made here without any download; with --report run it to the end."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import get_args

from core.commands.context import Context
from core.datasets.demo.layouts import Layout
from core.datasets.demo.plan import DemoPlan
from core.datasets.demo.write import write_demo
from core.errors import ExitCode, WrongUse
from core.phrase import say
from core.tasks.figures_text import figures_text
from core.tasks.make_demo import make_demo
from core.tasks.run_demo import run_demo

_PLAN = DemoPlan()


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to make, and where."""
    parser.add_argument("out", type=Path, nargs="?", metavar="OUT", help="the folder to write")
    parser.add_argument("--report", type=Path, metavar="DIR", help="train, inspect, evaluate, report in DIR")
    parser.add_argument("--classes", default=",".join(_PLAN.classes), help="names separated by commas")
    parser.add_argument("--train", type=int, default=_PLAN.train, help="good parts to learn from")
    parser.add_argument("--validation", type=int, default=_PLAN.validation, help="good parts to validate")
    parser.add_argument("--test", type=int, default=_PLAN.test, help="test parts, good and bad")
    parser.add_argument("--size", type=int, default=_PLAN.size, help="pixels a side")
    parser.add_argument("--strength", type=float, default=_PLAN.strength, help="1 plain, 0.35 faint defects")
    parser.add_argument("--data-only", action="store_true", help="no project, only the data")
    parser.add_argument("--layout", choices=get_args(Layout), default="mvtec_3d", help="with --data-only")


def run(args: argparse.Namespace, context: Context) -> int:
    """Make the demo parts; say where they are."""
    plan = plan_of(args)
    if args.report is not None:
        return _to_the_end(args, plan, context)
    if args.out is None:
        raise WrongUse(
            say("Where to write the demo parts was not said."), remedy=say("Name a folder: demo OUT.")
        )
    if args.layout != "mvtec_3d" and not args.data_only:
        raise WrongUse(
            say("A demo project is made in the layout mvtec_3d."), remedy=say("Add --data-only for others.")
        )
    if args.data_only:
        write_demo(args.out, plan, context.monitor, args.layout)
    else:
        make_demo(args.out, plan, context.monitor)
    context.console.result(
        {"folder": str(args.out), "classes": list(plan.classes)}, f"{args.out}: {', '.join(plan.classes)}"
    )
    return ExitCode.DONE


def plan_of(args: argparse.Namespace) -> DemoPlan:
    """The plan that the options describe."""
    return DemoPlan(
        classes=tuple(name.strip() for name in args.classes.split(",") if name.strip()),
        train=args.train,
        validation=args.validation,
        test=args.test,
        size=args.size,
        seed=_PLAN.seed if args.seed is None else args.seed,
        strength=args.strength,
    )


def _to_the_end(args: argparse.Namespace, plan: DemoPlan, context: Context) -> int:
    found = run_demo(args.report, plan, context.compute(args), context.console.language, context.monitor)
    values = found.evaluation.as_dict()
    context.console.result({**values, "report": str(found.report)}, figures_text(found.evaluation))
    context.console.say(say("The report is {path}", path=found.report))
    return ExitCode.DONE
