"""`inspector measure` tells the sizes of the marked regions."""

from __future__ import annotations

import csv
import io

import pytest

from core.commands.entry import main


@pytest.fixture
def inspected(trained):
    assert main(["inspect", str(trained), "--quiet"]) == 0
    words = ["--level", "pixel", "--preset", "manual", "--value", "40", "--quiet"]
    assert main(["threshold", str(trained), "--class", "bagel", *words]) == 0
    return trained


def test_every_region_is_told_and_written(inspected, tmp_path, lines):
    assert main(["measure", str(inspected), "--out", str(tmp_path / "regions.csv"), "--json"]) == 0
    told = lines("result")
    assert [line["area"] for line in told] == [36.0, 36.0, 36.0]
    rows = list(csv.DictReader(io.StringIO((tmp_path / "regions.csv").read_text(encoding="utf-8"))))
    assert [float(row["area"]) for row in rows] == [36.0, 36.0, 36.0]


def test_an_image_scale_gives_square_millimetres(inspected, lines):
    assert main(["measure", str(inspected), "--mm-per-pixel", "0.5", "--json"]) == 0
    assert {line["area"] for line in lines("result")} == {9.0}


def test_depth_needs_good_parts_with_a_cloud(inspected):
    assert main(["measure", str(inspected), "--reference", "mean-part"]) == 3
