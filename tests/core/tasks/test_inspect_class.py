"""Inspecting keeps every finished sample, and makes an entry of each that cannot be judged."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import WrongUse
from core.monitor import Cancelled, Monitor, Progress
from core.project.project import Project
from core.project.records import InspectionRecord, ModelRecord
from core.tasks.inspect_class import active_model, inspect_class, unscored
from tests.core.tasks.conftest import COMPUTE


def test_every_sample_is_judged_and_announced(project: Project, model: ModelRecord) -> None:
    announced: list[InspectionRecord] = []

    summary = inspect_class(
        project, model, project.samples("bagel", "test"), COMPUTE, Monitor(), announced.append
    )

    assert summary.judged == 7
    found = project.inspections(model.id)
    assert [found[entry.sample_id] for entry in announced] == announced
    assert project.score_map(announced[0]).pixels.shape == (24, 24)
    assert announced[0].frame is not None
    assert announced[0].frame.shape == (24, 24)


def test_a_cut_off_file_is_an_entry_and_the_rest_goes_on(
    project: Project, model: ModelRecord, source: Path
) -> None:
    broken = source / "bagel" / "test" / "good" / "rgb" / "001.png"
    broken.write_bytes(broken.read_bytes()[:200])

    summary = inspect_class(project, model, project.samples("bagel", "test"), COMPUTE, Monitor())

    assert summary.judged == 6
    assert "001.png" in summary.failed[0].failure
    assert summary.failed[0].remedy
    assert summary.failed[0].score is None


def test_a_sample_without_the_needed_sensor_says_so(project: Project, model: ModelRecord) -> None:
    from dataclasses import replace

    record = project.samples("bagel", "test")[0]
    blind = replace(record.ref, id="blind", rgb=None, cloud=_cloud(project.folder))
    added = project.add_samples([blind])

    summary = inspect_class(project, model, added, COMPUTE, Monitor())

    assert "has no colour image" in summary.failed[0].failure


def test_cancelling_keeps_the_finished_samples(project: Project, model: ModelRecord) -> None:
    monitor = Monitor()

    def stop(progress: Progress) -> None:
        if progress.done == 3:
            monitor.cancel()

    monitor.report = stop
    with pytest.raises(Cancelled):
        inspect_class(project, model, project.samples("bagel", "test"), COMPUTE, monitor)

    assert len(unscored(project, model)) == 7 - 3


def test_a_class_without_model_is_refused_with_a_remedy(project: Project) -> None:
    with pytest.raises(WrongUse, match="Train the class first"):
        active_model(project, "bagel")


def _cloud(folder: Path) -> Path:
    import numpy as np

    path = folder / "cloud.npy"
    np.save(path, np.ones((24, 24, 3), np.float32))
    return path
