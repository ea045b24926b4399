"""A class is prepared ahead; what is wrong with the cache is said once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from core.monitor import Monitor
from core.preprocess.run_many import Outcome
from core.project.project import Project
from core.tasks.preprocess_class import CacheJob, fill, preprocess_class, summary_of


def test_every_sample_is_ready_and_a_second_run_finds_them(project: Project) -> None:
    count = len(project.samples("bagel"))

    assert preprocess_class(project, "bagel", Monitor()).ready == count
    assert preprocess_class(project, "bagel", Monitor()).ready == count


def test_a_cache_that_cannot_be_written_is_told_once(project: Project, tmp_path: Path) -> None:
    blocked = tmp_path / "a file"
    blocked.write_text("in the way")
    config = project.preprocess_config("bagel")
    jobs = [
        CacheJob(replace(record.ref), blocked, 1 << 20, config) for record in project.samples("bagel")[:3]
    ]

    summary = summary_of([Outcome(job, fill(job)) for job in jobs])

    assert summary.ready == 3
    assert sum(str(blocked) in str(note) for note in summary.notes) == 1


def test_an_unreadable_sample_is_named_and_the_rest_is_ready(project: Project) -> None:
    records = project.samples("bagel")
    broken = records[0].ref.rgb
    assert broken is not None
    broken.write_bytes(b"nothing")

    summary = preprocess_class(project, "bagel", Monitor())

    assert summary.ready == len(records) - 1
    assert [broken.name in str(failure) for failure in summary.failures] == [True]
