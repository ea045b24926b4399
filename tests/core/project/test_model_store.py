"""Versions of models are only ever added, whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import WrongUse
from core.project.project import Project
from tests.core.project.conftest import draft, write_nothing


def test_a_new_version_counts_up_and_becomes_the_active_one(project: Project) -> None:
    first = project.add_model(draft(), write_nothing)
    second = project.add_model(draft(), write_nothing)
    other = project.add_model(draft("rope"), write_nothing)

    assert [model.name for model in (first, second, other)] == [
        "Quick look v1",
        "Quick look v2",
        "Quick look v1",
    ]
    assert project.active_model("bagel") == second
    assert project.active_model("rope") == other
    assert project.model_folder(first) != project.model_folder(second)


def test_making_an_older_version_active_is_kept_and_told(project: Project) -> None:
    first = project.add_model(draft(), write_nothing)
    project.add_model(draft(), write_nothing)

    project.set_active(first.id)

    assert [model.is_active for model in project.models("bagel")] == [False, True]
    assert project.trail("bagel")[-1].after == "Quick look v1"


def test_a_model_that_cannot_be_written_leaves_nothing_behind(project: Project) -> None:
    def fail(folder: Path) -> None:
        (folder / "half").write_text("half")
        raise RuntimeError("out of luck")

    with pytest.raises(RuntimeError, match="out of luck"):
        project.add_model(draft(), fail)

    assert project.models() == []
    assert list(project.places.models.iterdir()) == []


def test_figures_of_a_version_can_be_added_later(project: Project) -> None:
    model = project.add_model(draft(), write_nothing)

    project.set_figures(model.id, {"image_auroc": 0.99})

    assert project.model(model.id).figures == {"image_auroc": 0.99}


def test_a_version_in_the_trash_is_gone_from_the_list_and_its_number_is_not_given_again(
    project: Project,
) -> None:
    first = project.add_model(draft(), write_nothing)
    project.add_model(draft(), write_nothing)

    project.trash_model(first.id)

    assert [model.version for model in project.models("bagel")] == [2]
    assert project.model_folder(first).parent == project.places.trash
    assert project.model_folder(first).is_dir()
    assert project.add_model(draft(), write_nothing).version == 3


def test_a_version_comes_back_from_the_trash_whole(project: Project) -> None:
    only = project.add_model(draft(), lambda folder: (folder / "state").touch())

    project.trash_model(only.id)
    assert project.active_model("bagel") is None
    project.restore_model(only.id)

    assert project.active_model("bagel") == only
    assert (project.model_folder(only) / "state").is_file()


def test_the_active_version_stays_while_there_are_others(project: Project) -> None:
    project.add_model(draft(), write_nothing)
    active = project.add_model(draft(), write_nothing)

    with pytest.raises(WrongUse, match="active model"):
        project.trash_model(active.id)

    assert len(project.models("bagel")) == 2


def test_a_version_can_be_renamed_and_remarked(project: Project) -> None:
    model = project.add_model(draft(), write_nothing)

    project.rename_model(model.id, "Line 4, new lamp")
    project.set_remark(model.id, "After the lamp was changed.")

    found = project.model(model.id)
    assert (found.name, found.remark) == ("Line 4, new lamp", "After the lamp was changed.")
    assert project.trail("bagel")[-1].what == "rename model"
