"""A project is opened, closed, moved, shared and told about its past."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from core.errors import DataError, InspectionError
from core.inspection import Verdict
from core.preprocess.config import DEFAULTS
from core.project.fingerprint import names_hash
from core.project.project import Project
from core.project.records import ReviewRecord
from core.settings import Settings, save_settings
from tests.core.project.conftest import draft, refs_in, write_nothing


def test_a_project_remembers_its_name_and_values(project: Project) -> None:
    project.set_value("display", {"opacity": 60})
    project.close()

    opened = Project.open(project.folder)

    assert (opened.name, opened.value("display"), opened.value("unknown")) == ("Line 3", {"opacity": 60}, {})
    assert not opened.is_read_only
    assert opened.notice == ""
    opened.close()


def test_a_second_opener_reads_only_and_is_told_why(project: Project, tmp_path: Path) -> None:
    project.add_samples(refs_in(tmp_path / "data"))

    second = Project.open(project.folder)

    assert second.is_read_only
    assert str(os.getpid()) in second.notice
    assert len(second.samples()) == 2
    with pytest.raises(InspectionError, match="reading only"):
        second.set_value("display", {})
    second.close()
    assert project.places.lock.exists(), "closing the reader must not free the writer's lock"


def test_the_place_is_free_again_after_the_writer_closed(project: Project) -> None:
    project.close()

    with closing(Project.open(project.folder)) as opened:
        assert not opened.is_read_only


def test_a_killed_writer_loses_nothing_that_was_kept(project: Project, tmp_path: Path) -> None:
    project.add_samples(refs_in(tmp_path / "data"))
    project.close()
    code = (
        "import os, signal, sys; from pathlib import Path;"
        "from core.project.project import Project; from core.project.records import ReviewRecord;"
        "from core.inspection import Verdict;"
        "project = Project.open(Path(sys.argv[1]));"
        "project.set_review(ReviewRecord(1, Verdict.NG));"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    killed = subprocess.run([sys.executable, "-c", code, str(project.folder)], check=False)
    assert killed.returncode == -signal.SIGKILL

    with closing(Project.open(project.folder)) as opened:
        review = opened.review(1)

        assert review is not None
        assert review.verdict is Verdict.NG
        assert not opened.is_read_only
        assert "did not end well" in opened.notice


def test_a_folder_without_project_is_refused_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="holds no project"):
        Project.open(tmp_path)


def test_a_project_is_never_created_over_another(project: Project) -> None:
    with pytest.raises(InspectionError, match="already holds a project"):
        Project.create(project.folder)


def test_a_damaged_database_is_a_sentence_and_leaves_no_lock(tmp_path: Path) -> None:
    (tmp_path / "project.sqlite").write_bytes(b"not a database at all, but long enough to look at" * 9)

    with pytest.raises(DataError, match="not a project that can be read"):
        Project.open(tmp_path)

    assert not (tmp_path / "project.lock").exists()


def test_a_database_of_a_newer_program_is_refused(project: Project) -> None:
    project.close()
    with closing(sqlite3.connect(project.places.database)) as connection:
        connection.execute("PRAGMA user_version = 99")

    with pytest.raises(DataError, match="newer version"):
        Project.open(project.folder)


def test_moving_project_and_data_together_keeps_the_sources(project: Project, tmp_path: Path) -> None:
    project.add_samples(refs_in(project.folder / "data"))
    project.close()
    moved = tmp_path / "elsewhere"
    shutil.move(project.folder, moved)

    with closing(Project.open(moved)) as opened:
        record = opened.samples()[0]

        assert record.is_source_there
        assert record.ref.rgb == moved.resolve() / "data" / "000.png"


def test_moving_the_project_alone_finds_the_data_where_they_were(project: Project, tmp_path: Path) -> None:
    refs = refs_in(tmp_path / "data")
    project.add_samples(refs)
    project.close()
    moved = tmp_path / "far" / "away" / "project"
    moved.parent.mkdir(parents=True)
    shutil.move(project.folder, moved)

    with closing(Project.open(moved)) as opened:
        assert [record.ref.rgb for record in opened.samples()] == [ref.rgb for ref in refs]


def test_a_missing_source_is_marked_and_can_be_located(project: Project, tmp_path: Path) -> None:
    project.add_samples(refs_in(tmp_path / "data"))
    (tmp_path / "data").rename(tmp_path / "new drive")
    assert [record.is_source_there for record in project.samples()] == [False, False]

    project.locate(project.sources()[0].id, tmp_path / "new drive")

    record = project.samples()[0]
    assert record.is_source_there
    assert record.ref.rgb == tmp_path / "new drive" / "000.png"


def test_every_change_is_in_the_trail_with_its_author(project: Project, tmp_path: Path) -> None:
    project.who = "QA 2"
    record = project.add_samples(refs_in(tmp_path / "data"))[0]
    project.set_review(ReviewRecord(record.id, Verdict.NG, note="scratch"))
    project.set_review(ReviewRecord(record.id, Verdict.OK))

    entry = project.trail(record.name)[-1]

    assert (entry.who, entry.what, entry.before, entry.after) == ("QA 2", "review", "ng, scratch", "ok")


def test_a_model_is_stale_once_its_training_parts_are_others(project: Project, tmp_path: Path) -> None:
    project.add_samples(refs_in(tmp_path / "data"))
    names = names_hash(record.name for record in project.samples("bagel", "train"))
    fresh = draft()
    fresh.provenance["sample_list_hash"] = names
    model = project.add_model(fresh, write_nothing)
    assert not model.is_stale

    project.add_samples(refs_in(tmp_path / "data", count=3))

    assert project.model(model.id).is_stale


def test_a_model_of_before_there_was_a_crop_stays_fresh_until_somebody_crops(project: Project) -> None:
    old = draft()
    told = asdict(DEFAULTS)
    old.provenance["preprocess"] = {key: told[key] for key in told if not key.startswith("crop_")}
    model = project.add_model(old, write_nothing)
    assert not model.is_stale

    project.set_preprocess_config("bagel", replace(DEFAULTS, crop_left=10))

    assert project.model(model.id).is_stale


def test_the_cache_may_hold_what_the_settings_allow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INSPECTOR_HOME", str(tmp_path / "home"))
    save_settings(Settings(cache_limit_gb=0.5))

    project = Project.create(tmp_path / "project", "cups")
    project.close()

    assert project.cache.limit_bytes == 500_000_000
