"""Tables of figures, one row for each method and one column for each class, as markdown, CSV and JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

MEAN = "mean"
PUBLISHED = "published"


@dataclass(frozen=True)
class ResultRow:
    """What one method reached, by class and "mean"; `source` is empty for what was measured here."""

    method: str
    variant: str
    values: Mapping[str, float | None]
    source: str = ""

    @property
    def is_published(self) -> bool:
        """Whether somebody else printed these figures."""
        return bool(self.source)

    @property
    def name(self) -> str:
        """The method, its variant, and for published figures plainly that they are."""
        own = f"{self.method} {self.variant}".strip()
        return f"{own} ({PUBLISHED}: {self.source})" if self.is_published else own


@dataclass(frozen=True)
class ResultTable:
    """One figure of all methods on all classes; `figure` is its key, `title` what it is called."""

    figure: str
    title: str
    classes: tuple[str, ...]
    rows: tuple[ResultRow, ...]


def markdown(tables: Sequence[ResultTable], note: str = "") -> str:
    """All tables; three digits, published rows in italics."""
    parts = [f"{note}\n"] if note else []
    for table in tables:
        columns = (*table.classes, MEAN)
        lines = [
            f"## {table.title}\n",
            f"| Method | {' | '.join(columns)} |",
            f"|---|{'---|' * len(columns)}",
            *(_markdown_row(row, columns) for row in table.rows),
            "",
        ]
        parts.append("\n".join(lines))
    if any(row.is_published for table in tables for row in table.rows):
        parts.append(
            "Rows in italics are published figures, not measured here; "
            "their mean is over all classes of the data set.\n"
        )
    return "\n".join(parts)


def as_csv(tables: Sequence[ResultTable]) -> str:
    """One line for each number, with all its digits."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("figure", "method", "variant", "class", "value", "origin"))
    for table in tables:
        for row in table.rows:
            for name in (*table.classes, MEAN):
                value = row.values.get(name)
                shown = "" if value is None else repr(value)
                origin = f"{PUBLISHED}: {row.source}" if row.is_published else "measured"
                writer.writerow((table.figure, row.method, row.variant, name, shown, origin))
    return text.getvalue()


def as_data(tables: Sequence[ResultTable]) -> list[dict[str, Any]]:
    """Plain data for a file."""
    return [
        {
            **{key: value for key, value in asdict(table).items() if key != "rows"},
            "rows": [{**asdict(row), "is_published": row.is_published} for row in table.rows],
        }
        for table in tables
    ]


def raw_csv(rows: Sequence[tuple[float, int, str]]) -> str:
    """Score, label (1: defective) and path of every part, as published programs save them, with a head."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("score", "label", "path"))
    writer.writerows((repr(score), label, path) for score, label, path in rows)
    return text.getvalue()


def _markdown_row(row: ResultRow, columns: Sequence[str]) -> str:
    mark = "*" if row.is_published else ""
    cells = (row.values.get(name) for name in columns)
    shown = " | ".join("–" if value is None else f"{mark}{value:.3f}{mark}" for value in cells)
    return f"| {mark}{row.name}{mark} | {shown} |"
