"""The table of commands names every command and option, and none that is not there."""

from __future__ import annotations

import argparse
import re
from importlib import import_module
from pathlib import Path

import pytest

from core.commands.context import add_shared_options
from core.commands.entry import _MODULES, COMMANDS

TEXT = (Path(__file__).parent.parent / "docs" / "commands.md").read_text(encoding="utf-8")
TABLE = TEXT.partition("# What the published programs")[0]
PRESETS = TABLE.partition("The presets of `threshold`")[2].partition("The commands that a report names")[0]


def options_of(name: str) -> set[str]:
    parser = argparse.ArgumentParser()
    import_module(f"core.commands.{_MODULES.get(name, name)}").add_arguments(parser)
    return {word for word in parser._option_string_actions if word.startswith("--")} - {"--help"}


def shared() -> set[str]:
    parser = argparse.ArgumentParser()
    add_shared_options(parser)
    return {word for word in parser._option_string_actions if word.startswith("--")}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_of_a_command_is_in_its_row(name: str) -> None:
    row = next(line for line in TABLE.splitlines() if re.match(rf"\| `{name}[` ]", line))
    rest = PRESETS if name == "threshold" else ""
    named = set(re.findall(r"--\w[\w-]*", row + rest))
    there = options_of(name) | shared()
    assert options_of(name) - named == set()
    assert named - there == set()


def test_the_options_that_all_commands_share_are_named() -> None:
    head = TABLE.partition("| Command |")[0]
    assert shared() - set(re.findall(r"--[\w-]+", head)) == set()


def test_there_is_no_row_of_a_command_that_is_gone() -> None:
    rows = re.findall(r"^\| `(\w+)[^|]*\|", TABLE.partition("The presets of")[0], re.MULTILINE)
    assert set(rows) == set(COMMANDS)
