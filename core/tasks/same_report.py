"""Whether a report repeats an earlier one: the same figures, lines and scores."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.errors import DataError
from core.phrase import say
from core.report import Report
from core.tasks.report_data import SCHEMA_VERSION, report_data

_TOLD = (
    "data_hash",
    "made",
    "seconds",
    "provenance",
    "repeat",
    "model",
    "preset",
    "data",
    "who",
    "when",
)
"""What may differ though the numbers are the same: a line that is drawn again is set by its value."""


@dataclass(frozen=True)
class Difference:
    """One number that was another one; `where` is the way to it."""

    where: str
    before: Any
    now: Any


def earlier_report(path: Path) -> dict[str, Any]:
    """The data of a report written before; raise DataError where it is none of this schema."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        version = found["schema_version"]
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise DataError(
            say("{path} is no report of this program.", path=path),
            remedy=say("Choose the JSON file that was written with an earlier report."),
        ) from problem
    if version != SCHEMA_VERSION:
        raise DataError(
            say("{path} was written with schema {version}.", path=path, version=version),
            remedy=say("Compare reports of schema {version}.", version=SCHEMA_VERSION),
        )
    return dict(found)


def differences(before: dict[str, Any], report: Report) -> tuple[Difference, ...]:
    """Every figure, line, confusion count and score that differs, bit for bit; empty: the repeat agrees."""
    now = json.loads(json.dumps(report_data(report)))
    return tuple(_differing(before["classes"], now["classes"], ""))


def _differing(before: Any, now: Any, where: str) -> Iterator[Difference]:
    if isinstance(before, dict) and isinstance(now, dict):
        for key in sorted({*before, *now} - set(_TOLD)):
            yield from _differing(before.get(key), now.get(key), f"{where}/{key}".lstrip("/"))
    elif isinstance(before, list) and isinstance(now, list) and len(before) == len(now):
        for index, (one, other) in enumerate(zip(before, now, strict=True)):
            yield from _differing(one, other, f"{where}[{index}]")
    elif before != now:
        yield Difference(where, before, now)
