"""The jobs that give a version its figures; what it has not judged yet is inspected first."""

from __future__ import annotations

from core.device import choose_compute
from core.monitor import Monitor
from core.phrase import say
from core.project.project import Project
from core.project.records import ModelRecord
from core.tasks.evaluate import Evaluation, evaluate_models
from core.tasks.one_sensor import OneSensorCost, one_sensor_cost
from workers.job import Job


def evaluating(project: Project, model: ModelRecord, device: str, threads: int) -> Job:
    """Its result is an Evaluation."""

    def work(monitor: Monitor) -> Evaluation:
        monitor.tick(0, 0, say("Starting the engine"))
        return evaluate_models(project, [model], choose_compute(device, threads), monitor)

    return Job(say("Evaluate {name}", name=model.name), work, weights=(8.0, 2.0))


def weighing_sensors(project: Project, model: ModelRecord, device: str, threads: int) -> Job:
    """What a missing sensor costs; its result is a OneSensorCost."""

    def work(monitor: Monitor) -> OneSensorCost:
        monitor.tick(0, 0, say("Starting the engine"))
        return one_sensor_cost(project, model.id, choose_compute(device, threads), monitor)

    return Job(say("Cost of a missing sensor, {name}", name=model.name), work)
