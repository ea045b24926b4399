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
from core.tasks.method_config import method_config, on_device
from core.tasks.preflight import preflight, refuse_what_will_not_fit
from core.tasks.reviewed_good import reviewed_false_alarms
from core.tasks.train_class import train_class
from core.tasks.training_stages import training_stages
from workers.job import Job


def training(
    project: Project,
    class_name: str,
    method: str,
    config: Any,
    device: str,
    threads: int,
    growing: GrowingDemo | None = None,
    with_reviewed: bool = False,
) -> Job:
    """Its result is the new ModelRecord; parts of a demo that is still being made are waited for.

    `with_reviewed` lets it learn also from false alarms that people called OK. What memory or disk will not
    hold is refused before any work is done.
    """
    wanted = method_config(method, {}) if config is None else config
    parts = sum(bool(record.ref.is_good) for record in project.samples(class_name, "train"))

    def work(monitor: Monitor) -> ModelRecord:
        if growing is not None:
            growing.wait_until_ready(class_name, monitor)
        with growing.standing_still() if growing is not None else nullcontext():
            monitor.tick(0, 0, say("Starting the engine"))
            compute = choose_compute(device, threads)
            refuse_what_will_not_fit(preflight(project, class_name, method, on_device(wanted, compute)))
            added = reviewed_false_alarms(project, class_name) if with_reviewed else []
            also = [record.id for record in added]
            return train_class(project, class_name, method, wanted, compute, monitor, also)

    stages = training_stages(method, wanted, parts)
    return Job(say("Train {name}", name=say(class_name)), work, weights=stages.shares, stages=stages.names)
