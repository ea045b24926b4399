"""Features on disk: computed once, read as they are needed, never more than they may be."""

from __future__ import annotations

import errno
import logging
import mmap
import os
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from core.errors import InspectionError
from core.memory import feature_cache as module
from core.memory.feature_cache import FeatureCache, Shelf
from core.memory.training_parts import opened_cache
from core.sample import Sample
from core.settings import Settings, save_settings

ROWS = np.arange(2000, dtype=np.float32).reshape(50, 40)
FILE_BYTES = ROWS.nbytes + 128


def part(number: int) -> Sample:
    return Sample(f"part/{number}", np.full((4, 4, 3), number, np.uint8))


def put(cache: FeatureCache, *numbers: int) -> None:
    for number in numbers:
        cache.shelf(part(number)).rows("x", lambda: ROWS)


def age(folder: Path) -> None:
    """All files were used last long ago, in the order of their writing."""
    for seconds, path in enumerate(sorted(folder.rglob("*.npy"), key=lambda path: path.stat().st_mtime_ns)):
        os.utime(path, (1000 + seconds, 1000 + seconds))


def is_kept(folder: Path, number: int) -> bool:
    computed: list[int] = []

    def compute() -> NDArray[np.float32]:
        computed.append(number)
        return ROWS

    FeatureCache(folder, is_writable=False).shelf(part(number)).rows("x", compute)
    return not computed


def full_disk(monkeypatch: pytest.MonkeyPatch, times: int) -> None:
    left = [times]
    write = module._write

    def refuse(place: Path, rows: NDArray[np.float32]) -> None:
        if left[0]:
            left[0] -= 1
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        write(place, rows)

    monkeypatch.setattr(module, "_write", refuse)


def test_kept_features_are_mapped_and_not_read_at_once(tmp_path: Path) -> None:
    put(FeatureCache(tmp_path), 1)
    rows: object = FeatureCache(tmp_path).shelf(part(1)).rows("x", lambda: ROWS + 1)
    np.testing.assert_array_equal(rows, ROWS)
    while isinstance(rows, np.ndarray):
        rows = rows.base
    assert isinstance(rows, mmap.mmap)


def test_half_precision_is_kept_as_it_is_and_given_as_single(tmp_path: Path) -> None:
    shelf = FeatureCache(tmp_path).shelf(part(1))
    first = shelf.rows("x", lambda: ROWS.astype(np.float16))
    second = shelf.rows("x", lambda: ROWS)
    assert first.dtype == second.dtype == np.float32
    np.testing.assert_array_equal(first, second)
    (path,) = tmp_path.rglob("*.npy")
    assert path.stat().st_size == 128 + ROWS.size * 2


def test_the_features_unused_for_longest_make_room_and_the_log_says_so(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    put(FeatureCache(tmp_path), 1, 2, 3, 4)
    age(tmp_path)
    assert is_kept(tmp_path, 1)  # and is thereby used again
    with caplog.at_level(logging.INFO):
        put(FeatureCache(tmp_path, limit_bytes=4 * FILE_BYTES), 5)
    assert [is_kept(tmp_path, number) for number in (1, 2, 3, 4, 5)] == [True, False, False, True, True]
    assert "unused for longest" in caplog.text


def test_a_training_keeps_what_it_needs_itself_and_says_that_it_is_too_much(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    put(FeatureCache(tmp_path, limit_bytes=2 * FILE_BYTES), 1, 2, 3, 4)
    assert all(is_kept(tmp_path, number) for number in (1, 2, 3, 4))
    assert caplog.text.count("needs more room") == 1
    put(FeatureCache(tmp_path, limit_bytes=2 * FILE_BYTES), 5)
    assert not all(is_kept(tmp_path, number) for number in (1, 2, 3, 4))


def test_the_limit_is_the_one_of_the_settings(tmp_path: Path) -> None:
    save_settings(Settings(cache_limit_gb=1.5))
    with opened_cache(tmp_path) as cache:
        assert cache.limit_bytes == 1_500_000_000


def test_what_a_killed_training_left_half_written_is_removed(tmp_path: Path) -> None:
    put(FeatureCache(tmp_path), 1)
    (kept,) = tmp_path.rglob("*.npy")
    old, new = kept.with_name(".a.npy.part"), kept.with_name(".b.npy.part")
    for path in (old, new):
        path.write_bytes(b"cut off")
    os.utime(old, (1000, 1000))
    put(FeatureCache(tmp_path), 2)
    assert not old.exists()
    assert new.exists()


def test_on_a_full_disk_unused_features_give_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(FeatureCache(tmp_path), 1, 2)
    full_disk(monkeypatch, times=1)
    put(FeatureCache(tmp_path), 3)
    assert is_kept(tmp_path, 3)
    assert not is_kept(tmp_path, 1)


def test_a_disk_that_stays_full_is_told_in_a_sentence_and_leaves_finished_features(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = FeatureCache(tmp_path)
    put(cache, 1, 2)
    full_disk(monkeypatch, times=2)
    with pytest.raises(InspectionError, match="could not be written: No space left on device") as caught:
        put(cache, 3)
    assert "Free some space" in caught.value.remedy
    assert is_kept(tmp_path, 1)
    assert is_kept(tmp_path, 2)
    assert not list(tmp_path.rglob("*.part"))


def test_a_cache_that_is_only_read_writes_nothing(tmp_path: Path) -> None:
    shelf: Shelf = FeatureCache(tmp_path, is_writable=False).shelf(part(1))
    np.testing.assert_array_equal(shelf.rows("x", lambda: ROWS), ROWS)
    assert not list(tmp_path.iterdir())
