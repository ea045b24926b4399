"""Train a network that serves all classes, from saved features; also under torchrun."""

from __future__ import annotations

import argparse
import os
from dataclasses import replace
from pathlib import Path

from core.commands.context import Context, add_preset, add_set, chosen_values
from core.errors import ExitCode
from core.methods.pretraining import PRETRAININGS
from core.phrase import say
from core.tasks.pretrain_network import pretrain_network, pretraining_config


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which network, from which features, into which file."""
    names = ", ".join(row.key for row in PRETRAININGS)
    parser.add_argument("name", metavar="NAME", help=names)
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help="saved by inspector features")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="the weights")
    parser.add_argument("--resume", action="store_true", help="go on from FILE, if it is there")
    add_preset(parser)
    add_set(parser)


def run(args: argparse.Namespace, context: Context) -> int:
    """Train; of several processes only the first one speaks."""
    config = pretraining_config(args.name, chosen_values(args), args.seed)
    monitor, is_first = context.monitor, int(os.environ.get("RANK", "0")) == 0
    if not is_first:
        monitor = replace(monitor, report=lambda progress: None)
    elif args.resume and not args.out.exists():
        context.console.notice(say("There is nothing to go on from; the training starts anew."))
    compute = context.compute(args)
    done = pretrain_network(args.name, args.data, args.out, config, compute, monitor, resume=args.resume)
    if is_first:
        values = {"file": str(done.file), "weights": done.weights, "losses": list(done.losses)}
        context.console.result(values, " ".join(f"{loss:.4g}" for loss in done.losses))
        context.console.say(
            say("Take it into the library with: inspector checkpoints --locate {key} {file}",
                key=done.weights, file=done.file)
        )  # fmt: skip
    return ExitCode.DONE
