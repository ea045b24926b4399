"""Files that moved to another folder are found again."""

from __future__ import annotations

import shutil
from pathlib import Path

from core.project.project import Project
from core.tasks.locate_source import best_fit, is_lost, source_of


def test_a_moved_folder_is_found_from_inside_around_and_itself(
    project: Project, source: Path, tmp_path: Path
) -> None:
    records = project.samples()
    there = source_of(project, records[0])
    assert there is not None
    assert not is_lost(records[0])
    moved = tmp_path / "other disk" / source.name
    moved.parent.mkdir()
    shutil.move(source, moved)
    assert is_lost(records[0])
    for chosen in (moved, moved.parent, moved / "bagel"):
        fit = best_fit(records, there, chosen)
        assert (fit.folder, fit.is_whole) == (moved, True)

    project.locate(there.id, moved)

    assert project.read(project.samples()[0]).rgb is not None


def test_missing_files_are_counted_and_a_wrong_folder_fits_nothing(
    project: Project, source: Path, tmp_path: Path
) -> None:
    records = project.samples()
    there = source_of(project, records[0])
    assert there is not None
    copy = tmp_path / "copy"
    shutil.copytree(source, copy)
    assert records[0].ref.rgb is not None
    (copy / records[0].ref.rgb.relative_to(source.resolve())).unlink()
    fit = best_fit(records, there, copy)
    assert (fit.looked_at - fit.found, fit.missing) == (1, (records[0].name,))
    assert best_fit(records, there, tmp_path / "nowhere").found == 0
