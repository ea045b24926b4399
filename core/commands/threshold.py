"""Draw the line between good and bad, for parts or for pixels."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from core.commands.context import Context, add_class, add_project, chosen_classes
from core.errors import ExitCode
from core.metrics.thresholds import Preset, ThresholdRule
from core.phrase import say
from core.project.project import Project
from core.tasks.inspect_class import active_model
from core.tasks.set_threshold import ThresholdSet, ThresholdWish, set_threshold

PRESETS: dict[str, Preset] = {
    "max-f1": "max_f1",
    "false-alarms": "false_alarms",
    "recall-100": "recall_100",
    "equal-error": "equal_error",
    "good-only": "good_only",
    "manual": "manual",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which line, by which rule."""
    add_project(parser)
    add_class(parser, is_required=True)
    parser.add_argument("--preset", choices=tuple(PRESETS), default="max-f1", help="how it is chosen")
    parser.add_argument("--level", choices=("image", "pixel"), default="image", help="parts or pixels")
    parser.add_argument("--data", choices=("auto", "validation", "test", "calibration"), default="auto")
    parser.add_argument("--rate", type=float, default=0.01, help="false-alarms: share of good parts")
    parser.add_argument("--quantile", type=float, default=0.995, help="good-only: quantile of good parts")
    parser.add_argument("--margin", type=float, default=0.0, help="good-only: quartile ranges on top")
    parser.add_argument("--value", type=float, help="manual: the threshold")


def run(args: argparse.Namespace, context: Context) -> int:
    """Choose, keep and tell."""
    rule = ThresholdRule(PRESETS[args.preset], args.rate, args.quantile, args.margin, args.value)
    wish = ThresholdWish(args.level, rule, args.data)
    with context.project(args.project) as project:
        for name in chosen_classes(project, args.classes):
            _set(project, name, wish, context)
    return ExitCode.DONE


def _set(project: Project, name: str, wish: ThresholdWish, context: Context) -> None:
    found = set_threshold(project, active_model(project, name), wish, context.monitor)
    context.console.result(_values(found))
    context.console.say(
        say(
            "{name}, {level}: {value:.6g}. {sentence}",
            name=name,
            level=wish.level,
            value=found.record.value,
            sentence=found.sentence,
        )
    )
    if found.record.is_optimistic:
        context.console.notice(say("Optimistic: tuned on the reported data."))


def _values(found: ThresholdSet) -> dict[str, object]:
    return {
        "class": found.record.class_name,
        "level": found.record.level,
        "threshold": found.record.value,
        "preset": found.record.preset,
        "data": found.record.data,
        "is_optimistic": found.record.is_optimistic,
        "sentence": str(found.sentence),
        "counts": asdict(found.choice.counts) if found.choice.counts else None,
    }
