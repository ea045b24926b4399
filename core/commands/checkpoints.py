"""List the networks' weights: what they are for, and whether they are on this machine."""

from __future__ import annotations

import argparse

from core.backbones.weights import WEIGHTS, find, weights_folder
from core.commands.context import Context
from core.errors import ExitCode, WeightsMissing
from core.language import speaker
from core.phrase import say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing to choose."""


def run(args: argparse.Namespace, context: Context) -> int:
    """Print one line for each file."""
    speak = speaker(context.console.language)
    for row in WEIGHTS:
        try:
            place = str(find(row.key))
        except WeightsMissing:
            place = ""
        there = place or speak(say("missing"))
        values = {
            "key": row.key,
            "title": row.title,
            "methods": row.methods,
            "file": place,
            "origin": row.origin,
        }
        context.console.result(values, f"{row.key:<24}{there:<12}  {row.title}; {', '.join(row.methods)}")
    context.console.say(say("Weights are looked for in {folder}", folder=weights_folder()))
    return ExitCode.DONE
