"""The job that trains one class."""

from __future__ import annotations

from contextlib import nullcontext
from typing import Any

from core.device import choose_compute
from core.monitor import Monitor
from core.phrase import say
from core.project.project import Project
from core.project.records import ModelRecord
from core.tasks.grow_demo import GrowingDemo
from core.tasks.train_class import train_class
from workers.job import Job

STAGE_WEIGHTS = (1.0, 6.0, 6.0, 0.5)


def training(
    project: Project,
    class_name: str,
    method: str,
    config: Any,
    device: str,
    threads: int,
    growing: GrowingDemo | None = None,
) -> Job:
    """Its result is the new ModelRecord; parts of a demo that is still being made are waited for."""

    def work(monitor: Monitor) -> ModelRecord:
        if growing is not None:
            growing.wait_until_ready(class_name, monitor)
        with growing.standing_still() if growing is not None else nullcontext():
            monitor.tick(0, 0, say("Starting the engine"))
            compute = choose_compute(device, threads)
            return train_class(project, class_name, method, config, compute, monitor)

    return Job(say("Train {name}", name=say(class_name)), work, weights=STAGE_WEIGHTS)
