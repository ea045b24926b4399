"""The job that fills the demo project while the user already looks at its first part."""

from __future__ import annotations

from core.datasets.demo.plan import DemoPlan
from core.monitor import Monitor
from core.phrase import say
from core.project.project import Project
from core.tasks.grow_demo import GrowingDemo, grow_demo
from workers.job import Job


def growing_demo(project: Project, plan: DemoPlan, growing: GrowingDemo) -> Job:
    """`delivered` carries the records of each group of new parts."""

    def work(monitor: Monitor) -> None:
        grow_demo(project, plan, growing, monitor, job.signals.delivered.emit)

    job = Job(say("Make demo parts"), work)
    return job
