"""Train a model for one or more classes; it becomes the active one."""

from __future__ import annotations

import argparse
from typing import Any

from core.commands.context import (
    Context,
    add_class,
    add_preset,
    add_project,
    add_set,
    chosen_classes,
    chosen_values,
)
from core.errors import ExitCode
from core.methods.registry import METHODS
from core.phrase import say
from core.project.project import Project
from core.project.records import ModelRecord
from core.tasks.method_config import method_config, on_device
from core.tasks.preflight import Preflight, preflight, refuse_what_will_not_fit
from core.tasks.reviewed_good import reviewed_false_alarms
from core.tasks.train_class import train_class


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which classes, by which method, with which parameters."""
    add_project(parser)
    add_class(parser, is_required=True)
    parser.add_argument(
        "--method", default=METHODS[0].key, metavar="NAME", help="inspector models lists them"
    )
    add_preset(parser)
    add_set(parser)
    parser.add_argument(
        "--with-reviewed",
        action="store_true",
        help="learn also from false alarms that people called OK",
    )


def run(args: argparse.Namespace, context: Context) -> int:
    """Train one class after the other; each model is kept when it is done."""
    config = method_config(args.method, chosen_values(args), args.seed)
    compute = context.compute(args)
    with context.project(args.project) as project:
        for name in chosen_classes(project, args.classes):
            ahead = preflight(project, name, args.method, on_device(config, compute))
            _tell_ahead(ahead, context)
            refuse_what_will_not_fit(ahead)
            added = reviewed_false_alarms(project, name) if args.with_reviewed else []
            if args.with_reviewed:
                context.console.notice(say("{count} reviewed false alarms are learnt too.", count=len(added)))
            also = [record.id for record in added]
            model = train_class(project, name, args.method, config, compute, context.monitor, also)
            _tell(project, model, context)
    return ExitCode.DONE


def _tell_ahead(ahead: Preflight, context: Context) -> None:
    """What the training will take, as a line of JSON or a sentence."""
    if ahead.cost is None:
        return
    memories = {
        memory.name: {"rows": memory.rows, "kept": memory.kept, "width": memory.width}
        for memory in ahead.cost.memories
    }
    values = {
        "type": "preflight",
        "parts": ahead.parts,
        "memories": memories,
        "memory_bytes": ahead.cost.peak_bytes,
        "disk_bytes": ahead.cost.disk_bytes,
        "seconds": ahead.seconds,
    }
    sentence = say(
        "{parts} parts; memory up to {memory} MB, disk {disk} MB, about {minutes:.0f} min.",
        parts=ahead.parts,
        memory=ahead.cost.peak_bytes // 1_000_000,
        disk=ahead.cost.disk_bytes // 1_000_000,
        minutes=max((ahead.seconds or 0) / 60, 1),
    )
    context.console.ahead(values, sentence)


def _tell(project: Project, model: ModelRecord, context: Context) -> None:
    line = project.threshold(model.id, "image")
    context.console.result(model_values(model) | {"threshold": line.value if line else None})
    context.console.say(
        say(
            "{name}: {model}, {count} good parts, {seconds:.1f} s",
            name=model.class_name,
            model=model.name,
            count=model.trained_on,
            seconds=model.seconds,
        )
    )
    for entry in model.provenance["left_out"]:
        context.console.notice(say("Left out: {reason}", reason=entry["reason"]))
    if line is None:
        context.console.notice(
            say(
                "There were no unseen good parts, so no threshold was set. Set one with: inspector threshold."
            )
        )


def model_values(model: ModelRecord) -> dict[str, Any]:
    """A model as plain data."""
    return {
        "id": model.id,
        "class": model.class_name,
        "model": model.name,
        "method": model.method,
        "config": model.config,
        "trained_on": model.trained_on,
        "data_hash": model.data_hash,
        "seconds": model.seconds,
        "is_active": model.is_active,
        "is_stale": model.is_stale,
        "figures": model.figures,
    }
