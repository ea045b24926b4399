"""Training of bottleneck and decoder on what the teacher says of good parts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from core.methods.reverse_distillation.config import ReverseDistillationConfig
from core.methods.reverse_distillation.loss import distillation_loss
from core.methods.reverse_distillation.official_files import read_student
from core.methods.reverse_distillation.step_log import StepLog
from core.methods.reverse_distillation.student import Student, new_student
from core.methods.reverse_distillation.training_set import Maps, TrainingSet
from core.monitor import Monitor
from core.training.loop import Run, resume_run, train

WITHOUT_EFFECT = ("device", "resume", "print_steps", "teacher_maps")
"""Fields that do not change what a training comes to."""
Worth = Callable[[Student], float]
"""What a student in evaluation mode is worth; the highest is kept."""


@dataclass(frozen=True, eq=False)
class Trained:
    """The student in evaluation mode, the mean loss of every epoch, and the log's lines."""

    student: Student
    losses: tuple[float, ...]
    lines: tuple[str, ...]


def first_student(config: ReverseDistillationConfig) -> Student:
    """A student before its training: fresh, or from the file that the config names."""
    if config.checkpoint:
        return read_student(Path(config.checkpoint), config.form)
    return new_student(config.form, config.bottleneck_widening, config.initialisation, config.seed)


def train_student(
    learnt: TrainingSet,
    worth: Worth | None,
    config: ReverseDistillationConfig,
    unfinished: Path | None,
    monitor: Monitor,
) -> Trained:
    """Train on `learnt`; keep the epoch of the highest `worth`, or the last one without it.

    `unfinished` is where a stopped training left its state, and where this one does.
    """
    student = first_student(config).to(config.device)
    if config.epochs == 0:
        return Trained(student.eval(), (), ())
    run, watched = training_run(student, learnt, config, unfinished)
    best = None if worth is None else _Best(run, student, config.evaluate_every, worth)
    if best is not None:
        run.after_epoch = best.look
    if unfinished is not None and config.resume and unfinished.is_file():
        resume_run(run, unfinished)
        watched.step = run.finished_epochs * run.steps_per_epoch
        if best is not None:
            best.take_up(unfinished, config.device)
    losses = train(run, monitor)
    if best is not None:
        best.put_back()
    if unfinished is not None:
        unfinished.unlink(missing_ok=True)
    return Trained(student.eval(), tuple(losses), tuple(watched.lines))


def training_run(
    student: Student, learnt: TrainingSet, config: ReverseDistillationConfig, unfinished: Path | None = None
) -> tuple[Run[Maps], StepLog]:
    """Optimiser, batches and loss as both programs have them, and the log that watches."""
    per_epoch = -(-len(learnt) // config.batch_size)
    watched = StepLog(per_epoch * config.epochs, config.print_steps)
    if config.channels_last:
        student.to(memory_format=torch.channels_last)

    def loss(maps: Maps) -> Tensor:
        found = distillation_loss(maps, student(maps), config.loss)
        watched.loss = float(found.detach())
        return found

    run = Run(
        student,
        torch.optim.Adam(student.parameters(), lr=config.lr, betas=(config.beta1, config.beta2)),
        epochs=config.epochs,
        batches=lambda epoch: watched.watch(learnt.batches(config, epoch), lambda maps: len(maps[0])),
        steps_per_epoch=per_epoch,
        loss=loss,
        precision=torch.bfloat16 if config.amp else None,
        device=config.device,
        checkpoint=unfinished,
        keep_every=config.evaluate_every,
    )
    return run, watched


class _Best:
    """The weights of the highest worth, looked at every few epochs and at the end."""

    def __init__(self, run: Run[Maps], student: Student, every: int, worth: Worth) -> None:
        self._run, self._student, self._every, self._worth = run, student, every, worth
        self._highest = -float("inf")
        self._state: dict[str, Tensor] = {}

    def look(self, finished: int) -> None:
        """Judge the epoch; the network is back in training afterwards."""
        if finished % self._every and finished != self._run.epochs:
            return
        found = self._worth(self._student.eval())
        self._student.train()
        if found > self._highest or not self._state:
            self._highest = found
            self._state = {key: value.detach().clone() for key, value in self._student.state_dict().items()}
        self._run.extras["best"] = {"worth": self._highest, "state": self._state}

    def take_up(self, unfinished: Path, device: str) -> None:
        """What was the best when the training was stopped."""
        kept = torch.load(unfinished, weights_only=True, map_location=device)["best"]
        self._highest, self._state = kept["worth"], kept["state"]

    def put_back(self) -> None:
        """The best weights take the place of the last."""
        self._student.load_state_dict(self._state)


def rebuilding(held_out: TrainingSet, config: ReverseDistillationConfig) -> Worth:
    """How well a student rebuilds the maps of parts that it does not learn from."""

    def worth(student: Student) -> float:
        losses = []
        with torch.no_grad():
            for chosen in torch.split(torch.arange(len(held_out)), config.batch_size):
                maps = held_out.batch(chosen, config.device)
                losses.append(float(distillation_loss(maps, student(maps), config.loss)) * len(chosen))
        return -float(np.sum(losses)) / len(held_out)

    return worth


def training_digest(config: ReverseDistillationConfig, learnt: TrainingSet, weights: dict[str, str]) -> str:
    """The same for trainings that come to the same: parameters, pictures and teacher are equal."""
    told: dict[str, Any] = {key: value for key, value in asdict(config).items() if key not in WITHOUT_EFFECT}
    if config.checkpoint:
        told["checkpoint"] = hashlib.blake2b(Path(config.checkpoint).read_bytes()).hexdigest()
    digest = hashlib.blake2b(json.dumps([told, weights], sort_keys=True).encode(), digest_size=12)
    digest.update(np.ascontiguousarray(learnt.pictures.numpy()).data)
    return digest.hexdigest()
