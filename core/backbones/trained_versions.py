"""Every network that was trained here, numbered and kept, so that an older one can be used again."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.atomic import replacing, unwritable, write_text
from core.backbones.put_away import put_away
from core.backbones.weight_checks import open_weights, verify
from core.backbones.weights import present, weight_file, weights_folder
from core.errors import WeightsMissing
from core.monitor import Monitor
from core.phrase import say

_NOT_NEEDED = ("optimizer",)
"""What a checkpoint holds for going on alone; a finished one is a third as large without."""


@dataclass(frozen=True)
class TrainedVersion:
    """`told` says when, from which classes and how it was trained, as plain values."""

    key: str
    number: int
    path: Path
    told: Mapping[str, Any]

    @property
    def is_used(self) -> bool:
        """Whether the library's file of that key is this one."""
        used = present(weight_file(self.key))
        return used is not None and _same(used, self.path)


def versions_folder(key: str) -> Path:
    """Where the versions of that key are kept."""
    return weights_folder() / "trained" / key


def trained_versions(key: str) -> tuple[TrainedVersion, ...]:
    """All that were trained here, the newest first; those that cannot be read are not listed."""
    found = []
    for note in versions_folder(key).glob("v*.json"):
        path = note.with_suffix(".pth")
        try:
            told = json.loads(note.read_text(encoding="utf-8"))
            found.append(TrainedVersion(key, int(note.stem[1:]), path, told))
        except (OSError, ValueError):
            continue
    return tuple(sorted((one for one in found if one.path.is_file()), key=lambda one: -one.number))


def keep_version(key: str, file: Path, told: Mapping[str, Any], monitor: Monitor) -> TrainedVersion:
    """Number a freshly trained file, keep it and use it; what another program trained goes to the trash.

    Raise WeightsMissing where it does not fit its network; then everything stays as it was.
    """
    open_weights(weight_file(key), file)
    monitor.tick(0, 1, say("Taking in {name}", name=file.name))
    known = trained_versions(key)
    number = 1 + max((one.number for one in known), default=0)
    place = versions_folder(key) / f"v{number}.pth"
    try:
        with replacing(place) as aside:
            _slim(file, aside)
    except (OSError, RuntimeError) as problem:
        raise unwritable(
            place, problem if isinstance(problem, OSError) else OSError(str(problem))
        ) from problem
    write_text(place.with_suffix(".json"), json.dumps(dict(told), indent=2, ensure_ascii=False))
    return use_version(key, number, monitor)


def use_version(key: str, number: int, monitor: Monitor) -> TrainedVersion:
    """Make that version the library's file of the key."""
    chosen = next((one for one in trained_versions(key) if one.number == number), None)
    if chosen is None:
        raise WeightsMissing(
            say("There is no version {number} of {title}.", number=number, title=weight_file(key).title),
            remedy=say("Choose another one, or train it once more."),
        )
    used = present(weight_file(key))
    if used is not None and not any(_same(used, one.path) for one in trained_versions(key)):
        put_away(key)
    elif used is not None:
        used.unlink()
    target = weights_folder() / f"{key}.pth"
    try:
        with replacing(target) as aside:
            _linked(chosen.path, aside)
    except OSError as problem:
        raise unwritable(target, problem) from problem
    verify(key, monitor)
    return chosen


def _slim(file: Path, to: Path) -> None:
    import torch

    state = torch.load(file, weights_only=True, map_location="cpu", mmap=True)
    torch.save({name: value for name, value in state.items() if name not in _NOT_NEEDED}, to)


def _linked(source: Path, to: Path) -> None:
    """A second name where the disk can do that, else a copy of the same date."""
    try:
        os.link(source, to)
    except OSError:
        shutil.copy2(source, to)


def _same(one: Path, other: Path) -> bool:
    if one.samefile(other):
        return True
    first, second = one.stat(), other.stat()
    return first.st_size == second.st_size and abs(first.st_mtime_ns - second.st_mtime_ns) < 1000
