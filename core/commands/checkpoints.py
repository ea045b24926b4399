"""List the networks' weights; download, verify or take in one of them."""

from __future__ import annotations

import argparse
from pathlib import Path

from core.backbones.download import download
from core.backbones.take_in import take_in
from core.backbones.weight_checks import WeightState, WeightStatus, listing, verify
from core.backbones.weights import weight_file, weights_folder
from core.commands.context import Context
from core.errors import ExitCode
from core.language import speaker
from core.phrase import say

WORDS = {
    WeightState.VERIFIED: say("verified"),
    WeightState.UNKNOWN_HASH: say("unknown hash"),
    WeightState.WRONG: say("wrong"),
    WeightState.MISSING: say("missing"),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing: the list. Else what to do with one file."""
    what = parser.add_mutually_exclusive_group()
    what.add_argument(
        "--download", metavar="KEY", help="fetch it from its publisher; goes on where it broke off"
    )
    what.add_argument("--verify", metavar="KEY", help="read it, and compare it with its network")
    what.add_argument("--locate", nargs=2, metavar=("KEY", "FILE"), help="copy a file into the library")
    parser.add_argument("--base-address", default="", metavar="URL", help="a mirror to download from")


def run(args: argparse.Namespace, context: Context) -> int:
    """Do one thing, or print one line for each file."""
    if args.download:
        download(weight_file(args.download), context.monitor, args.base_address)
        return _tell([verify(args.download, context.monitor)], context)
    if args.verify:
        return _tell([verify(args.verify, context.monitor)], context)
    if args.locate:
        return _tell([take_in(args.locate[0], Path(args.locate[1]), context.monitor)], context)
    _tell(listing(), context)
    context.console.say(say("Weights are looked for in {folder}", folder=weights_folder()))
    return ExitCode.DONE


def _tell(found: tuple[WeightStatus, ...] | list[WeightStatus], context: Context) -> int:
    """One line for each file; the exit code of a file that is wrong."""
    speak = speaker(context.console.language)
    for status in found:
        row = status.file
        values = {
            "key": row.key,
            "title": row.title,
            "methods": row.methods,
            "state": status.state,
            "file": str(status.path or ""),
            "sha256": status.sha256,
            "fault": speak(status.fault),
            "origin": row.origin,
        }
        said = f"{row.key:<28}{speak(WORDS[status.state]):<14}{speak(row.title)}; {', '.join(row.methods)}"
        context.console.result(values, f"{said}  {status.path or ''} {speak(status.fault)}".rstrip())
    is_wrong = any(status.state is WeightState.WRONG for status in found)
    return ExitCode.WEIGHTS_MISSING if is_wrong else ExitCode.DONE
