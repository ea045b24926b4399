"""What was dropped is told apart by what it is."""

from __future__ import annotations

from pathlib import Path

from core.dropped import sort_dropped


def test_things_are_sorted_by_kind(tmp_path: Path) -> None:
    project, folder = tmp_path / "线 4", tmp_path / "parts"
    project.mkdir()
    folder.mkdir()
    (project / "project.sqlite").touch()
    picture, cloud = tmp_path / "001.PNG", tmp_path / "001.tiff"
    weights, text = tmp_path / "vit.pth", tmp_path / "notes.txt"
    found = sort_dropped([folder, project, picture, weights, cloud, text])
    assert found == {
        "folder": (folder,),
        "project": (project,),
        "parts": (picture, cloud),
        "weights": (weights,),
        "other": (text,),
    }


def test_the_file_of_a_project_stands_for_its_folder(tmp_path: Path) -> None:
    assert sort_dropped([tmp_path / "project.sqlite"]) == {"project": (tmp_path,)}
