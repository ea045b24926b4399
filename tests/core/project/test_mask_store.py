"""A user's mask is kept whole or not at all, is named in the trail, and never touches the imported truth."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from core.errors import DataError, InspectionError
from core.project.project import Project
from tests.core.project.conftest import refs_in


@pytest.fixture
def number(project: Project, tmp_path: Path) -> int:
    return project.add_samples(refs_in(tmp_path / "parts"))[0].id


def spot(row: int = 3) -> np.ndarray:
    mask = np.zeros((12, 17), bool)
    mask[row, 4:9] = True
    return mask


def test_a_mask_comes_back_as_it_was_also_after_opening_again(project: Project, number: int) -> None:
    assert project.own_mask(number) is None
    project.set_own_mask(number, spot())
    project.close()
    again = Project.open(project.folder)
    found = again.own_mask(number, (12, 17))
    assert found is not None
    np.testing.assert_array_equal(found, spot())
    assert again.marked() == {number}
    again.close()


def test_every_change_of_a_mask_is_in_the_trail(project: Project, number: int) -> None:
    project.who = "Ada"
    project.set_own_mask(number, spot(3))
    project.set_own_mask(number, spot(5))
    project.set_own_mask(number, None)
    entries = [entry for entry in project.trail("bagel/train/good/000") if entry.what == "mask"]
    assert [entry.who for entry in entries] == ["Ada"] * 3
    assert [entry.before for entry in entries] == ["", *[entry.after for entry in entries[:2]]]
    assert entries[0].after != entries[1].after
    assert all(entry.after.startswith("5 px") for entry in entries[:2])
    assert entries[2].after == ""


def test_a_mask_without_a_pixel_is_none(project: Project, number: int) -> None:
    project.set_own_mask(number, spot())
    project.set_own_mask(number, np.zeros((12, 17), bool))
    assert project.own_mask(number) is None
    assert project.marked() == frozenset()
    assert not list(project.places.masks.iterdir())


def test_a_mask_of_another_size_than_the_picture_is_refused(project: Project, number: int) -> None:
    project.set_own_mask(number, spot())
    with pytest.raises(DataError, match="17 × 12"):
        project.own_mask(number, (40, 40))


def test_a_mask_that_cannot_be_read_is_a_sentence(project: Project, number: int) -> None:
    project.set_own_mask(number, spot())
    project.places.mask_file(number).write_bytes(b"no picture")
    with pytest.raises(DataError):
        project.own_mask(number)


def test_a_mask_that_the_disk_refuses_leaves_the_earlier_one_and_no_line_in_the_trail(
    project: Project, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.set_own_mask(number, spot())
    before = len(project.trail())

    def full(image: Image.Image, path: Path, **options: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Image.Image, "save", full)
    with pytest.raises(InspectionError, match="No space left"):
        project.set_own_mask(number, spot(7))
    monkeypatch.undo()
    found = project.own_mask(number)
    assert found is not None
    np.testing.assert_array_equal(found, spot())
    assert len(project.trail()) == before
    assert [path.name for path in project.places.masks.iterdir()] == [f"{number}.png"]


def test_a_reader_cannot_mark(project: Project, number: int) -> None:
    reader = Project.open(project.folder, read_only=True)
    with pytest.raises(InspectionError, match="reading only"):
        reader.set_own_mask(number, spot())
    assert reader.own_mask(number) is None
    reader.close()
