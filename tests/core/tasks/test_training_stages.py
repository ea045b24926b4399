"""The stages of a training are one row, whatever the method counts for itself."""

from __future__ import annotations

from core.methods.m3dm.config import M3dmConfig
from core.methods.quick_look.config import QuickLookConfig
from core.monitor import Monitor, Progress
from core.tasks.training_stages import CALIBRATE, TrainingStages, training_stages


def steps_of(stages: TrainingStages, own_stages: int) -> list[Progress]:
    seen: list[Progress] = []
    monitor = stages.learning(Monitor(seen.append))
    for stage in range(1, own_stages + 1):
        monitor.at_stage(stage, own_stages, "its own name").tick(0, 1, "a step")
    return seen


def test_m3dm_shows_its_stages_between_preparing_and_keeping() -> None:
    stages = training_stages("m3dm", M3dmConfig(), 100)
    assert stages.names == ("Prepare the parts", "Extract features", "Reduce memory", "Calibrate", "Keep")
    assert [(step.stage, step.stages) for step in steps_of(stages, 3)] == [(2, 5), (3, 5), (4, 5)]
    assert stages.at(Monitor(), CALIBRATE).stage == 4


def test_the_shares_follow_the_work_that_the_method_tells() -> None:
    few = training_stages("m3dm", M3dmConfig(), 10)
    many = training_stages("m3dm", M3dmConfig(), 400)
    assert len(many.shares) == len(many.names)
    assert many.shares[2] / many.shares[1] > few.shares[2] / few.shares[1]


def test_a_method_that_counts_no_stages_learns_in_one() -> None:
    stages = training_stages("quick_look", QuickLookConfig(), 16)
    seen: list[Progress] = []
    stages.learning(Monitor(seen.append)).tick(1, 4, "a step")
    assert [(step.stage, step.stage_name) for step in seen] == [(2, "Learn")]


def test_a_stage_too_many_stays_within_the_row() -> None:
    stages = training_stages("quick_look", QuickLookConfig(), 16)
    assert [step.stage for step in steps_of(stages, 4)] == [2, 3, 3, 3]
