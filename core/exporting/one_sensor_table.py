"""The cost of a missing sensor as markdown and as CSV, one row for each way to judge."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

TITLES = {"image_auroc": "Image AUROC", "pixel_auroc": "Pixel AUROC", "aupro_30": "AU-PRO 0.3"}


def cost_markdown(classes: Sequence[Mapping[str, Any]], note: str = "") -> str:
    """One table for each class; a cost is what is lost against both sensors, negative where it is won."""
    parts = [f"# Cost of a missing sensor{f' · {note}' if note else ''}\n"]
    for told in classes:
        heads = ["Sensors", "Model"]
        for title in TITLES.values():
            heads += [title, "cost"]
        heads += ["missed", "false alarms"]
        lines = [
            f"## {told['class']}: {told['good']} good, {told['bad']} defective test parts\n",
            f"| {' | '.join(heads)} |",
            f"|---|---|{'--:|' * (len(heads) - 2)}",
            *(f"| {' | '.join(_cells(row))} |" for row in told["rows"]),
            "",
            *(f"Not judged: {reason}\n" for reason in told["left_out"]),
        ]
        parts.append("\n".join(lines))
    return "\n".join(parts)


def cost_csv(classes: Sequence[Mapping[str, Any]]) -> str:
    """All rows with all their digits."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    names = [name for key in TITLES for name in (key, f"{key}_cost")]
    writer.writerow(
        ("class", "seen_by", "sensors", "imagined", "dropped", "model", *names, "missed", "false_alarms")
    )
    for told in classes:
        for row in told["rows"]:
            values = [value for key in TITLES for value in (row["figures"][key], row["cost"][key])]
            numbers = ["" if value is None else repr(value) for value in values]
            counts = ["" if row[key] is None else row[key] for key in ("missed", "false_alarms")]
            sensors, imagined = " ".join(row["sensors"]), " ".join(row["imagined"])
            writer.writerow(
                (
                    told["class"],
                    row["seen_by"],
                    sensors,
                    imagined,
                    row["dropped"] or "",
                    row["model"],
                    *numbers,
                    *counts,
                )
            )
    return text.getvalue()


def _cells(row: Mapping[str, Any]) -> list[str]:
    found = [row["seen_by"], row["model"]]
    for key in TITLES:
        value, lost = row["figures"][key], row["cost"][key]
        found.append("–" if value is None else f"{value:.3f}")
        found.append("–" if lost is None else f"{lost:+.3f}")
    return [*found, *("–" if row[key] is None else str(row[key]) for key in ("missed", "false_alarms"))]
