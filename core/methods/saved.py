"""The folder that a saved detector is: config.json and state.pt, whole or not at all, data only."""

from __future__ import annotations

import json
import pickle
from collections.abc import Mapping
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any, TypeVar

import torch

from core.atomic import replacing_folder, unwritable
from core.errors import DataError
from core.phrase import say

FORMAT = 1
_DAMAGE = (OSError, ValueError, KeyError, EOFError, RuntimeError, pickle.UnpicklingError)
"""What reading a cut-off, foreign or poisoned file raises."""
_Config = TypeVar("_Config")


def save_detector(folder: Path, method: str, config: Any, state: Mapping[str, Any]) -> None:
    """Write the config dataclass and the learnt state (tensors and plain values) of a fitted detector."""
    told = {"format": FORMAT, "method": method, "config": asdict(config)}
    try:
        with replacing_folder(folder) as aside:
            (aside / "config.json").write_text(json.dumps(told, indent=2), encoding="utf-8")
            with (aside / "state.pt").open("wb") as file:
                torch.save(dict(state), file)
    except (OSError, RuntimeError) as problem:
        raise unwritable(folder, _said_by_the_disk(problem)) from problem


def _said_by_the_disk(problem: OSError | RuntimeError) -> OSError:
    """Writing into an open file, torch covers the disk's error with one about positions."""
    for found in (problem, problem.__context__):
        if isinstance(found, OSError):
            return found
    return OSError(str(problem))


def load_detector(folder: Path, method: str, config_class: type[_Config]) -> tuple[_Config, dict[str, Any]]:
    """Read what `save_detector` wrote; raise DataError for anything but a saved detector of `method`."""
    try:
        told = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        state = torch.load(folder / "state.pt", weights_only=True, map_location="cpu")
    except _DAMAGE as problem:
        raise _unreadable(folder, str(problem)) from problem
    if told.get("method") != method or told.get("format") != FORMAT:
        raise _unreadable(folder, f"method {told.get('method')}, format {told.get('format')}")
    known = {entry.name for entry in fields(config_class)}  # type: ignore[arg-type]  # any dataclass
    values = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in told["config"].items()
        if name in known
    }
    return config_class(**values), state


def _unreadable(folder: Path, reason: str) -> DataError:
    return DataError(
        say("The model in {folder} cannot be read ({reason}).", folder=folder, reason=reason),
        remedy=say("Import it again, or train the class once more."),
    )
