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
