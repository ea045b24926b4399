"""The headless program: finds the sub-command, runs it, and turns what happened into an exit code."""

from __future__ import annotations

import argparse
import logging
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from types import FrameType, ModuleType
from typing import Any

from core.commands.console import Console
from core.commands.context import Context, add_shared_options, options_in
from core.errors import ExitCode, InspectionError, WrongUse
from core.lack_of_memory import lack_of_memory
from core.monitor import Cancelled, Monitor
from core.phrase import say
from core.settings import language, load_settings

COMMANDS = {
    "demo": "write a project of demo parts; with --report run it to the end",
    "import": "check a folder of parts and take it into a project",
    "preprocess": "prepare the parts: crop, background, padding, cache",
    "train": "train a model for one or more classes",
    "inspect": "scores, maps, masks and verdicts",
    "evaluate": "figures of merit of the active models",
    "threshold": "draw the line between good and bad",
    "review": "tell what people said of the parts, and take it out as files",
    "report": "write a report that can be checked and repeated",
    "measure": "sizes of the marked regions in millimetres",
    "watch": "judge every part that appears in a folder",
    "export": "take trained models out of the program",
    "infer": "judge pictures by an exported model",
    "models": "list methods, and the models of a project",
    "features": "save the features that a pretraining reads",
    "pretrain": "train a network that serves all classes",
    "checkpoints": "list, download, verify or take in the networks' weights",
    "smoke": "try every method from training to export on this machine",
    "doctor": "say what this machine can do",
}
_MODULES = {"import": "import_parts", "inspect": "inspect_parts"}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one sub-command and return its exit code; nothing of the window is imported."""
    words = list(sys.argv[1:] if argv is None else argv)
    try:
        if not words or words[0] not in COMMANDS:
            _overview().parse_args(words or ["--help"])
        module = import_module(f"core.commands.{_MODULES.get(words[0], words[0])}")
        args = _arguments(words[0], module, words[1:])
    except SystemExit as ended:
        return int(ended.code or 0)
    except InspectionError as problem:
        Console().failure(problem)
        return int(problem.exit_code)
    return _run(module, args)


def _overview() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="inspector", description="Find defects in parts, without a window.")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    commands.add_parser("gui", help="the window", add_help=False)
    for name, help_ in COMMANDS.items():
        commands.add_parser(name, help=help_, add_help=False)
    return parser


def _arguments(name: str, module: ModuleType, words: Sequence[str]) -> argparse.Namespace:
    """The options of the command line over those of its --config file."""
    parser = argparse.ArgumentParser(prog=f"inspector {name}", description=module.__doc__)
    module.add_arguments(parser)
    add_shared_options(parser)
    only_config = argparse.ArgumentParser(add_help=False)
    only_config.add_argument("--config", type=Path)
    config: Path | None = only_config.parse_known_args(words)[0].config
    if config is None:
        return parser.parse_args(words)
    # The name of the file stands between them, so that a list from it does not take in what follows.
    return parser.parse_args([*_words_of(parser, options_in(config)), "--config", str(config), *words])


def _words_of(parser: argparse.ArgumentParser, options: dict[str, Any]) -> list[str]:
    """The options of a config file as if they stood on the command line, which then checks them too."""
    words: list[str] = []
    for name, value in options.items():
        names = (f"--{name}", f"--{name.replace('_', '-')}")
        option = next((word for word in names if word in parser._option_string_actions), "")
        action = parser._option_string_actions.get(option)
        if action is None:
            raise WrongUse(
                say('The config file names an unknown option "{name}".', name=name),
                remedy=say("Its names are those of the command line, without the dashes."),
            )
        items = _items(value)
        if action.nargs == 0 and isinstance(value, bool):
            words.extend([option] * value)
        elif action.nargs == "+":
            words.extend([option, *items])
        else:
            words.extend(f"{option}={item}" for item in items)
    return words


def _items(value: Any) -> list[str]:
    """One word for each thing that an option of a config file was given."""
    if isinstance(value, dict):
        return [f"{key}={','.join(_items(item))}" for key, item in value.items()]
    return [str(item) for item in value] if isinstance(value, list) else [str(value)]


def _run(module: ModuleType, args: argparse.Namespace) -> int:
    settings = load_settings().settings
    console = Console(args.json, args.quiet, args.lang or language(settings))
    monitor = Monitor(report=console.progress)
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    with _stopping(monitor):
        return guarded(lambda: module.run(args, Context(console, monitor, settings)), console)


def guarded(work: Callable[[], int], console: Console) -> int:
    """Do the work and give its exit code, or that of what went wrong."""
    try:
        code = int(work())
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        return _unheard()
    except (Cancelled, KeyboardInterrupt):
        console.notice(say("Stopped; what was finished is kept."))
        return int(ExitCode.INTERRUPTED)
    except InspectionError as problem:
        console.failure(problem)
        return int(problem.exit_code)
    except Exception as error:  # noqa: BLE001 (the outermost door)
        return _unexpected(error, console)


def _unheard() -> int:
    """Whoever read our lines has gone: nothing more is said, not even by the interpreter at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return int(ExitCode.OTHER)


def _unexpected(error: Exception, console: Console) -> int:
    problem: InspectionError | None = lack_of_memory(error)
    if problem is None:
        traceback.print_exception(error)
        problem = InspectionError(
            say(
                "Something went wrong inside the program: {reason}", reason=str(error) or type(error).__name__
            ),
            remedy=say("Try again; if it happens again, report it with the lines above."),
        )
    console.failure(problem)
    return int(problem.exit_code)


@contextmanager
def _stopping(monitor: Monitor) -> Iterator[None]:
    """Ctrl+C asks the work to stop at its next step; a second one insists."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:
        if monitor.is_cancelled:
            raise KeyboardInterrupt
        monitor.cancel()

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
