"""What is known of the weights on this machine: their hashes, and whether they fit."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import Any

from core.atomic import write_text
from core.backbones.weights import WEIGHTS, WeightFile, find, present, weight_file, weights_folder
from core.errors import WeightsMissing
from core.monitor import Monitor
from core.phrase import say

_PUBLISHED_HASH = re.compile(r"-([0-9a-f]{8,64})\.[a-z]+$")
_BYTES_AT_ONCE = 1 << 22


class WeightState(StrEnum):
    """What is known of a file of the table on this machine."""

    VERIFIED = "verified"
    UNKNOWN_HASH = "unknown_hash"
    WRONG = "wrong"
    MISSING = "missing"


@dataclass(frozen=True)
class WeightStatus:
    """A row of the table as it stands: `sha256` and `fault` are empty until the file was verified."""

    file: WeightFile
    state: WeightState
    path: Path | None = None
    sha256: str = ""
    fault: str = ""


def listing() -> tuple[WeightStatus, ...]:
    """Every row as it stands, from what earlier checks found; reads no weights."""
    checks = _checks()
    return tuple(_status(row, checks) for row in WEIGHTS)


def verify(key: str, monitor: Monitor) -> WeightStatus:
    """Read the file of that key, compare it with its network, and remember the outcome."""
    row, path = weight_file(key), find(key)
    sha256 = _sha256(path, monitor)
    _remember(path, sha256, _fault(row, path))
    return _status(row, _checks())


def fingerprint(key: str, monitor: Monitor, elsewhere: Path | None = None) -> str:
    """SHA-256 of the file of that key; computed once as long as the file stays as it is.

    A file `elsewhere`, outside the library, is read every time.
    """
    if elsewhere is not None:
        return _sha256(elsewhere, monitor)
    path = find(key)
    known = _checked(path, _checks())
    if known is not None:
        return str(known["sha256"])
    sha256 = _sha256(path, monitor)
    _remember(path, sha256, "")
    return sha256


def refuse_other_weights(trained_with: Mapping[str, str], now: Mapping[str, str]) -> None:
    """Raise WeightsMissing where a file (key -> SHA-256) is not the one that a model was trained with."""
    for key, known in trained_with.items():
        if now.get(key) != known:
            raise WeightsMissing(
                say("{name} is not the file that this model was trained with.", name=weight_file(key).title),
                remedy=say("Put the former file back, or train the class once more."),
            )


def _status(row: WeightFile, checks: dict[str, Any]) -> WeightStatus:
    path = present(row)
    if path is None:
        return WeightStatus(row, WeightState.MISSING)
    known = _checked(path, checks)
    if known is None:
        return WeightStatus(row, WeightState.UNKNOWN_HASH, path)
    sha256, fault = str(known["sha256"]), str(known["fault"])
    if fault:
        return WeightStatus(row, WeightState.WRONG, path, sha256, fault)
    published = _PUBLISHED_HASH.search(path.name)
    if published is None:
        return WeightStatus(row, WeightState.UNKNOWN_HASH, path, sha256)
    if sha256.startswith(published[1]):
        return WeightStatus(row, WeightState.VERIFIED, path, sha256)
    fault = say("The content does not have the hash {hash} of its name.", hash=published[1])
    return WeightStatus(row, WeightState.WRONG, path, sha256, fault)


def open_weights(row: WeightFile, path: Path) -> None:
    """Put the file into its network; raise WeightsMissing where it does not fit."""
    module, _, name = row.opener.partition(":")
    if module:
        getattr(import_module(module), name)(path, row.key)


def _fault(row: WeightFile, path: Path) -> str:
    """Why the file does not fit its network; empty if it does."""
    try:
        open_weights(row, path)
    except WeightsMissing as problem:
        return problem.message
    return ""


def _sha256(path: Path, monitor: Monitor) -> str:
    digest, total = hashlib.sha256(), path.stat().st_size
    with path.open("rb") as opened:
        while part := opened.read(_BYTES_AT_ONCE):
            monitor.tick(opened.tell(), total, say("Verifying {name}", name=path.name))
            digest.update(part)
    return digest.hexdigest()


def _checks() -> dict[str, Any]:
    try:
        found = json.loads((weights_folder() / "checked.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _checked(path: Path, checks: dict[str, Any]) -> dict[str, Any] | None:
    """What was found out about the file, unless it changed since."""
    known, now = checks.get(path.name), path.stat()
    if isinstance(known, dict) and [known.get("size"), known.get("changed")] == [
        now.st_size,
        now.st_mtime_ns,
    ]:
        return known
    return None


def _remember(path: Path, sha256: str, fault: str) -> None:
    now = path.stat()
    entry = {"size": now.st_size, "changed": now.st_mtime_ns, "sha256": sha256, "fault": fault}
    write_text(weights_folder() / "checked.json", json.dumps({**_checks(), path.name: entry}, indent=2))
