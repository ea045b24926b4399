"""Files that appear in a watched folder, seen with a clock that stands still between looks."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.live.arrivals import ArrivalRule, Arrivals
from core.tasks.watch_folder import grouped

BOTH = ArrivalRule(frozenset({"rgb", "xyz"}))


def _put(path: Path, text: str = "x") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "扫描 out"
    place.mkdir()
    return place


def test_a_pair_is_given_once_when_both_files_have_settled(folder):
    arrivals = Arrivals(folder, BOTH, grouped)
    _put(folder / "rgb" / "000.png")
    _put(folder / "xyz" / "000.tiff")
    assert arrivals.look(0.0) == []
    (found,) = arrivals.look(0.6)
    assert (found.name, [sensor for sensor, _ in found.files]) == ("000", ["rgb", "xyz"])
    assert arrivals.look(1.2) == []


def test_a_file_that_still_grows_is_not_taken(folder):
    arrivals = Arrivals(folder, ArrivalRule(frozenset({"rgb"})), grouped)
    _put(folder / "000.png", "half")
    arrivals.look(0.0)
    _put(folder / "000.png", "half and more")
    assert arrivals.look(0.6) == []
    assert len(arrivals.look(1.2)) == 1


def test_an_empty_file_is_not_taken(folder):
    arrivals = Arrivals(folder, ArrivalRule(frozenset({"rgb"})), grouped)
    _put(folder / "000.png", "")
    arrivals.look(0.0)
    assert arrivals.look(9.0) == []


@pytest.mark.parametrize("alone", [False, True])
def test_a_partner_is_waited_for_and_then_missed(folder, alone):
    rule = ArrivalRule(BOTH.needed, partner_s=5.0, judge_alone=alone)
    arrivals = Arrivals(folder, rule, grouped)
    _put(folder / "rgb" / "000.png")
    arrivals.look(0.0)
    assert arrivals.look(4.0) == []
    (found,) = arrivals.look(5.5)
    assert found.is_incomplete is not alone


def test_a_late_cloud_does_not_make_a_part_of_colour_alone_another_one(folder):
    arrivals = Arrivals(folder, ArrivalRule(frozenset({"rgb"})), grouped)
    _put(folder / "rgb" / "000.png")
    arrivals.look(0.0)
    assert len(arrivals.look(0.6)) == 1
    _put(folder / "xyz" / "000.tiff")
    arrivals.look(1.0)
    assert arrivals.look(2.0) == []


def test_a_file_that_was_written_anew_is_another_part(folder):
    arrivals = Arrivals(folder, ArrivalRule(frozenset({"rgb"})), grouped)
    _put(folder / "000.png")
    arrivals.look(0.0)
    arrivals.look(0.6)
    _put(folder / "000.png", "another scan")
    arrivals.look(1.0)
    assert len(arrivals.look(1.6)) == 1


def test_masks_and_other_files_are_no_parts(folder):
    arrivals = Arrivals(folder, ArrivalRule(frozenset({"rgb"})), grouped)
    _put(folder / "notes.txt")
    _put(folder / "gt" / "000.png")
    arrivals.look(0.0)
    assert arrivals.look(9.0) == []


def test_a_folder_that_is_gone_is_said(folder):
    arrivals = Arrivals(folder, BOTH, grouped)
    folder.rmdir()
    with pytest.raises(OSError, match="No such file"):
        arrivals.look(0.0)
