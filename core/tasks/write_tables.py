"""Writes the tables of a comparison of methods into a folder."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from core.atomic import write_text
from core.exporting.result_tables import ResultTable, as_csv, as_data, markdown

SCHEMA_VERSION = 1
MARKDOWN = "results.md"


def write_tables(
    folder: Path, tables: Sequence[ResultTable], here: dict[str, Any], made: datetime, note: str = ""
) -> tuple[Path, Path, Path]:
    """Append to results.md, and write a CSV and a JSON file of this run; nothing earlier is overwritten."""
    stamp = f"{made:%Y%m%d-%H%M%S}"
    text, csv, data = folder / MARKDOWN, folder / f"results_{stamp}.csv", folder / f"results_{stamp}.json"
    earlier = text.read_text(encoding="utf-8") + "\n" if text.is_file() else ""
    head = f"# {made:%Y-%m-%d %H:%M} UTC{f' · {note}' if note else ''}\n"
    write_text(text, earlier + markdown(tables, head))
    write_text(csv, as_csv(tables))
    told = {
        "schema_version": SCHEMA_VERSION,
        "made": made.isoformat(),
        "note": note,
        "here": here,
        "tables": as_data(tables),
    }
    write_text(data, json.dumps(told, indent=2, ensure_ascii=False) + "\n")
    return text, csv, data
