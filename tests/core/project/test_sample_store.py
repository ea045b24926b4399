"""Samples are known by class, split, label and id."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from core.errors import WrongUse
from core.project.project import Project
from tests.core.project.conftest import refs_in


def test_samples_come_back_as_they_were_given(project: Project, tmp_path: Path) -> None:
    ref = replace(refs_in(tmp_path / "data")[0], layout="mvtec_3d", metres_per_unit=0.001)

    added = project.add_samples([ref])

    assert added[0].ref == ref
    assert project.samples() == added
    assert project.sample(added[0].id) == added[0]


def test_a_second_import_points_known_samples_to_the_new_files(project: Project, tmp_path: Path) -> None:
    first = project.add_samples(refs_in(tmp_path / "old"))
    second = project.add_samples(refs_in(tmp_path / "new"))

    assert [record.id for record in second] == [record.id for record in first]
    assert project.sample(first[0].id).ref.rgb == tmp_path / "new" / "000.png"


def test_samples_are_listed_by_class_and_split_in_the_order_of_names(
    project: Project, tmp_path: Path
) -> None:
    refs = refs_in(tmp_path / "data", count=3)
    project.add_samples([refs[2], replace(refs[1], class_name="rope"), replace(refs[0], split="test")])

    assert project.class_names() == ["bagel", "rope"]
    assert [record.name for record in project.samples("bagel")] == [
        "bagel/test/good/000",
        "bagel/train/good/002",
    ]
    assert [record.name for record in project.samples(split="train")] == [
        "bagel/train/good/002",
        "rope/train/good/001",
    ]


def test_files_outside_the_given_folder_are_found_again(project: Project, tmp_path: Path) -> None:
    ref = refs_in(tmp_path / "clouds")[0]
    (tmp_path / "pictures").mkdir()

    project.add_samples([ref], source=tmp_path / "pictures")

    assert project.samples()[0].ref.rgb == ref.rgb


def test_an_unknown_number_is_refused(project: Project) -> None:
    with pytest.raises(WrongUse, match="no sample number 7"):
        project.sample(7)


def test_a_sample_in_the_trash_is_in_no_list_until_it_is_taken_out(project: Project, tmp_path: Path) -> None:
    first, second = project.add_samples(refs_in(tmp_path / "data"))

    project.trash_samples([first.id])
    assert project.samples() == [second]
    assert first.ref.rgb is not None
    assert first.ref.rgb.is_file()

    project.restore_samples([first.id])
    assert project.samples() == [first, second]


def test_a_sample_that_is_imported_again_leaves_the_trash(project: Project, tmp_path: Path) -> None:
    added = project.add_samples(refs_in(tmp_path / "data"))
    project.trash_samples([record.id for record in added])
    assert project.class_names() == []

    assert project.add_samples(refs_in(tmp_path / "data")) == added
    assert project.samples() == added


def test_samples_move_to_other_splits_and_back(project: Project, tmp_path: Path) -> None:
    first, second = project.add_samples(refs_in(tmp_path / "data"))

    project.move_samples({first.id: "test", second.id: "validation"})
    assert [record.name for record in project.samples()] == [
        "bagel/test/good/000",
        "bagel/validation/good/001",
    ]

    project.move_samples({first.id: "train", second.id: "train"})
    assert project.samples() == [first, second]


def test_a_sample_does_not_take_the_name_of_another_one(project: Project, tmp_path: Path) -> None:
    first, second = refs_in(tmp_path / "data")
    known = project.add_samples([first, replace(second, id=first.id, split="test")])

    with pytest.raises(WrongUse, match="same name"):
        project.move_samples({known[0].id: "test"})
    assert project.samples(split="train") == [known[0]]
