from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core.datasets.reading import read_sample
from core.errors import DataError, InspectionError
from core.preprocess.cache import PreparedCache, content_key
from core.preprocess.config import DEFAULTS
from core.preprocess.prepare import Prepared, prepare
from core.sample import Sample, SampleRef
from tests.core.preprocess.source import write_dome, write_sweet

PLENTY = 10**9


def _must_not_read(ref: SampleRef) -> Sample:
    raise AssertionError(f"{ref.name} was read again")


def _assert_equal(one: Prepared, two: Prepared) -> None:
    for name in ("rgb", "xyz", "mask", "part"):
        np.testing.assert_array_equal(getattr(one.sample, name), getattr(two.sample, name))
    assert one.sample.placing == two.sample.placing
    assert (one.notes, one.kept_share, one.size_mm) == (two.notes, two.kept_share, two.size_mm)


@pytest.fixture
def cache(tmp_path: Path) -> PreparedCache:
    return PreparedCache(tmp_path / "cache", PLENTY)


@pytest.fixture
def ref(tmp_path: Path) -> SampleRef:
    return write_dome(tmp_path / "源 data")


def test_a_sample_is_prepared_once_and_then_found(cache: PreparedCache, ref: SampleRef) -> None:
    first = cache.prepared(ref)
    again = cache.prepared(ref, read=_must_not_read)
    _assert_equal(first, again)
    _assert_equal(again, prepare(read_sample(ref)))


def test_notes_and_missing_sensors_survive_the_disk(cache: PreparedCache, ref: SampleRef) -> None:
    alone = replace(ref, cloud=None)
    _assert_equal(cache.prepared(alone), cache.prepared(alone, read=_must_not_read))
    bare = prepare(read_sample(ref), replace(DEFAULTS, plane_distance_mm=500))
    cache.keep("ab", bare)
    found = cache.find("ab", "other/name")
    assert found is not None
    _assert_equal(bare, found)
    assert found.notes[0].text == bare.notes[0].text
    assert found.sample.name == "other/name"


def test_the_same_content_elsewhere_is_the_same_entry(
    cache: PreparedCache, ref: SampleRef, tmp_path: Path
) -> None:
    cache.prepared(ref)
    moved = write_dome(tmp_path / "elsewhere")
    assert cache.prepared(moved, read=_must_not_read).sample.name == moved.name


def test_the_key_changes_with_every_byte_and_every_parameter(ref: SampleRef, tmp_path: Path) -> None:
    key = content_key(ref, DEFAULTS)
    assert key != content_key(ref, replace(DEFAULTS, plane_distance_mm=4.0))
    assert key != content_key(replace(ref, metres_per_unit=0.001), DEFAULTS)
    assert key != content_key(replace(ref, mask=None), DEFAULTS)
    assert ref.cloud is not None
    content = bytearray(ref.cloud.read_bytes())
    content[-1] ^= 1
    ref.cloud.write_bytes(content)
    assert key != content_key(ref, DEFAULTS)


def test_the_key_of_an_eyecandies_part_holds_its_range_and_pose(tmp_path: Path) -> None:
    ref = write_sweet(tmp_path)
    key = content_key(ref, DEFAULTS)
    assert ref.cloud is not None
    ref.cloud.with_name("07_pose.txt").write_text("1 0 0 0 0 1 0 0 0 0 1 0 0 0 0 1", "utf-8")
    assert key != content_key(ref, DEFAULTS)


@pytest.mark.parametrize("damage", [b"", b"nonsense", None])
def test_a_damaged_entry_is_made_again(cache: PreparedCache, ref: SampleRef, damage: bytes | None) -> None:
    first = cache.prepared(ref)
    (entry,) = cache.folder.glob("??/*.npz")
    content = entry.read_bytes()
    middle = len(content) // 2
    flipped = content[:middle] + bytes([content[middle] ^ 255]) + content[middle + 1 :]
    entry.write_bytes(flipped if damage is None else damage)
    _assert_equal(cache.prepared(ref), first)
    _assert_equal(cache.prepared(ref, read=_must_not_read), first)


def test_the_least_recently_used_entries_make_room(tmp_path: Path) -> None:
    refs = [write_dome(tmp_path / "data", number) for number in range(4)]
    cache = PreparedCache(tmp_path / "cache", PLENTY)
    cache.prepared(refs[0])
    (entry,) = cache.folder.glob("??/*.npz")
    small = PreparedCache(cache.folder, entry.stat().st_size * 3 + 1000)
    for ref in refs[1:3]:
        small.prepared(ref)
    for age, ref in enumerate((refs[1], refs[2], refs[0])):
        path = small.folder / content_key(ref, DEFAULTS)[:2] / f"{content_key(ref, DEFAULTS)}.npz"
        os.utime(path, (age, age))
    small.prepared(refs[1], read=_must_not_read)
    small.prepared(refs[3])
    kept = {path.stem for path in small.folder.glob("??/*.npz")}
    assert kept == {content_key(ref, DEFAULTS) for ref in (refs[0], refs[1], refs[3])}


def test_a_cache_without_room_writes_nothing(tmp_path: Path, ref: SampleRef) -> None:
    PreparedCache(tmp_path / "cache", 0).prepared(ref)
    assert not (tmp_path / "cache").exists()


def test_a_folder_that_cannot_be_written_is_told_once_and_the_work_goes_on(
    tmp_path: Path, ref: SampleRef
) -> None:
    (tmp_path / "cache").write_text("a file stands in the way", "utf-8")
    told: list[InspectionError] = []
    cache = PreparedCache(tmp_path / "cache", PLENTY, tell=told.append)
    for _ in range(2):
        _assert_equal(cache.prepared(ref), prepare(read_sample(ref)))
    assert len(told) == 1
    assert str(tmp_path / "cache") in told[0].message
    assert told[0].remedy


def test_an_interrupted_write_leaves_no_entry(cache: PreparedCache, ref: SampleRef) -> None:
    prepared = prepare(read_sample(ref))
    broken = replace(prepared, kept_share=object())
    with pytest.raises(TypeError):
        cache.keep("ab", broken)
    assert list(cache.folder.rglob("*.*")) == []


def test_half_written_files_of_a_killed_program_are_removed_in_time(
    cache: PreparedCache, ref: SampleRef
) -> None:
    old, new = cache.folder / "aa" / ".old.part", cache.folder / "aa" / ".new.part"
    old.parent.mkdir(parents=True)
    old.touch()
    new.touch()
    os.utime(old, (0, 0))
    cache.prepared(ref)
    assert (old.exists(), new.exists()) == (False, True)


def test_clearing_removes_every_entry(cache: PreparedCache, ref: SampleRef) -> None:
    cache.prepared(ref)
    cache.clear()
    assert list(cache.folder.rglob("*.npz")) == []


def test_a_missing_source_file_is_named(cache: PreparedCache, ref: SampleRef) -> None:
    assert ref.cloud is not None
    ref.cloud.unlink()
    with pytest.raises(DataError, match=r"000\.tiff"):
        cache.prepared(ref)
