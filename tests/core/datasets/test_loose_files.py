"""Files named one by one are paired by name, never by position."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.datasets.loose_files import parts_of
from core.errors import DataError


def touch(folder: Path, *names: str) -> list[Path]:
    paths = [folder / name for name in names]
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return paths


@pytest.mark.parametrize(
    "names",
    [
        ("017.png", "017.tiff"),
        ("rgb/017.png", "xyz/017.tiff"),
        ("017.jpg", "017.ply"),
        ("rgb/017.tif", "xyz/017.npy"),
    ],
)
def test_an_image_and_a_cloud_of_one_name_are_one_part(tmp_path: Path, names: tuple[str, str]) -> None:
    (part,) = parts_of(touch(tmp_path, *names), "bagel", 0.001)

    assert (part.rgb, part.cloud) == (tmp_path / names[0], tmp_path / names[1])
    assert (part.name, part.metres_per_unit) == ("bagel/test/unknown/017", 0.001)


def test_a_tiff_alone_is_a_picture(tmp_path: Path) -> None:
    (part,) = parts_of(touch(tmp_path, "017.tiff"), "bagel", 1.0)

    assert part.cloud is None


def test_parts_of_one_name_in_two_folders_stay_apart(tmp_path: Path) -> None:
    parts = parts_of(touch(tmp_path, "a/017.png", "b/017.png"), "bagel", 1.0)

    assert [part.id for part in parts] == ["a_017", "b_017"]


def test_a_folder_stands_for_its_files(tmp_path: Path) -> None:
    touch(tmp_path, "rgb/001.png", "rgb/002.png", "rgb/notes.txt")

    assert [part.id for part in parts_of([tmp_path], "bagel", 1.0)] == ["001", "002"]


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"lost\.png"):
        parts_of([tmp_path / "lost.png"], "bagel", 1.0)


def test_files_of_no_known_kind_are_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()

    with pytest.raises(DataError, match="no pictures or clouds"):
        parts_of([tmp_path / "empty"], "bagel", 1.0)


def test_masks_in_a_folder_are_no_parts(tmp_path: Path) -> None:
    touch(tmp_path, "rgb/001.png", "xyz/001.tiff", "gt/001.png")

    (part,) = parts_of([tmp_path], "bagel", 1.0)

    assert part.id == "001"
    assert part.sensors == {"rgb", "xyz"}
