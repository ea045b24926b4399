"""Save the features that a pretraining reads."""

from __future__ import annotations

import argparse
from pathlib import Path

from core.commands.context import Context, add_class, add_project, add_set, chosen_classes, settings_of
from core.errors import ExitCode
from core.phrase import say
from core.tasks.method_config import method_config, on_device
from core.tasks.save_features import KINDS, plan_features, save_features_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Of which parts, for which training, into which folder."""
    add_project(parser)
    add_class(parser)
    parser.add_argument("--kind", choices=KINDS, required=True, help="what will be trained on them")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="one file for each part")
    parser.add_argument("--half", action="store_true", help="half the size, three digits")
    add_set(parser)


def run(args: argparse.Namespace, context: Context) -> int:
    """Tell the size, then write."""
    values = {"method_name": "DINO+Point_MAE", **settings_of(args.set)}
    config = on_device(method_config("m3dm", values, args.seed), context.compute(args))
    with context.project(args.project, to_write=False) as project:
        plan = plan_features(project, chosen_classes(project, args.classes), args.out, is_half=args.half)
        context.console.notice(
            say(
                "{count} parts, {size} MB to write, {free} MB free.",
                count=len(plan.records),
                size=plan.bytes_left >> 20,
                free=plan.bytes_free >> 20,
            )
        )
        saved = save_features_of(project, plan, config, context.compute(args), context.monitor)
    for reason in saved.left_out:
        context.console.notice(say("Left out: {reason}", reason=reason))
    context.console.result(
        {"folder": str(args.out), "written": saved.written, "kept": saved.kept, "left_out": saved.left_out}
    )
    context.console.say(
        say("{written} written, {kept} were there already.", written=saved.written, kept=saved.kept)
    )
    return ExitCode.DONE
