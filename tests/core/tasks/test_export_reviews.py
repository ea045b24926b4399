"""Trail, reviews and masks leave the project as files that other programs can read."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from core.datasets.layout import recognise
from core.datasets.masks import read_mask
from core.errors import WrongUse
from core.inspection import Verdict
from core.monitor import Monitor
from core.project.project import Project
from core.project.records import ReviewRecord
from core.tasks.export_reviews import export_reviews
from tests.core.tasks.small_data import SIDE


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_trail_tells_who_said_what_when_and_what_was_said_before(
    project: Project, tmp_path: Path
) -> None:
    project.who = "李雷"
    record = project.samples("bagel", "test")[0]
    project.set_review(ReviewRecord(record.id, Verdict.NG, "dent", "reflection", "=A1, maybe"))
    project.set_review(ReviewRecord(record.id, Verdict.OK))
    found = export_reviews(project, tmp_path / "out", Monitor())
    said = [row for row in rows_of(found.trail) if row["what"] == "review"]
    assert [(row["who"], row["before"], row["after"]) for row in said] == [
        ("李雷", "", "ng, dent, reflection, =A1, maybe"),
        ("李雷", "ng, dent, reflection, =A1, maybe", "ok"),
    ]
    assert said[0]["subject"] == record.name
    assert [row["verdict"] for row in rows_of(found.reviews)] == ["ok"]


def test_a_note_is_no_formula_in_a_spreadsheet(project: Project, tmp_path: Path) -> None:
    record = project.samples("bagel", "test")[0]
    project.set_review(ReviewRecord(record.id, Verdict.OK, note="=1+1"))
    found = export_reviews(project, tmp_path / "out", Monitor())
    assert rows_of(found.reviews)[0]["note"] == "'=1+1"


def test_masks_lie_where_the_data_set_has_its_own(project: Project, tmp_path: Path, source: Path) -> None:
    marked = np.zeros((SIDE, SIDE), bool)
    marked[2:4, 2:4] = True
    by_name = {record.name: record for record in project.samples("bagel", "test")}
    project.set_own_mask(by_name["bagel/test/hole/000"].id, marked)
    project.set_own_mask(by_name["bagel/test/good/001"].id, marked)
    project.set_review(ReviewRecord(by_name["bagel/test/hole/002"].id, Verdict.OK))
    found = export_reviews(project, tmp_path / "out", Monitor())
    ways = sorted(path.relative_to(tmp_path / "out" / "masks").as_posix() for path in found.masks)
    own = {path.relative_to(source).as_posix() for path in source.rglob("gt/*.png")}
    prefix = ways[0].removesuffix("test/good/gt/001.png")
    assert ways == [f"{prefix}test/{way}.png" for way in ("good/gt/001", "hole/gt/000", "hole/gt/002")]
    assert own >= {f"bagel/test/hole/gt/{ident}.png" for ident in ("000", "002")}
    np.testing.assert_array_equal(read_mask(found.masks[1]) | read_mask(found.masks[0]), marked)
    empty = next(path for path in found.masks if path.stem == "002")
    assert not read_mask(empty).any()


def test_masks_laid_over_a_copy_of_the_data_are_found_as_its_truth(
    project: Project, tmp_path: Path, source: Path
) -> None:
    import shutil

    record = next(r for r in project.samples("bagel", "test") if r.name == "bagel/test/hole/000")
    marked = np.zeros((SIDE, SIDE), bool)
    marked[1, 1:5] = True
    project.set_own_mask(record.id, marked)
    found = export_reviews(project, tmp_path / "out", Monitor())
    assert record.ref.rgb is not None
    root = next(path.folder for path in project.sources())
    copy = tmp_path / "copy" / root.name
    shutil.copytree(root, copy)
    shutil.copytree(tmp_path / "out" / "masks", copy, dirs_exist_ok=True)
    refs = {(ref.label, ref.id): ref for ref in recognise(copy).refs}
    mask = refs["hole", "000"].mask
    assert mask is not None
    np.testing.assert_array_equal(read_mask(mask), marked)
    assert len(found.masks) == 1


def test_nothing_is_written_into_source_data(project: Project, source: Path) -> None:
    with pytest.raises(WrongUse, match="source data"):
        export_reviews(project, source / "bagel" / "reviews", Monitor())
    assert not (source / "bagel" / "reviews").exists()


def test_one_class_alone_can_be_taken_out(project: Project, tmp_path: Path) -> None:
    record = project.samples("bagel", "test")[0]
    project.set_review(ReviewRecord(record.id, Verdict.OK))
    found = export_reviews(project, tmp_path / "out", Monitor(), ["bagel"])
    assert {row["subject"].partition("/")[0] for row in rows_of(found.trail)} == {"bagel"}
    other = export_reviews(project, tmp_path / "other", Monitor(), ["cable"])
    assert rows_of(other.reviews) == rows_of(other.trail) == []
