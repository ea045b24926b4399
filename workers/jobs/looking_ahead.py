"""The job that tells what trainings will take; it measures the machine and asks the project."""

from __future__ import annotations

from collections.abc import Sequence

from core.monitor import Monitor
from core.phrase import say
from core.project.project import Project
from core.tasks.look_ahead import Ahead, TrainWish, look_ahead
from workers.job import Job


def looking_ahead(project: Project, wishes: Sequence[TrainWish]) -> Job:
    """Its result is a list of (wish, Ahead)."""

    def work(monitor: Monitor) -> list[tuple[TrainWish, Ahead]]:
        found = []
        for number, wish in enumerate(wishes):
            monitor.tick(number, len(wishes), say("Looking ahead"))
            found.append((wish, look_ahead(project, wish)))
        return found

    return Job(say("Look ahead"), work)
