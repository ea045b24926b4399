from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from core.datasets import layout
from core.datasets.convention import ScanOptions
from core.datasets.folder_rule import FolderRule
from core.errors import DataError, WrongUse
from core.sample import SampleRef
from tests.core.datasets.planted import (
    cloud,
    defect,
    eyecandies,
    mvtec_2d,
    mvtec_3d,
    mvtec_ad2,
    part_3d,
    picture,
    save_cloud,
    save_picture,
)

WRITERS: dict[str, Callable[[Path], Path]] = {
    "mvtec_3d": mvtec_3d,
    "mvtec_2d": mvtec_2d,
    "mvtec_ad2": mvtec_ad2,
    "eyecandies": lambda folder: eyecandies(folder, 16),
}


def names(refs: list[SampleRef] | tuple[SampleRef, ...]) -> list[str]:
    """class/split/label/id of each, in the order given."""
    return [ref.name for ref in refs]


@pytest.mark.parametrize("key", WRITERS)
def test_a_root_of_classes_is_recognised_with_certainty(tmp_path: Path, key: str) -> None:
    for name in ("螺母 a", "bolt"):
        WRITERS[key](tmp_path / "data set" / name)
    found = layout.recognise(tmp_path / "data set")
    assert (found.layout, found.certainty) == (key, 1.0)
    assert found.reason == "2 of 2 classes fit."
    assert found.classes == ("bolt", "螺母 a")
    assert {ref.layout for ref in found.refs} == {key}


@pytest.mark.parametrize("key", WRITERS)
def test_the_folder_of_one_class_is_recognised_as_such(tmp_path: Path, key: str) -> None:
    found = layout.recognise(WRITERS[key](tmp_path / "bolt"))
    assert (found.layout, found.certainty, found.classes) == (key, 1.0, ("bolt",))


@pytest.mark.parametrize("key", WRITERS)
def test_a_folder_around_the_data_set_is_looked_through(tmp_path: Path, key: str) -> None:
    WRITERS[key](tmp_path / "download" / "unpacked" / "root" / "bolt")
    WRITERS[key](tmp_path / "download" / "unpacked" / "root" / "nut")
    assert layout.recognise(tmp_path / "download").layout == key


def test_what_was_found_is_counted_by_class_split_and_label(tmp_path: Path) -> None:
    found = layout.recognise(mvtec_3d(tmp_path / "bagel"))
    assert found.summary == (
        ("bagel", "train", "good", 8),
        ("bagel", "validation", "good", 1),
        ("bagel", "test", "good", 1),
        ("bagel", "test", "hole", 1),
    )


def test_a_class_that_does_not_fit_lowers_the_certainty_and_is_told(tmp_path: Path) -> None:
    mvtec_3d(tmp_path / "bagel")
    (tmp_path / "licence").mkdir()
    found = layout.recognise(tmp_path)
    assert found.certainty == 0.75
    assert found.reason == "1 of 2 classes fit."


def test_converted_eyecandies_are_told_by_their_class_names(tmp_path: Path) -> None:
    part_3d(tmp_path / "Confetto" / "train" / "good", "000", 1)
    part_3d(tmp_path / "Confetto" / "test" / "bad", "000", 2, defect())
    found = layout.recognise(tmp_path)
    assert found.layout == "mvtec_3d"
    assert "Eyecandies" in found.reason


def test_files_are_paired_by_name_where_some_are_missing(tmp_path: Path) -> None:
    place = mvtec_3d(tmp_path / "bagel") / "train" / "good"
    (place / "rgb" / "002.png").unlink()
    (place / "xyz" / "005.tiff").unlink()
    refs = layout.scan(tmp_path / "bagel")[:8]
    assert [ref.id for ref in refs] == [f"{index:03d}" for index in range(8)]
    assert [ref.id for ref in refs if ref.rgb is None] == ["002"]
    assert [ref.id for ref in refs if ref.cloud is None] == ["005"]
    assert all(ref.rgb.stem == ref.cloud.stem for ref in refs if ref.rgb and ref.cloud)


def test_a_mask_of_no_image_and_a_file_of_another_kind_are_listed_not_dropped(tmp_path: Path) -> None:
    place = mvtec_3d(tmp_path / "bagel") / "test" / "hole"
    save_picture(place / "gt" / "007.png", defect())
    (place / "rgb" / "008.docx").write_text("hello")
    (place / "rgb" / "Thumbs.db").write_text("of the system")
    (place / "rgb" / ".hidden.png").write_text("hidden")
    found = {ref.id: ref for ref in layout.scan(tmp_path / "bagel") if ref.label == "hole"}
    assert set(found) == {"000", "007", "008"}
    assert found["007"].sensors == frozenset()


def test_two_files_of_one_name_become_two_parts(tmp_path: Path) -> None:
    place = mvtec_2d(tmp_path / "bottle") / "train" / "good"
    save_picture(place / "000.jpg", picture(9))
    ids = [ref.id for ref in layout.scan(tmp_path / "bottle") if ref.split == "train"]
    assert len(ids) == 9
    assert {"000", "000.png"} <= set(ids)


def test_masks_of_mvtec_ad_are_found_by_their_suffix(tmp_path: Path) -> None:
    refs = {ref.name: ref for ref in layout.scan(mvtec_2d(tmp_path / "bottle"))}
    mask = refs["bottle/test/scratch/000"].mask
    assert mask is not None
    assert mask.name == "000_mask.png"
    assert refs["bottle/test/good/000"].mask is None


def test_private_parts_of_mvtec_ad_2_are_unknown_and_told_apart(tmp_path: Path) -> None:
    refs = layout.scan(mvtec_ad2(tmp_path / "can"))
    assert names(refs)[-4:] == [
        "can/test/bad/000_overexposed",
        "can/test/good/000_regular",
        "can/test/unknown/test_private-000_regular",
        "can/test/unknown/test_private_mixed-000_regular",
    ]
    assert refs[-1].is_good is None


def test_eyecandies_labels_come_from_the_masks_and_private_ones_are_unknown(tmp_path: Path) -> None:
    refs = layout.scan(eyecandies(tmp_path / "Lollipop", 16))
    assert names(refs) == [
        "Lollipop/train/good/000",
        "Lollipop/train/good/001",
        "Lollipop/validation/good/00",
        "Lollipop/test/good/00",
        "Lollipop/test/bad/01",
        "Lollipop/test/unknown/test_private-00",
    ]


def test_eyecandies_metadata_tell_the_label_without_opening_a_mask(tmp_path: Path) -> None:
    data = eyecandies(tmp_path / "Lollipop", 16) / "test_public" / "data"
    (data / "00_metadata.yaml").write_text("anomalous: 1\nbumps: 1\n")
    (data / "01_metadata.yaml").write_text("anomalous: 0\n")
    (data / "01_mask.png").write_bytes(b"broken")
    labels = {ref.id: ref.label for ref in layout.scan(tmp_path / "Lollipop") if ref.id in ("00", "01")}
    assert labels == {"00": "bad", "01": "good"}


def test_an_eyecandies_mask_that_cannot_be_read_leaves_the_label_unknown(tmp_path: Path) -> None:
    data = eyecandies(tmp_path / "Lollipop", 16) / "test_public" / "data"
    (data / "01_mask.png").write_bytes(b"broken")
    assert [ref.label for ref in layout.scan(tmp_path / "Lollipop") if ref.id == "01"] == ["unknown"]


def test_the_light_of_eyecandies_can_be_chosen_and_is_4_otherwise(tmp_path: Path) -> None:
    eyecandies(tmp_path / "Lollipop", 16)
    usual, chosen, absent = (
        layout.scan(tmp_path, options=ScanOptions(light=light))[0].rgb for light in (4, 0, 3)
    )
    assert usual is not None
    assert usual.name == "000_image_4.png"
    assert chosen is not None
    assert chosen.name == "000_image_0.png"
    assert absent is None


def test_one_folder_of_pictures_is_a_class_of_good_parts(tmp_path: Path) -> None:
    for index in range(3):
        save_picture(tmp_path / "my parts" / f"{index}.png", picture(index))
    found = layout.recognise(tmp_path / "my parts")
    assert found.layout == "plain_folder"
    assert found.certainty < 0.5
    assert names(found.refs) == [f"my parts/train/good/{index}" for index in range(3)]


@pytest.mark.parametrize("words", [("ok", "ng"), ("good", "bad"), ("OK", "NG"), ("合格", "缺陷")])
def test_folders_of_good_and_bad_parts_are_train_and_test(tmp_path: Path, words: tuple[str, str]) -> None:
    save_picture(tmp_path / "nut" / words[0] / "1.png", picture(1))
    save_picture(tmp_path / "nut" / words[1] / "1.png", picture(2))
    save_picture(tmp_path / "nut" / "scratch" / "1.png", picture(3))
    refs = layout.scan(tmp_path / "nut")
    assert names(refs)[0] == "nut/train/good/1"
    assert set(names(refs)[1:]) == {f"nut/test/{words[1]}/1", "nut/test/scratch/1"}


def test_several_classes_of_own_folders_are_told_apart(tmp_path: Path) -> None:
    for name in ("nut", "bolt"):
        save_picture(tmp_path / name / "ok" / "1.jpg", picture(1))
        save_picture(tmp_path / name / "dent" / "1.jpg", picture(2))
    assert names(layout.scan(tmp_path)) == [
        "bolt/train/good/1",
        "bolt/test/dent/1",
        "nut/train/good/1",
        "nut/test/dent/1",
    ]


def test_train_and_test_folders_of_pictures_are_understood(tmp_path: Path) -> None:
    save_picture(tmp_path / "nut" / "train" / "1.png", picture(1))
    save_picture(tmp_path / "nut" / "test" / "dent" / "1.png", picture(2))
    save_picture(tmp_path / "nut" / "test" / "ok" / "1.png", picture(3))
    save_picture(tmp_path / "nut" / "test" / "2.png", picture(4))
    assert names(layout.scan(tmp_path / "nut")) == [
        "nut/train/good/1",
        "nut/test/dent/1",
        "nut/test/good/1",
        "nut/test/unknown/2",
    ]


def test_classes_may_lie_inside_the_training_folder(tmp_path: Path) -> None:
    save_picture(tmp_path / "set" / "train" / "nut" / "1.png", picture(1))
    save_picture(tmp_path / "set" / "test" / "nut" / "ng" / "1.png", picture(2))
    assert names(layout.scan(tmp_path / "set")) == ["nut/train/good/1", "nut/test/ng/1"]


def test_images_and_clouds_of_own_folders_are_paired_by_id(tmp_path: Path) -> None:
    root = tmp_path / "nut"
    save_picture(root / "images" / "a1.png", picture(1))
    save_cloud(root / "clouds" / "a1.tiff", cloud(1))
    save_picture(root / "images" / "a2_rgb.png", picture(2))
    np.save(root / "clouds" / "a2_xyz.npy", cloud(2))
    save_picture(root / "a3.png", picture(3))
    save_cloud(root / "a3.tiff", cloud(3))
    refs = layout.scan(root)
    assert [ref.id for ref in refs] == ["a1", "a2", "a3"]
    assert all(ref.sensors == {"rgb", "xyz"} for ref in refs)


def test_masks_of_own_folders_go_to_the_defective_part(tmp_path: Path) -> None:
    save_picture(tmp_path / "nut" / "ng" / "1.png", picture(1))
    save_picture(tmp_path / "nut" / "masks" / "ng" / "1_mask.png", defect())
    refs = layout.scan(tmp_path / "nut")
    assert names(refs) == ["nut/test/ng/1"]
    assert refs[0].mask is not None


def test_a_rule_says_where_class_split_label_and_id_stand(tmp_path: Path) -> None:
    save_picture(tmp_path / "line 2" / "nut" / "OK" / "p-0007 colour.png", picture(1))
    np.save(tmp_path / "line 2" / "nut" / "OK" / "p-0007 height.npy", cloud(1))
    save_picture(tmp_path / "line 2" / "nut" / "riss" / "p-0008 colour.png", picture(2))
    save_picture(tmp_path / "truth" / "nut" / "0008.png", defect())
    rule = FolderRule(
        image="line ?/{class}/{label}/p-{id} colour.*",
        cloud="**/{class}/{label}/p-{id} height.npy",
        mask="truth/{class}/{id}.png",
    )
    refs = layout.scan(tmp_path, options=ScanOptions(metres_per_unit=0.001, rule=rule))
    assert names(refs) == ["nut/train/good/0007", "nut/test/riss/0008"]
    assert refs[0].sensors == {"rgb", "xyz"}
    assert refs[0].metres_per_unit == 0.001


def test_a_mask_whose_path_tells_no_label_goes_to_the_only_part_of_its_id(tmp_path: Path) -> None:
    save_picture(tmp_path / "riss" / "8.png", picture(2))
    save_picture(tmp_path / "truth" / "8.png", defect())
    rule = FolderRule(image="{label}/{id}.png", mask="truth/{id}.png")
    refs = [ref for ref in layout.scan(tmp_path, options=ScanOptions(rule=rule)) if ref.label == "riss"]
    assert [ref.mask is not None for ref in refs] == [True]


@pytest.mark.parametrize("pattern", ["{label}/a.png", "{colour}/{id}.png", ""])
def test_a_rule_that_cannot_be_followed_is_refused(pattern: str) -> None:
    with pytest.raises(WrongUse):
        FolderRule(image=pattern)


def test_a_link_back_to_its_own_folder_is_not_followed_in_a_circle(tmp_path: Path) -> None:
    save_picture(tmp_path / "nut" / "1.png", picture(1))
    (tmp_path / "nut" / "again").symlink_to(tmp_path / "nut", target_is_directory=True)
    assert names(layout.scan(tmp_path / "nut")) == ["nut/train/good/1"]


def test_a_folder_without_parts_is_refused_with_a_remedy(tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "a.txt").write_text("hello")
    with pytest.raises(DataError, match="letters") as caught:
        layout.recognise(tmp_path / "letters")
    assert "rule" in caught.value.remedy


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="gone"):
        layout.recognise(tmp_path / "gone")


def test_an_unknown_layout_names_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match="eyecandies"):
        layout.scan(tmp_path, "coco")


@pytest.mark.parametrize("key", WRITERS)
def test_scanning_is_the_same_wherever_the_folder_lies(tmp_path: Path, key: str) -> None:
    first = WRITERS[key](tmp_path / "a" / "bolt")
    shutil.copytree(first, tmp_path / "xyz png tiff" / "bolt")
    assert names(layout.scan(first)) == names(layout.scan(tmp_path / "xyz png tiff" / "bolt"))
