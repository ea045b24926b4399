"""What a live inspection leaves behind: a table, a line of JSON for each part, and pictures, day by day."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from core.exporting.inspected_files import COLUMNS, ScoreLine, write_pictures
from core.inspection import Inspection, Verdict
from core.reporting.heat import HeatLook
from core.sample import Sample, SampleRef

Pictures = Literal["all", "ng", "none"]


@dataclass(frozen=True)
class LiveOutputs:
    """Writes below `folder`/YYYY-MM-DD; every call raises OSError or InspectionError where it cannot."""

    folder: Path
    look: HeatLook
    pictures: Pictures = "ng"

    def write(
        self, ref: SampleRef, sample: Sample, outcome: Inspection, line: ScoreLine, when: datetime
    ) -> None:
        """Pictures first, then the lines: a line says that all of a part is on disk."""
        day = self.day(when)
        is_wanted = self.pictures == "all" or (self.pictures == "ng" and line.final is Verdict.NG)
        if is_wanted and outcome.score_map is not None:
            write_pictures(day, ref, sample, outcome, self.look)
        self.write_line(line, when)

    def write_line(self, line: ScoreLine, when: datetime) -> None:
        """One row of results.csv and one object of results.jsonl."""
        day = self.day(when)
        day.mkdir(parents=True, exist_ok=True)
        table = day / "results.csv"
        rows = [("time", *COLUMNS)] if not table.exists() else []
        _append(table, _csv([*rows, (when.isoformat(timespec="seconds"), *line.cells())]))
        _append(day / "results.jsonl", json.dumps(line_data(line, when), ensure_ascii=False) + "\n")

    def day(self, when: datetime) -> Path:
        """The folder of that day."""
        return self.folder / f"{when:%Y-%m-%d}"


def line_data(line: ScoreLine, when: datetime) -> dict[str, Any]:
    """A judged part as plain data."""
    return {
        "time": when.isoformat(timespec="seconds"),
        "sample": line.sample,
        "verdict": line.final.value if line.final else None,
        "score": line.score,
        "threshold": line.threshold,
        "sensors": sorted(line.sensors),
        "seconds": round(line.seconds, 3),
        "failure": str(line.failure),
    }


def _append(path: Path, text: str) -> None:
    with path.open("a", encoding="utf-8", newline="") as file:
        file.write(text)


def _csv(rows: list[tuple[str, ...]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()
