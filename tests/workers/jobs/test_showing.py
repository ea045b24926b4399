"""What is read of one part for the views."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from core.datasets.demo.plan import DemoPlan
from core.monitor import Monitor
from core.project.project import Project
from core.tasks.make_demo import make_demo
from workers.job_queue import JobQueue
from workers.jobs.showing import Shown, showing

PLAN = DemoPlan(classes=("flange",), train=1, validation=0, test=0, size=128)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_demo(tmp_path_factory.mktemp("showing"), PLAN, Monitor())


@pytest.fixture
def project(demo: Path) -> Iterator[Project]:
    project = Project.open(demo)
    yield project
    project.close()


def shown_of(project: Project, qtbot: QtBot) -> Shown:
    queue = JobQueue()
    job = showing(project, project.samples()[0], None, request=7)
    with qtbot.waitSignal(job.signals.ended):
        queue.submit(job)
    assert queue.close()
    assert isinstance(job.result, Shown)
    return job.result


def test_the_source_sample_comes_whole_and_knows_which_pixels_are_the_part(
    project: Project, qtbot: QtBot
) -> None:
    shown = shown_of(project, qtbot)
    sample = shown.link.sample
    assert (shown.request, sample.shape) == (7, (128, 128))
    assert sample.part is not None
    assert 0.2 < sample.part.mean() < 0.7
    assert not sample.part[:6].any()
    assert sample.seen[:6].any()


def test_a_cut_off_cloud_is_a_failure_with_a_remedy(project: Project, qtbot: QtBot) -> None:
    record = project.samples()[0]
    assert record.ref.cloud is not None
    before = record.ref.cloud.read_bytes()
    record.ref.cloud.write_bytes(before[: len(before) // 2])
    queue = JobQueue()
    job = showing(project, record, None, request=1)
    with qtbot.waitSignal(job.signals.failed):
        queue.submit(job)
    record.ref.cloud.write_bytes(before)
    assert queue.close()
    assert job.failure is not None
    assert job.failure.remedy
