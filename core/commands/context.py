"""What every headless command is given, and the options that all of them share."""

from __future__ import annotations

import argparse
import json
import tomllib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.commands.console import Console
from core.device import Compute, choose_compute
from core.errors import InspectionError, WrongUse
from core.monitor import Monitor
from core.phrase import say
from core.project.project import Project
from core.settings import Settings
from core.tasks.inspect_class import require_class

ALL = "all"


@dataclass(frozen=True)
class Context:
    """The console, the stop request, and the user's settings."""

    console: Console
    monitor: Monitor
    settings: Settings

    def compute(self, args: argparse.Namespace) -> Compute:
        """Device and threads: the options, else the settings that the window uses too."""
        return choose_compute(args.device or self.settings.device, self.settings.threads)

    @contextmanager
    def project(self, folder: Path, *, to_write: bool = True) -> Iterator[Project]:
        """The project of a folder; raise InspectionError where it must be written to and cannot be."""
        project = Project.open(folder)
        try:
            project.who = self.settings.operator
            if project.is_read_only and to_write:
                raise InspectionError(
                    project.notice, remedy=say("Close the other program, or copy the project elsewhere.")
                )
            if project.notice:
                self.console.notice(project.notice)
            yield project
        finally:
            project.close()


def add_shared_options(parser: argparse.ArgumentParser) -> None:
    """The options that every command understands."""
    shared = parser.add_argument_group("common options")
    shared.add_argument("--json", action="store_true", help="one JSON object per line on stdout")
    shared.add_argument("--quiet", action="store_true", help="say nothing but failures")
    shared.add_argument("--device", metavar="NAME", help="auto, cpu, cuda or cuda:N")
    shared.add_argument("--seed", type=int, metavar="N", help="where chance begins")
    shared.add_argument("--lang", choices=("en", "zh_CN"), help="language of sentences and reports")
    shared.add_argument("--config", type=Path, metavar="FILE", help="options from a JSON or TOML file")


def add_project(parser: argparse.ArgumentParser) -> None:
    """The folder that most commands work on."""
    parser.add_argument("project", type=Path, metavar="PROJECT", help="the project's folder")


def add_class(parser: argparse.ArgumentParser, *, is_required: bool = False) -> None:
    """One class, several, or all of them."""
    parser.add_argument(
        "--class",
        dest="classes",
        action="append",
        metavar="NAME",
        required=is_required,
        help="may be given several times; all: every class",
    )


def add_set(parser: argparse.ArgumentParser) -> None:
    """Single parameters."""
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help="a parameter")


def add_preset(parser: argparse.ArgumentParser) -> None:
    """A set of parameters."""
    parser.add_argument("--preset", metavar="NAME", help="parameters known by a name; --set goes over them")


def chosen_values(args: argparse.Namespace) -> dict[str, Any]:
    """The words of --set over the preset."""
    values = settings_of(args.set)
    return {"preset": args.preset, **values} if args.preset else values


def chosen_classes(project: Project, wanted: Sequence[str] | None) -> list[str]:
    """The classes that were asked for, all of them where none was; raise WrongUse for an unknown one."""
    if not wanted or ALL in wanted:
        names = project.class_names()
        if not names:
            raise WrongUse(say("The project has no samples."), remedy=say("Import some first."))
        return names
    for name in wanted:
        require_class(project, name)
    return list(dict.fromkeys(wanted))


def settings_of(pairs: Sequence[str]) -> dict[str, Any]:
    """`key=value` words as a dictionary; raise WrongUse for one without an equals sign."""
    values = {}
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not equals or not key.strip():
            raise WrongUse(
                say('"{pair}" is not KEY=VALUE.', pair=pair), remedy=say("Write for instance --set seed=1.")
            )
        values[key.strip()] = value.strip()
    return values


def options_in(path: Path) -> dict[str, Any]:
    """The options that a config file holds, by their long names; its "set" is a table."""
    try:
        text = path.read_text(encoding="utf-8")
        found = tomllib.loads(text) if path.suffix.lower() == ".toml" else json.loads(text)
    except (OSError, ValueError) as problem:
        raise WrongUse(
            say("The config file {path} cannot be read: {reason}.", path=path, reason=problem),
            remedy=say("It must hold a JSON object or a TOML table."),
        ) from problem
    if not isinstance(found, dict):
        raise WrongUse(say("The config file {path} holds no table of options.", path=path))
    return found
