"""The job that trains a network for all classes; `delivered` carries (step, mean loss)."""

from __future__ import annotations

from core.device import choose_compute
from core.monitor import Monitor
from core.phrase import say
from core.project.project import Project
from core.tasks.pretrain_here import STAGES, PretrainWish, name_of, pretrain_here
from core.tasks.pretrain_network import Pretrained
from workers.job import Job

STAGE_WEIGHTS = (3.0, 6.0, 0.2)


def pretraining(project: Project, wish: PretrainWish, device: str, threads: int, resume: bool) -> Job:
    """Its result is a Pretrained; what was saved and trained before is used again where `resume`."""

    def work(monitor: Monitor) -> Pretrained:
        monitor.tick(0, 0, say("Starting the engine"))
        compute = choose_compute(device, threads)

        def tell(step: int, loss: float) -> None:
            job.signals.delivered.emit((step, loss))

        return pretrain_here(project, wish, compute, monitor, tell, resume=resume)

    title = say("Train {name}", name=name_of(wish.key))
    job = Job(title, work, weights=STAGE_WEIGHTS, stages=STAGES)
    return job
