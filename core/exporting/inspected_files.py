"""What an inspection leaves in a folder: a table of scores, and maps, masks and overlays beside it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import tifffile
from numpy.typing import NDArray
from PIL import Image

from core.atomic import replacing, unwritable, write_text
from core.inspection import Inspection, Verdict
from core.phrase import Phrase
from core.reporting.heat import HeatLook, base_picture, heat_over
from core.sample import Sample, SampleRef, Sensor
from core.sensor_words import NO_SENSORS, say_sensors
from core.source_raster import on_source

COLUMNS = ("sample", "label", "verdict", "score", "threshold", "by_human", "sensors", "imagined", "seen_by",
           "seconds", "failure")  # fmt: skip


@dataclass(frozen=True)
class ScoreLine:
    """One row of the table; `human` is the verdict by which a human overrides the machine's."""

    sample: str
    label: str
    verdict: Verdict | None
    score: float | None
    threshold: float | None
    human: Verdict | None
    sensors: frozenset[Sensor]
    seconds: float
    failure: str
    imagined: frozenset[Sensor] = NO_SENSORS

    @property
    def seen_by(self) -> Phrase:
        """The sensors in words: "3D only, RGB imagined"."""
        return say_sensors(self.sensors, self.imagined)

    @property
    def final(self) -> Verdict | None:
        """Human before machine."""
        return self.human or self.verdict

    def cells(self) -> tuple[str, ...]:
        """The row as text; scores with all their digits, so that they can be compared."""
        return (
            self.sample,
            self.label,
            self.final.value if self.final else "",
            "" if self.score is None else repr(self.score),
            "" if self.threshold is None else repr(self.threshold),
            "yes" if self.human else "",
            " ".join(sorted(self.sensors)),
            " ".join(sorted(self.imagined)),
            self.seen_by,
            f"{self.seconds:.3f}",
            self.failure,
        )


def score_line(ref: SampleRef, inspection: Inspection, human: Verdict | None = None) -> ScoreLine:
    """The row of one outcome."""
    return ScoreLine(
        ref.name,
        ref.label,
        inspection.verdict,
        None if inspection.score_map is None else inspection.score_map.whole,
        inspection.threshold,
        human,
        inspection.sensors,
        inspection.seconds,
        f"{inspection.failure} {inspection.remedy}".strip(),
        inspection.imagined,
    )


def write_table(folder: Path, lines: Sequence[ScoreLine]) -> Path:
    """Write scores.csv."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(COLUMNS)
    rows.writerows(line.cells() for line in lines)
    write_text(folder / "scores.csv", text.getvalue())
    return folder / "scores.csv"


def write_manifest(folder: Path, lines: Sequence[ScoreLine]) -> Path:
    """Write maps/manifest.json: which map belongs to which part, and by which sensors it was made."""
    maps = [
        {
            "sample": line.sample,
            "file": f"{line.sample}.tiff",
            "score": line.score,
            "threshold": line.threshold,
            "sensors": sorted(line.sensors),
            "imagined": sorted(line.imagined),
            "seen_by": line.seen_by,
        }
        for line in lines
        if (folder / "maps" / f"{line.sample}.tiff").is_file()
    ]
    path = folder / "maps" / "manifest.json"
    write_text(path, json.dumps({"maps": maps}, indent=2, ensure_ascii=False) + "\n")
    return path


def write_pictures(
    folder: Path, ref: SampleRef, sample: Sample, inspection: Inspection, look: HeatLook
) -> None:
    """Write map, mask and overlay on the raster of the source; a part without map has none.

    maps/ holds float32 TIFF (NaN where nothing was scored), masks/ PNG with 255 above the pixel line,
    overlays/ PNG for the eye.
    """
    if inspection.score_map is None or inspection.frame is None:
        return
    scores = on_source(inspection.score_map.pixels, inspection.frame)
    try:
        _write_tiff(folder / "maps" / f"{ref.name}.tiff", scores)
        if look.threshold is not None:
            with np.errstate(invalid="ignore"):
                marked = np.where(scores > look.threshold, np.uint8(255), np.uint8(0))
            _write_png(folder / "masks" / f"{ref.name}.png", marked)
        _write_png(folder / "overlays" / f"{ref.name}.png", heat_over(base_picture(sample), scores, look))
    except OSError as problem:
        raise unwritable(folder, problem) from problem


def count_verdicts(lines: Sequence[ScoreLine]) -> dict[str, int]:
    """How many parts carry each verdict, and how many failed."""
    counts = {verdict.value: sum(line.final is verdict for line in lines) for verdict in Verdict}
    return {**counts, "failed": sum(bool(line.failure) for line in lines)}


def _write_tiff(path: Path, scores: NDArray[np.float32]) -> None:
    with replacing(path) as aside:
        tifffile.imwrite(aside, scores)


def _write_png(path: Path, pixels: NDArray[np.uint8]) -> None:
    with replacing(path) as aside:
        Image.fromarray(pixels).save(aside, format="PNG")
