from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core.datasets.reading import read_sample
from core.preprocess.in_place import prepare_in_place
from core.preprocess.prepare import prepare
from core.sample import SampleRef
from tests.core.preprocess.source import write_dome


@pytest.fixture
def ref(tmp_path: Path) -> SampleRef:
    return write_dome(tmp_path / "data")


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    return tmp_path / "backup"


def test_the_source_is_rewritten_and_its_originals_are_kept(ref: SampleRef, backup: Path) -> None:
    before = read_sample(ref)
    originals = {path.name: path.read_bytes() for path in (ref.rgb, ref.cloud) if path is not None}
    (outcome,) = prepare_in_place([ref], backup)
    assert outcome.result is True
    after, expected = read_sample(ref), prepare(before).sample
    for name in ("rgb", "xyz", "mask"):
        np.testing.assert_array_equal(getattr(after, name), getattr(expected, name))
    assert (backup / "dome/test/hole/xyz/000.tiff").read_bytes() == originals["000.tiff"]
    assert (backup / "dome/test/hole/rgb/000.png").read_bytes() == originals["000.png"]


def test_a_second_run_changes_nothing(ref: SampleRef, backup: Path) -> None:
    prepare_in_place([ref], backup)
    assert ref.cloud is not None
    once = ref.cloud.read_bytes()
    assert [outcome.result for outcome in prepare_in_place([ref], backup)] == [False]
    assert ref.cloud.read_bytes() == once


def test_a_run_that_ended_between_the_files_is_finished_from_the_backup(ref: SampleRef, backup: Path) -> None:
    assert ref.cloud is not None
    original = ref.cloud.read_bytes()
    expected = prepare(read_sample(ref)).sample
    prepare_in_place([ref], backup)
    ref.cloud.write_bytes(original)
    assert [outcome.result for outcome in prepare_in_place([ref], backup)] == [True]
    np.testing.assert_array_equal(read_sample(ref).rgb, expected.rgb)
    np.testing.assert_array_equal(read_sample(ref).xyz, expected.xyz)


def test_a_backup_of_another_version_is_never_overwritten(
    ref: SampleRef, backup: Path, tmp_path: Path
) -> None:
    prepare_in_place([ref], backup)
    kept = (backup / "dome/test/hole/xyz/000.tiff").read_bytes()
    other = write_dome(tmp_path / "data", 5)
    assert ref.cloud is not None
    assert other.cloud is not None
    ref.cloud.write_bytes(other.cloud.read_bytes())
    (outcome,) = prepare_in_place([ref], backup)
    assert outcome.failure is not None
    assert "empty backup folder" in outcome.failure.remedy
    assert (backup / "dome/test/hole/xyz/000.tiff").read_bytes() == kept


def test_the_unit_of_the_stored_cloud_stays(ref: SampleRef, backup: Path) -> None:
    scaled = replace(ref, metres_per_unit=0.5)
    before = read_sample(scaled)
    prepare_in_place([scaled], backup)
    np.testing.assert_allclose(read_sample(scaled).xyz, prepare(before).sample.xyz, rtol=1e-6)


def test_other_kinds_of_files_are_refused_and_left_alone(ref: SampleRef, backup: Path) -> None:
    assert ref.rgb is not None
    jpeg = ref.rgb.rename(ref.rgb.with_suffix(".jpg"))
    (outcome,) = prepare_in_place([replace(ref, rgb=jpeg)], backup)
    assert outcome.failure is not None
    assert "only PNG and TIFF" in outcome.failure.message
    assert not backup.exists()


def test_parts_without_a_cloud_are_not_touched(ref: SampleRef, backup: Path) -> None:
    assert prepare_in_place([replace(ref, cloud=None)], backup) == ()


def test_a_cloud_alone_is_rewritten(ref: SampleRef, backup: Path) -> None:
    (outcome,) = prepare_in_place([replace(ref, rgb=None, mask=None)], backup)
    assert outcome.result is True


def test_a_backup_that_cannot_be_written_is_said(ref: SampleRef, backup: Path) -> None:
    backup.write_text("a file stands in the way", "utf-8")
    assert ref.cloud is not None
    before = ref.cloud.read_bytes()
    (outcome,) = prepare_in_place([ref], backup)
    assert outcome.failure is not None
    assert "could not be written" in outcome.failure.message
    assert ref.cloud.read_bytes() == before


def test_an_unreadable_source_is_named_itself_and_nothing_is_kept(ref: SampleRef, backup: Path) -> None:
    assert ref.cloud is not None
    ref.cloud.write_bytes(b"II*\0")

    (outcome,) = prepare_in_place([ref], backup)

    assert str(ref.cloud) in str(outcome.failure)
    assert not backup.exists()
