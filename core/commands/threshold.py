"""Draw the line between good and bad, for parts or for pixels; show its history and take versions back."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from core.commands.context import Context, add_class, add_project, chosen_classes
from core.errors import ExitCode, WrongUse
from core.metrics.score_table import Line
from core.metrics.thresholds import Preset, ThresholdRule
from core.phrase import say
from core.project.project import Project
from core.project.records import ModelRecord, ThresholdRecord
from core.tasks.inspect_class import active_model
from core.tasks.keep_line import keep_line, keep_tolerance, revert_line
from core.tasks.set_threshold import ThresholdSet, ThresholdWish, set_threshold

PRESETS: dict[str, Preset] = {
    "max-f1": "max_f1",
    "false-alarms": "false_alarms",
    "recall-100": "recall_100",
    "equal-error": "equal_error",
    "good-only": "good_only",
    "manual": "manual",
}
TOLERANCE = "tolerance"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which line, by which rule."""
    add_project(parser)
    add_class(parser, is_required=True)
    parser.add_argument("--preset", choices=(*PRESETS, TOLERANCE), help="max-f1 if unsaid")
    parser.add_argument("--level", choices=("image", "pixel"), default="image", help="parts or pixels")
    parser.add_argument("--data", choices=("auto", "validation", "test", "calibration"), default="auto")
    parser.add_argument("--rate", type=float, default=0.01, help="false-alarms: share of good parts")
    parser.add_argument("--quantile", type=float, default=0.995, help="good-only: quantile of good parts")
    parser.add_argument("--margin", type=float, default=0.0, help="good-only: quartile ranges on top")
    parser.add_argument("--value", type=float, help="manual: the threshold")
    parser.add_argument("--lower", type=float, help="manual: parts above it and not NG are to be reviewed")
    parser.add_argument(
        "--tuned-on", choices=("validation", "test"), help="manual: the parts in whose sight it was chosen"
    )
    parser.add_argument("--least-area", type=float, default=1.0, metavar="MM2", help="tolerance: what counts")
    parser.add_argument("--least-depth", type=float, default=0.0, metavar="MM", help="tolerance: how deep")
    parser.add_argument("--mm-per-pixel", type=float, metavar="MM", help="tolerance: parts without a cloud")
    parser.add_argument("--history", action="store_true", help="only show the versions of the line")
    parser.add_argument("--revert", type=int, metavar="N", help="set version N of the line again")


def run(args: argparse.Namespace, context: Context) -> int:
    """Choose, keep and tell; or look back."""
    work = _history if args.history else _revert if args.revert is not None else _choose
    with context.project(args.project) as project:
        for name in chosen_classes(project, args.classes):
            work(project, active_model(project, name), args, context)
    return ExitCode.DONE


def _history(project: Project, model: ModelRecord, args: argparse.Namespace, context: Context) -> None:
    for record in project.thresholds(model.id, args.level):
        lower = "" if record.lower is None else f"  lower {record.lower:.6g}"
        optimistic = " ⚠" if record.is_optimistic else ""
        text = (
            f"{record.id:>5}  {record.value:<12.6g}{record.preset:<14}{record.data:<12}{optimistic}{lower}  "
        )
        context.console.result(
            {"version": record.id, **_record_values(record)},
            f"{text}{record.made:%Y-%m-%d %H:%M}  {record.who}",
        )


def _revert(project: Project, model: ModelRecord, args: argparse.Namespace, context: Context) -> None:
    record = revert_line(project, model, args.level, args.revert)
    context.console.result(_record_values(record), f"{model.class_name}, {args.level}: {record.value:.6g}")


def _choose(project: Project, model: ModelRecord, args: argparse.Namespace, context: Context) -> None:
    preset = _preset(args)
    if preset == TOLERANCE:
        record = keep_tolerance(
            project, model, args.least_area, context.monitor, args.mm_per_pixel, args.least_depth
        )
        context.console.result(_record_values(record), f"{model.class_name}, pixel: {record.value:.6g}")
        return
    if preset == "manual" and args.value is not None and (args.lower is not None or args.tuned_on):
        line, tuned = Line(args.value, args.lower), args.tuned_on or ""
        record = keep_line(project, model, args.level, line, tuned, is_optimistic=tuned == "test")
        context.console.result(
            _record_values(record), f"{model.class_name}, {args.level}: {record.value:.6g}"
        )
        _warn(record, context)
        return
    rule = ThresholdRule(PRESETS[preset], args.rate, args.quantile, args.margin, args.value)
    wish = ThresholdWish(args.level, rule, args.data)
    found = set_threshold(project, model, wish, context.monitor)
    context.console.result(_values(found))
    context.console.say(
        say(
            "{name}, {level}: {value:.6g}. {sentence}",
            name=model.class_name,
            level=wish.level,
            value=found.record.value,
            sentence=found.sentence,
        )
    )
    _warn(found.record, context)


def _preset(args: argparse.Namespace) -> str:
    """A value alone means manual; raise WrongUse for values beside a rule that has no use for them."""
    preset = str(args.preset or ("manual" if args.value is not None else "max-f1"))
    if preset != "manual" and (args.value is not None or args.lower is not None or args.tuned_on):
        raise WrongUse(
            say("A line by its value is not chosen by a preset as well."),
            remedy=say("Leave --preset out, or --value, --lower and --tuned-on."),
        )
    return preset


def _warn(record: ThresholdRecord, context: Context) -> None:
    if record.is_optimistic:
        context.console.notice(say("Optimistic: tuned on the reported data."))


def _record_values(record: ThresholdRecord) -> dict[str, object]:
    return {
        "class": record.class_name,
        "level": record.level,
        "threshold": record.value,
        "lower": record.lower,
        "preset": record.preset,
        "data": record.data,
        "is_optimistic": record.is_optimistic,
    }


def _values(found: ThresholdSet) -> dict[str, object]:
    return {
        **_record_values(found.record),
        "sentence": str(found.sentence),
        "counts": asdict(found.choice.counts) if found.choice.counts else None,
    }
