"""Save the features that a pretraining reads."""

from __future__ import annotations

import argparse
from pathlib import Path

from core.commands.context import Context, add_class, add_project, add_set, chosen_classes, settings_of
from core.errors import ExitCode
from core.methods.feature_kinds import feature_kind
from core.methods.shape_guided.cut import Cutting
from core.phrase import say
from core.tasks.cut_patches import LEARNING_GROUP_MUL, CutParts, CutPlan, cut_parts, parts_to_cut
from core.tasks.method_config import method_config, on_device, with_values
from core.tasks.save_features import KINDS, SavedFeatures, plan_features, save_features_of

CUTS = ("sdf", "patches")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Of which parts, for which training, into which folder."""
    add_project(parser)
    add_class(parser)
    parser.add_argument(
        "--kind",
        choices=(*KINDS, *CUTS),
        required=True,
        help="what will be trained on them; patches: those that inspection reads",
    )
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="one file for each part")
    parser.add_argument("--half", action="store_true", help="half the size, three digits")
    parser.add_argument("--with-test", action="store_true", help="test parts too, for the loss alone")
    parser.add_argument("--parts", type=int, default=20, metavar="N", help="sdf: parts of a class; 0: all")
    parser.add_argument("--copies", type=int, default=0, metavar="N", help="sdf: noisy copies to store")
    add_set(parser)


def run(args: argparse.Namespace, context: Context) -> int:
    """Write them, and say what was left out."""
    return _cut(args, context) if args.kind in CUTS else _extract(args, context)


def _cut(args: argparse.Namespace, context: Context) -> int:
    """Patches of clouds."""
    usual = Cutting(group_mul=LEARNING_GROUP_MUL if args.kind == "sdf" else Cutting.group_mul)
    seed = {} if args.seed is None else {"seed": args.seed}
    how = with_values(usual, {**seed, **settings_of(args.set)})
    plan = CutPlan(args.kind, args.out, how, args.copies if args.kind == "sdf" else 0)
    with context.project(args.project, to_write=False) as project:
        records = parts_to_cut(project, chosen_classes(project, args.classes), plan, args.parts)
        cut = cut_parts(project, records, plan, context.monitor)
    return _tell(args.out, cut, context)


def _extract(args: argparse.Namespace, context: Context) -> int:
    """Features of networks; the size is told first."""
    kind = feature_kind(args.kind)
    values = {**kind.values, **settings_of(args.set)}
    config = on_device(method_config(kind.method, values, args.seed), context.compute(args))
    with context.project(args.project, to_write=False) as project:
        names = chosen_classes(project, args.classes)
        plan = plan_features(
            project, names, args.out, is_half=args.half, kind=args.kind, with_test=args.with_test
        )
        context.console.notice(
            say(
                "{count} parts, {size} MB to write, {free} MB free.",
                count=len(plan.records),
                size=plan.bytes_left >> 20,
                free=plan.bytes_free >> 20,
            )
        )
        saved = save_features_of(project, plan, config, context.compute(args), context.monitor)
    return _tell(args.out, saved, context)


def _tell(folder: Path, saved: SavedFeatures | CutParts, context: Context) -> int:
    for reason in saved.left_out:
        context.console.notice(say("Left out: {reason}", reason=reason))
    context.console.result(
        {"folder": str(folder), "written": saved.written, "kept": saved.kept, "left_out": saved.left_out}
    )
    context.console.say(
        say("{written} written, {kept} were there already.", written=saved.written, kept=saved.kept)
    )
    return ExitCode.DONE
