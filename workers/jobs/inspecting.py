"""The job that judges the parts of one class, the shown one first."""

from __future__ import annotations

from contextlib import nullcontext

from core.device import choose_compute
from core.monitor import Monitor
from core.phrase import say
from core.project.project import Project
from core.project.records import SampleRecord
from core.tasks.grow_demo import GrowingDemo
from core.tasks.inspect_class import InspectSummary, active_model, inspect_class, unscored
from workers.job import Job


def inspecting(
    project: Project,
    class_name: str,
    first: SampleRecord | None,
    device: str,
    threads: int,
    growing: GrowingDemo | None = None,
    only_first: bool = False,
    numbers: frozenset[int] = frozenset(),
) -> Job:
    """`delivered` carries each finished InspectionRecord; the result is the summary of the rest.

    What the active model has judged already is not judged again, unless nothing else is left to do, or the
    samples are named by their `numbers`.
    """

    def work(monitor: Monitor) -> InspectSummary:
        compute = choose_compute(device, threads)
        model = active_model(project, class_name)
        tell = job.signals.delivered.emit
        summary = InspectSummary(model, 0)
        if first is not None:
            with growing.standing_still() if growing is not None else nullcontext():
                summary = inspect_class(project, model, [first], compute, monitor, tell)
        if only_first:
            return summary
        if growing is not None:
            growing.wait_until_whole(class_name, monitor)
        if numbers:
            others = [record for record in project.samples(class_name) if record.id in numbers]
        else:
            others = unscored(project, model) or _tested(project, class_name)
        rest = [record for record in others if first is None or record.id != first.id]
        return inspect_class(project, model, rest, compute, monitor, tell)

    job = Job(say("Inspect {name}", name=say(class_name)), work)
    return job


def _tested(project: Project, class_name: str) -> list[SampleRecord]:
    return [record for record in project.samples(class_name) if record.ref.split != "train"]
