"""What an inspection writes lies on the raster of the source."""

from __future__ import annotations

import csv
import errno
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import tifffile
from PIL import Image

from core.errors import InspectionError
from core.exporting.inspected_files import (
    count_verdicts,
    score_line,
    write_manifest,
    write_pictures,
    write_table,
)
from core.frame import Frame
from core.inspection import Inspection, Verdict
from core.reporting.heat import HeatLook
from core.sample import Sample, SampleRef
from core.score_map import ScoreMap

REF = SampleRef("bagel", "test", "hole", "017")
PIXELS = np.arange(36, dtype=np.float32).reshape(6, 6)
PADDED = Inspection(
    REF.name,
    "plain",
    ScoreMap(PIXELS, 35.0),
    3.0,
    Verdict.NG,
    sensors=frozenset({"rgb"}),
    frame=Frame.whole(4, 5).padded(1, 0, 6, 6),
)
SAMPLE = Sample(REF.name, rgb=np.zeros((4, 5, 3), np.uint8))
LOOK = HeatLook(0.0, 40.0, 20.0)


def test_padding_is_undone_in_maps_masks_and_overlays(tmp_path: Path) -> None:
    write_pictures(tmp_path, REF, SAMPLE, PADDED, LOOK)

    scores = tifffile.imread(tmp_path / "maps" / "bagel" / "test" / "hole" / "017.tiff")
    mask = np.asarray(Image.open(tmp_path / "masks" / "bagel" / "test" / "hole" / "017.png"))
    overlay = np.asarray(Image.open(tmp_path / "overlays" / "bagel" / "test" / "hole" / "017.png"))
    np.testing.assert_array_equal(scores, PIXELS[1:5, :5])
    assert scores.dtype == np.float32
    np.testing.assert_array_equal(mask, np.where(PIXELS[1:5, :5] > 20, 255, 0))
    assert overlay.shape == (4, 5, 3)


def test_without_a_pixel_line_there_is_no_mask(tmp_path: Path) -> None:
    write_pictures(tmp_path, REF, SAMPLE, PADDED, HeatLook(0.0, 40.0))

    assert not (tmp_path / "masks").exists()


def test_a_full_disk_is_a_sentence_and_leaves_nothing_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, scores: object) -> None:
        path.write_bytes(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(tifffile, "imwrite", full)

    with pytest.raises(InspectionError, match="No space left"):
        write_pictures(tmp_path, REF, SAMPLE, PADDED, LOOK)

    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_human_verdict_goes_before_the_machines_in_table_and_counts(tmp_path: Path) -> None:
    failed = Inspection(
        "bagel/test/hole/018", "plain", None, failure="It is cut off, sadly.", remedy="Copy it."
    )
    lines = [score_line(REF, PADDED, Verdict.OK), score_line(REF, PADDED), score_line(REF, failed)]

    table = write_table(tmp_path, lines).read_text(encoding="utf-8").splitlines()

    assert table[1] == "bagel/test/hole/017,hole,ok,35.0,3.0,yes,rgb,,RGB only,0.000,"
    assert table[3].endswith('"It is cut off, sadly. Copy it."')
    assert count_verdicts(lines) == {"ok": 1, "ng": 1, "review": 0, "failed": 1}


def test_every_map_tells_by_which_sensors_it_was_made(tmp_path: Path) -> None:
    imagined = replace(PADDED, sensors=frozenset({"xyz"}), imagined=frozenset({"rgb"}))
    line = score_line(REF, imagined)
    write_pictures(tmp_path, REF, SAMPLE, imagined, LOOK)
    (told,) = json.loads(write_manifest(tmp_path, [line]).read_text(encoding="utf-8"))["maps"]
    assert (tmp_path / "maps" / told["file"]).is_file()
    assert told["sensors"] == ["xyz"]
    assert told["imagined"] == ["rgb"]
    assert told["seen_by"] == "3D only, RGB imagined"
    (row,) = csv.DictReader(write_table(tmp_path, [line]).read_text(encoding="utf-8").splitlines())
    assert (row["sensors"], row["imagined"], row["seen_by"]) == ("xyz", "rgb", "3D only, RGB imagined")
