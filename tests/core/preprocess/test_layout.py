from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import tifffile
from PIL import Image

from core.datasets.reading import read_sample
from core.errors import DataError, WrongUse
from core.preprocess.config import DEFAULTS
from core.preprocess.layout import write_layout
from core.preprocess.prepare import prepare
from core.preprocess.written import write_cloud
from core.sample import SampleRef
from tests.core.preprocess.source import write_dome, write_sweet


def _bytes_below(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_written_part_reads_back_as_the_prepared_one(tmp_path: Path) -> None:
    ref = write_dome(tmp_path / "in")
    before = _bytes_below(tmp_path / "in")
    (outcome,) = write_layout([ref], tmp_path / "out")
    folder = tmp_path / "out" / "dome" / "test" / "hole"
    written = read_sample(
        replace(
            ref,
            rgb=folder / "rgb" / "000.png",
            cloud=folder / "xyz" / "000.tiff",
            mask=folder / "gt" / "000.png",
        )
    )
    expected = prepare(read_sample(ref)).sample
    assert outcome.result is True
    for name in ("rgb", "xyz", "mask"):
        np.testing.assert_array_equal(getattr(written, name), getattr(expected, name))
    assert tifffile.imread(folder / "xyz" / "000.tiff").dtype == np.float32
    assert _bytes_below(tmp_path / "in") == before


def test_only_test_parts_get_a_truth_picture(tmp_path: Path) -> None:
    refs = [
        write_dome(tmp_path / "in", 0, "train", "good"),
        write_dome(tmp_path / "in", 1, "test", "good"),
    ]
    write_layout(refs, tmp_path / "out")
    truths = [str(path.relative_to(tmp_path / "out")) for path in (tmp_path / "out").rglob("gt/*")]
    assert truths == [str(Path("dome/test/good/gt/001.png"))]


def test_eyecandies_parts_lose_their_stage_and_keep_double_precision(tmp_path: Path) -> None:
    ref = write_sweet(tmp_path / "in")
    (outcome,) = write_layout([ref], tmp_path / "out")
    assert outcome.result is True
    folder = tmp_path / "out" / "Confetto" / "test" / "bad"
    cloud = tifffile.imread(folder / "xyz" / "007.tiff")
    assert cloud.dtype == np.float64
    assert cloud.shape == (64, 64, 3)
    sample = read_sample(ref)
    np.testing.assert_array_equal((cloud != 0).all(axis=-1), sample.seen)
    assert 0 < sample.seen.sum() < 64 * 64
    assert np.asarray(Image.open(folder / "rgb" / "007.png")).min() == 77
    np.testing.assert_array_equal(np.asarray(Image.open(folder / "gt" / "007.png")) > 0, sample.mask)


def test_a_stopped_run_goes_on_where_it_ended(tmp_path: Path) -> None:
    refs = [write_dome(tmp_path / "in", number) for number in range(2)]
    write_layout(refs[:1], tmp_path / "out")
    outcomes = write_layout(refs, tmp_path / "out")
    assert [outcome.result for outcome in outcomes] == [False, True]


def test_two_processes_write_the_same_bytes_as_one(tmp_path: Path) -> None:
    refs = [write_dome(tmp_path / "in", number) for number in range(3)]
    write_layout(refs, tmp_path / "one")
    write_layout(refs, tmp_path / "two", processes=2)
    assert _bytes_below(tmp_path / "one") == _bytes_below(tmp_path / "two")


def test_an_unreadable_part_is_an_entry_and_the_others_are_written(tmp_path: Path) -> None:
    refs = [write_dome(tmp_path / "in", number) for number in range(2)]
    assert refs[0].cloud is not None
    refs[0].cloud.write_bytes(b"II*\0 cut off")
    bad, good = write_layout(refs, tmp_path / "out")
    assert bad.failure is not None
    assert "000.tiff" in bad.failure.message
    assert good.result is True
    assert not list((tmp_path / "out").rglob("000*"))


def test_a_folder_of_other_settings_or_other_data_is_left_alone(tmp_path: Path) -> None:
    ref = write_dome(tmp_path / "in")
    write_layout([ref], tmp_path / "out")
    with pytest.raises(WrongUse, match="other settings"):
        write_layout([ref], tmp_path / "out", replace(DEFAULTS, plane_distance_mm=4))
    with pytest.raises(WrongUse, match="empty folder"):
        write_layout([ref], tmp_path / "in")


def test_two_parts_of_one_name_are_refused(tmp_path: Path) -> None:
    ref = write_dome(tmp_path / "in", 1)
    with pytest.raises(DataError, match="Two parts"):
        write_layout([ref, replace(ref, id="1")], tmp_path / "out")


def test_a_part_of_colours_alone_is_written_without_a_cloud(tmp_path: Path) -> None:
    ref = replace(write_dome(tmp_path / "in"), cloud=None, id="left side")
    assert [outcome.result for outcome in write_layout([ref], tmp_path / "out")] == [True]
    assert [outcome.result for outcome in write_layout([ref], tmp_path / "out")] == [False]
    assert [path.name for path in (tmp_path / "out").rglob("*.png")].count("left side.png") == 2


def test_a_cloud_alone_of_eyecandies_and_colours_alone_are_written(tmp_path: Path) -> None:
    ref = write_sweet(tmp_path / "in")
    assert write_layout([replace(ref, rgb=None)], tmp_path / "cloud")[0].result is True
    assert write_layout([replace(ref, cloud=None)], tmp_path / "rgb")[0].result is True
    assert not list((tmp_path / "rgb").rglob("xyz"))


def test_a_target_that_cannot_be_written_is_said_for_the_part(tmp_path: Path) -> None:
    ref: SampleRef = write_dome(tmp_path / "in")
    write_layout([], tmp_path / "out")
    (tmp_path / "out" / "dome").write_text("a file stands in the way", "utf-8")
    (outcome,) = write_layout([ref], tmp_path / "out")
    assert outcome.failure is not None
    assert "could not be written" in outcome.failure.message
    assert outcome.failure.remedy


def test_missing_points_are_written_as_zero(tmp_path: Path) -> None:
    xyz = np.full((9, 9, 3), np.nan, np.float32)
    xyz[4, 4] = 1
    write_cloud(tmp_path / "a.tiff", xyz)
    assert tifffile.imread(tmp_path / "a.tiff").sum() == 3
