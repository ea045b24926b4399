"""What a live inspection writes names the sensor that judged."""

from __future__ import annotations

import csv
import json
from datetime import datetime
from pathlib import Path

from core.exporting.inspected_files import ScoreLine
from core.inspection import Verdict
from core.live.outputs import LiveOutputs
from core.reporting.heat import HeatLook

WHEN = datetime(2026, 1, 2, 3, 4)
XYZ, RGB = frozenset({"xyz"}), frozenset({"rgb"})


def test_the_live_log_names_the_sensor_and_the_imagined_one(tmp_path: Path) -> None:
    outputs = LiveOutputs(tmp_path, HeatLook(0.0, 1.0))
    imagined = ScoreLine("cap/test/unknown/1", "unknown", Verdict.OK, 1.0, 2.0, None, XYZ, 0.1, "", RGB)
    alone = ScoreLine("cap/test/unknown/2", "unknown", Verdict.NG, 3.0, 2.0, None, RGB, 0.1, "")
    for line in (imagined, alone):
        outputs.write_line(line, WHEN)
    day = outputs.day(WHEN)
    rows = list(csv.DictReader((day / "results.csv").read_text(encoding="utf-8").splitlines()))
    assert [row["seen_by"] for row in rows] == ["3D only, RGB imagined", "RGB only"]
    told = [json.loads(text) for text in (day / "results.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(one["sensors"], one["imagined"], one["seen_by"]) for one in told] == [
        (["xyz"], ["rgb"], "3D only, RGB imagined"),
        (["rgb"], [], "RGB only"),
    ]
