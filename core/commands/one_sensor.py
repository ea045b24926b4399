"""What a missing sensor costs, told and written."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence

from core.atomic import write_text
from core.commands.context import Context
from core.errors import ExitCode
from core.exporting.one_sensor_table import cost_csv, cost_markdown
from core.phrase import say
from core.project.project import Project
from core.project.trail import now
from core.tasks.inspect_class import active_model
from core.tasks.one_sensor import as_data, one_sensor_cost
from core.tasks.provenance import provenance


def tell_one_sensor(
    args: argparse.Namespace, project: Project, names: Sequence[str], context: Context
) -> int:
    """The active model of every class, with both sensors and with one; tables go into --tables."""
    compute = context.compute(args)
    found = [
        one_sensor_cost(project, active_model(project, name).id, compute, context.monitor) for name in names
    ]
    told = as_data(found)
    for cost in found:
        for reason in cost.left_out:
            context.console.notice(reason)
    context.console.result({"one_sensor": told}, cost_markdown(told, args.note))
    whole = {"made": now().isoformat(), "here": provenance(compute), "one_sensor": told}
    text = json.dumps(whole, indent=2, ensure_ascii=False) + "\n"
    if args.tables is not None:
        write_text(args.tables / "one_sensor.md", cost_markdown(told, args.note))
        write_text(args.tables / "one_sensor.csv", cost_csv(told))
        write_text(args.tables / "one_sensor.json", text)
    if args.out is not None:
        write_text(args.out, text)
    for path in (args.out, args.tables):
        if path is not None:
            context.console.say(say("The figures are in {path}", path=path))
    return ExitCode.DONE
