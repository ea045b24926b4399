from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core.datasets import layout
from core.datasets.faults import EmptyCloud, PartnerMissing, SizesDiffer, TooSmall, Unreadable, WrongType
from core.datasets.reading import read_sample
from core.errors import DataError
from core.sample import SampleRef
from tests.core.datasets.planted import (
    candy,
    cloud,
    defect,
    eyecandies,
    mvtec_3d,
    picture,
    save_cloud,
    save_picture,
)
from tests.golden_vectors import vectors


@pytest.fixture
def ref(tmp_path: Path) -> SampleRef:
    """A defective part with all its files, in a folder with spaces and Chinese letters."""
    refs = layout.scan(mvtec_3d(tmp_path / "零件 数据" / "xyz rgb tiff"))
    return next(ref for ref in refs if ref.label == "hole")


def test_a_part_is_read_with_every_sensor_and_its_truth(ref: SampleRef) -> None:
    sample = read_sample(ref)
    assert sample.name == "xyz rgb tiff/test/hole/000"
    assert sample.rgb is not None
    assert sample.xyz is not None
    np.testing.assert_array_equal(sample.rgb, picture(201))
    np.testing.assert_array_equal(np.nan_to_num(sample.xyz), cloud(201))
    np.testing.assert_array_equal(sample.mask, defect() > 0)


def test_the_mask_of_a_good_part_is_empty_without_opening_its_file(ref: SampleRef) -> None:
    sample = read_sample(replace(ref, label="good", mask=Path("nowhere.png")))
    assert sample.mask is not None
    assert not sample.mask.any()


def test_a_part_without_truth_has_no_mask(ref: SampleRef) -> None:
    assert read_sample(replace(ref, label="unknown", mask=None)).mask is None


def test_an_absent_sensor_stays_absent(ref: SampleRef) -> None:
    assert read_sample(replace(ref, cloud=None)).xyz is None
    assert read_sample(replace(ref, rgb=None)).rgb is None


def test_a_part_of_which_only_the_mask_is_there_is_refused(ref: SampleRef) -> None:
    with pytest.raises(PartnerMissing, match="only a mask"):
        read_sample(replace(ref, rgb=None, cloud=None))


@pytest.mark.parametrize("which", ["rgb", "xyz", "gt"])
def test_nothing_is_stretched_where_sizes_differ(ref: SampleRef, which: str) -> None:
    assert ref.rgb is not None
    place = ref.rgb.parent.parent / which
    if which == "xyz":
        save_cloud(place / "000.tiff", cloud(1, 25))
    else:
        save_picture(place / "000.png", picture(1, 25))
    with pytest.raises(SizesDiffer, match="25 × 25") as caught:
        read_sample(ref)
    assert "stretched" in caught.value.remedy


def test_an_empty_cloud_is_named(ref: SampleRef) -> None:
    assert ref.cloud is not None
    save_cloud(ref.cloud, np.zeros((24, 24, 3), np.float32))
    with pytest.raises(EmptyCloud, match=r"000\.tiff"):
        read_sample(ref)


def test_a_picture_of_one_pixel_is_refused(ref: SampleRef) -> None:
    assert ref.rgb is not None
    save_picture(ref.rgb, picture(1, 1))
    with pytest.raises(TooSmall, match="1 × 1"):
        read_sample(ref)


def test_an_unknown_kind_of_file_is_refused_by_name(ref: SampleRef, tmp_path: Path) -> None:
    (tmp_path / "letter.docx").write_text("hello")
    with pytest.raises(WrongType, match=r"letter\.docx"):
        read_sample(replace(ref, rgb=tmp_path / "letter.docx"))
    with pytest.raises(WrongType, match=r"letter\.docx"):
        read_sample(replace(ref, cloud=tmp_path / "letter.docx"))


@pytest.mark.golden
def test_an_eyecandies_part_gets_the_references_points_and_lacks_its_stage(tmp_path: Path) -> None:
    golden = vectors("m3dm_eyecandies")
    candy(tmp_path, "000", 0, 512)
    np.savetxt(tmp_path / "000_pose.txt", golden["pose"])
    part = SampleRef(
        "Confetto", "train", "good", "000", cloud=tmp_path / "000_depth.png", layout="eyecandies"
    )
    sample = read_sample(part)
    assert sample.xyz is not None
    kept = np.unpackbits(golden["keep"]).astype(bool).reshape(512, 512)
    assert np.mean(sample.seen == kept) > 0.9999
    rows, seen = sample.xyz.reshape(-1, 3)[::1733], sample.seen.reshape(-1)[::1733]
    np.testing.assert_allclose(rows[seen], golden["final_rows"][seen], rtol=1e-5, atol=1e-7)


@pytest.mark.parametrize("ending", ["info_depth.yaml", "pose.txt"])
def test_an_eyecandies_part_without_its_depth_range_or_pose_says_so(tmp_path: Path, ending: str) -> None:
    part = layout.scan(eyecandies(tmp_path / "Confetto"))[0]
    odd = tmp_path / "Confetto" / "train" / "data" / f"000_{ending}"
    odd.write_text("nothing of use")
    with pytest.raises(DataError, match=ending):
        read_sample(part)
    odd.unlink()
    with pytest.raises(PartnerMissing, match=ending):
        read_sample(part)


def test_an_eyecandies_depth_of_eight_bits_is_refused(tmp_path: Path) -> None:
    part = layout.scan(eyecandies(tmp_path / "Confetto"))[0]
    assert part.cloud is not None
    save_picture(part.cloud, picture(1, 512))
    with pytest.raises(WrongType, match="16-bit"):
        read_sample(part)


def test_reading_leaves_the_source_as_it_was(ref: SampleRef) -> None:
    assert ref.rgb is not None
    root = ref.rgb.parents[3]
    before = fingerprint(root)
    for part in layout.scan(root):
        read_sample(part)
    assert fingerprint(root) == before


def test_a_locked_file_is_told_from_a_damaged_one(ref: SampleRef, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> None:
        raise PermissionError(path)

    monkeypatch.setattr(Path, "stat", refuse)
    with pytest.raises(Unreadable, match="may not be read"):
        read_sample(ref)


def fingerprint(root: Path) -> dict[Path, tuple[str, int]]:
    """Every file's digest and time of change."""
    return {
        path: (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns)
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }
