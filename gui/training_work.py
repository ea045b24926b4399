"""Where a wish to train becomes jobs: one for each class, and what each will take before."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from core.state.losses_state import LossesState
from core.tasks.look_ahead import Ahead, TrainWish
from core.tasks.pretrain_here import PretrainWish
from workers.job import Job, JobState
from workers.jobs.looking_ahead import looking_ahead
from workers.jobs.pretraining import pretraining
from workers.jobs.training import training

if TYPE_CHECKING:
    from gui.workspace import Workspace

UNDER_WAY = {JobState.QUEUED, JobState.PREPARING, JobState.RUNNING, JobState.FINISHING}
Tell = Callable[[list[tuple[TrainWish, Ahead]]], None]


class TrainingWork(QObject):
    """`trained` carries each new ModelRecord; `adjusted` a TrainWish that the user wants to change."""

    trained = Signal(object)
    adjusted = Signal(object)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._work = workspace
        self.losses = LossesState()
        self._coming: dict[str, Job] = {}
        self._pretraining: dict[str, Job] = {}

    def is_coming(self, class_name: str) -> bool:
        """Whether a training of that class runs or waits."""
        return _is_open(self._coming.get(class_name))

    def is_pretraining(self, key: str) -> bool:
        """Whether the training of that network for all classes runs or waits."""
        return _is_open(self._pretraining.get(key))

    def forget(self) -> None:
        """Another project is opened."""
        self._coming.clear()
        self._pretraining.clear()
        self.losses.clear()

    def train(self, class_name: str, method: str, config: Any = None, with_reviewed: bool = False) -> None:
        """Train one class; the new model is used from then on."""
        work, project = self._work, self._work.project
        if project is None:
            return
        device, threads = work.settings.device, work.settings.threads
        job = training(project, class_name, method, config, device, threads, work.growing, with_reviewed)
        job.signals.succeeded.connect(self.trained)
        self._coming[class_name] = job
        others: dict[str, Callable[[], object]] = {"open": lambda: work.choose_class(class_name)}
        if config is not None:
            wish = TrainWish((class_name,), method, config, with_reviewed)
            others["adjust"] = lambda: self.adjusted.emit(wish)
        again = partial(self.train, class_name, method, config, with_reviewed)
        work.board.submit(work.queue, job, again, others=others)

    def train_all(self, wish: TrainWish) -> None:
        """One job for each class."""
        for name in wish.class_names:
            self.train(name, wish.method, wish.config, wish.with_reviewed)

    def look_ahead(self, wishes: list[TrainWish], tell: Tell) -> None:
        """Tell what trainings will take, soon."""
        project = self._work.project
        if project is not None:
            job = looking_ahead(project, wishes)
            job.signals.succeeded.connect(tell)
            job.signals.ended.connect(self._work.reader.clear_finished)
            self._work.reader.submit(job)

    def pretrain(self, wish: PretrainWish, resume: bool = False) -> None:
        """Train a network that serves all classes; "continue" goes on after the last finished epoch."""
        work, project = self._work, self._work.project
        if project is None:
            return
        job = pretraining(project, wish, work.settings.device, work.settings.threads, resume)
        self._pretraining[wish.key] = job
        job.signals.state_changed.connect(partial(self._on_state, job.title))
        job.signals.delivered.connect(lambda pair: self.losses.add(*pair))
        job.signals.ended.connect(work.weights.read)
        others: dict[str, Callable[[], object]] = {"open": work.weights_opened.emit}
        work.board.submit(work.queue, job, lambda: self.pretrain(wish, resume=True), others=others)

    def _on_state(self, title: str, state: JobState) -> None:
        """A training that waits leaves the curve to the one that runs."""
        if state is JobState.RUNNING:
            self.losses.begin(title)


def _is_open(job: Job | None) -> bool:
    return job is not None and job.state in UNDER_WAY
