"""A preparation is tried without keeping anything."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.datasets.demo.plan import DemoPlan
from core.monitor import Monitor
from core.preprocess.config import DEFAULTS
from core.project.project import Project
from core.tasks.make_demo import make_demo
from core.tasks.try_preprocess import some_of, try_preprocess

TINY = DemoPlan(classes=("cap",), train=2, validation=1, test=2, size=128)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_demo(tmp_path_factory.mktemp("demo") / "demo", TINY, Monitor())


def test_what_stays_is_told_on_the_raster_of_the_file(folder: Path) -> None:
    project = Project.open(folder)
    trial = try_preprocess(project, project.samples()[:1], DEFAULTS, Monitor(), {})[0]
    assert trial.sample is not None
    assert trial.kept is not None
    assert trial.kept.shape == trial.sample.shape
    assert 0.05 < trial.kept.mean() < 0.95
    assert not list(project.cache.folder.rglob("*.np*"))
    project.close()


def test_a_part_that_cannot_be_read_gives_its_reason(folder: Path) -> None:
    project = Project.open(folder)
    record = project.samples()[0]
    assert record.ref.rgb is not None
    whole = record.ref.rgb.read_bytes()
    record.ref.rgb.write_bytes(whole[:50])
    trial = try_preprocess(project, [record], DEFAULTS, Monitor(), {})[0]
    record.ref.rgb.write_bytes(whole)
    assert trial.is_doubtful
    assert record.ref.rgb.name in trial.failure
    project.close()


def test_another_seed_gives_other_parts_in_their_own_order(folder: Path) -> None:
    project = Project.open(folder)
    records = project.samples()
    rounds = {tuple(record.id for record in some_of(records, 2, seed)) for seed in range(6)}
    assert len(rounds) > 1
    order = [record.id for record in records]
    assert all(order.index(first) < order.index(second) for first, second in rounds)
    assert some_of(records, 8, 0) == tuple(records)
    project.close()
