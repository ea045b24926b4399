"""One training loop for every network: it knows batches, a loss and a rate, and nothing of the network."""

from __future__ import annotations

import math
import pickle
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

import torch
from torch import Tensor, nn

from core.atomic import replacing
from core.errors import DataError, InspectionError
from core.monitor import Monitor
from core.phrase import say
from core.training.processes import Team

Batch = TypeVar("Batch")
_NOT_OURS = (pickle.UnpicklingError, OSError, EOFError, RuntimeError, KeyError, ValueError, TypeError)
"""What reading a cut-off, foreign or poisoned checkpoint raises."""


@dataclass
class Run(Generic[Batch]):
    """What is trained, on what, and how.

    `batches(epoch)` gives that epoch's batches in an order that depends on the epoch alone, so that a resumed
    run equals an unbroken one. `rate(position)`, position in epochs, is asked before each update, which takes
    the gradients of `accumulate` batches; those left over at the end of an epoch are dropped.
    `after_epoch` is told the number of finished epochs before their checkpoint is written.
    """

    network: nn.Module
    optimiser: torch.optim.Optimizer
    epochs: int
    batches: Callable[[int], Iterable[Batch]]
    steps_per_epoch: int
    loss: Callable[[Batch], Tensor]
    rate: Callable[[float], float] | None = None
    accumulate: int = 1
    precision: torch.dtype | None = None
    device: str = "cpu"
    checkpoint: Path | None = None
    keep_every: int = 1
    extras: dict[str, Any] = field(default_factory=dict)
    after_epoch: Callable[[int], None] | None = None
    team: Team = field(default_factory=Team)
    finished_epochs: int = 0
    losses: list[float] = field(default_factory=list)


def train(run: Run[Batch], monitor: Monitor) -> list[float]:
    """Train to the last epoch; the mean loss of every epoch. Cancelling keeps the last written checkpoint."""
    run.network.train()
    for epoch in range(run.finished_epochs, run.epochs):
        run.losses.append(_epoch(run, epoch, monitor))
        run.finished_epochs = epoch + 1
        if run.after_epoch is not None:
            run.after_epoch(run.finished_epochs)
        is_due = run.finished_epochs % run.keep_every == 0 or run.finished_epochs == run.epochs
        if run.checkpoint is not None and is_due and run.team.is_first:
            save_run(run, run.checkpoint)
    run.network.eval()
    return run.losses


def _epoch(run: Run[Batch], epoch: int, monitor: Monitor) -> float:
    run.optimiser.zero_grad()
    total = 0.0
    done = 0
    for step, batch in enumerate(run.batches(epoch)):
        position = epoch + step / run.steps_per_epoch
        if run.rate is not None and step % run.accumulate == 0:
            for group in run.optimiser.param_groups:
                group["lr"] = run.rate(position)
        loss = run.team.mean_of(_backward(run, batch))
        total, done = total + loss, step + 1
        text = say("Epoch {epoch}, loss {loss}", epoch=epoch + 1, loss=f"{total / done:.5g}")
        monitor.tick(epoch * run.steps_per_epoch + done, run.epochs * run.steps_per_epoch, text)
        if done % run.accumulate == 0:
            run.team.average_gradients(run.network)
            run.optimiser.step()
            run.optimiser.zero_grad()
    return total / max(done, 1)


def _backward(run: Run[Batch], batch: Batch) -> float:
    kind = torch.device(run.device).type
    with torch.autocast(kind, dtype=run.precision, enabled=run.precision is not None):
        loss = run.loss(batch)
    value = float(loss.detach())
    if not math.isfinite(value):
        raise InspectionError(
            say("The loss is no longer a number."),
            remedy=say("Train again with a smaller learning rate, or check the training data."),
        )
    (loss / run.accumulate).backward()  # type: ignore[no-untyped-call]  # torch leaves it untyped
    return value


def save_run(run: Run[Batch], path: Path) -> None:
    """Write weights, optimiser and the number of finished epochs, data only."""
    state = {
        "model": run.network.state_dict(),
        "optimizer": run.optimiser.state_dict(),
        "epoch": run.finished_epochs - 1,
        "losses": run.losses,
        **run.extras,
    }
    with replacing(path) as aside:
        torch.save(state, aside)


def resume_run(run: Run[Batch], path: Path) -> None:
    """Go on from what `save_run` wrote; raise DataError for any other file."""
    try:
        state = torch.load(path, weights_only=True, map_location=run.device)
        run.network.load_state_dict(state["model"])
        run.optimiser.load_state_dict(state["optimizer"])
        run.finished_epochs = state["epoch"] + 1
        run.losses = list(state["losses"])
    except _NOT_OURS as problem:
        raise DataError(
            say("The training cannot go on from {path}.", path=path),
            remedy=say("Name the file that the stopped training wrote, or start anew under another name."),
        ) from problem
