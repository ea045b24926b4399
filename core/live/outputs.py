"""What a live inspection leaves behind: a table, a line of JSON for each part, and pictures, day by day."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from core.exporting.inspected_files import COLUMNS, ScoreLine, write_pictures
from core.inspection import Verdict
from core.live.append import append_texts
from core.live.events import LiveResult
from core.measurement import RegionSize
from core.reporting.heat import HeatLook
from core.sample import Sample, SampleRef

Pictures = Literal["all", "ng", "none"]


@dataclass(frozen=True)
class LiveOutputs:
    """Writes below `folder`/YYYY-MM-DD; every call raises OSError or InspectionError where it cannot."""

    folder: Path
    look: HeatLook
    pictures: Pictures = "ng"
    csv: bool = True
    json: bool = True

    def write(
        self, ref: SampleRef, sample: Sample, result: LiveResult, line: ScoreLine, when: datetime
    ) -> None:
        """Pictures first, then the lines: a line says that all of a part is on disk."""
        day = self.day(when)
        is_wanted = self.pictures == "all" or (self.pictures == "ng" and line.final is Verdict.NG)
        if is_wanted and result.outcome.score_map is not None:
            write_pictures(day, ref, sample, result.outcome, self.look)
        self.write_line(line, when, result.regions)

    def write_line(self, line: ScoreLine, when: datetime, regions: tuple[RegionSize, ...] = ()) -> None:
        """One row of results.csv and one object of results.jsonl, where these are wanted."""
        day = self.day(when)
        texts = []
        if self.csv:
            table = day / "results.csv"
            rows = [("time", *COLUMNS)] if not table.exists() or not table.stat().st_size else []
            texts.append((table, _csv([*rows, (when.isoformat(timespec="seconds"), *line.cells())])))
        if self.json:
            told = json.dumps(line_data(line, when, regions), ensure_ascii=False)
            texts.append((day / "results.jsonl", told + "\n"))
        append_texts(texts)

    def day(self, when: datetime) -> Path:
        """The folder of that day."""
        return self.folder / f"{when:%Y-%m-%d}"


def line_data(line: ScoreLine, when: datetime, regions: tuple[RegionSize, ...] = ()) -> dict[str, Any]:
    """A judged part as plain data; regions in mm, or in pixels where their trust says so."""
    return {
        "time": when.isoformat(timespec="seconds"),
        "sample": line.sample,
        "verdict": line.final.value if line.final else None,
        "score": line.score,
        "threshold": line.threshold,
        "sensors": sorted(line.sensors),
        "imagined": sorted(line.imagined),
        "seen_by": line.seen_by,
        "seconds": round(line.seconds, 3),
        "failure": str(line.failure),
        "regions": [{**asdict(size), "kind": size.kind} for size in regions],
    }


def _csv(rows: list[tuple[str, ...]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()
