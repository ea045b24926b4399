"""The training loop: resuming, accumulation, stopping."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from torch import Tensor, nn

from core.errors import InspectionError
from core.monitor import Cancelled, Monitor, Progress
from core.training.loop import Run, resume_run, train

BATCHES = 4


def numbers(epoch: int) -> list[Tensor]:
    drawn = torch.Generator().manual_seed(epoch)
    return [torch.randn(8, 3, generator=drawn) for _ in range(BATCHES)]


def a_run(epochs: int, *, checkpoint: Path | None = None, accumulate: int = 1) -> Run[Tensor]:
    torch.manual_seed(0)
    network = nn.Linear(3, 1)
    optimiser = torch.optim.Adam(network.parameters(), lr=0.01)
    return Run(
        network,
        optimiser,
        epochs,
        numbers,
        BATCHES,
        lambda rows: (network(rows).squeeze(1) - rows.sum(1)).square().mean(),
        checkpoint=checkpoint,
        accumulate=accumulate,
    )


def test_training_lowers_the_loss() -> None:
    losses = train(a_run(20), Monitor())
    assert losses[-1] < losses[0] / 2


def test_a_resumed_run_equals_an_unbroken_one(tmp_path: Path) -> None:
    whole = a_run(4)
    train(whole, Monitor())
    train(a_run(2, checkpoint=tmp_path / "run.pth"), Monitor())
    second = a_run(4)
    resume_run(second, tmp_path / "run.pth")
    assert train(second, Monitor()) == whole.losses
    for ours, theirs in zip(second.network.parameters(), whole.network.parameters(), strict=True):
        torch.testing.assert_close(ours, theirs, rtol=0, atol=0)


def test_a_cancelled_run_keeps_its_last_checkpoint(tmp_path: Path) -> None:
    monitor = Monitor()

    def stop_in_the_third_epoch(progress: Progress) -> None:
        if progress.done > 2 * BATCHES:
            monitor.cancel()

    monitor.report = stop_in_the_third_epoch
    with pytest.raises(Cancelled):
        train(a_run(9, checkpoint=tmp_path / "run.pth"), monitor)
    resumed = a_run(9)
    resume_run(resumed, tmp_path / "run.pth")
    assert resumed.finished_epochs == 2


def test_gradients_left_over_at_the_end_of_an_epoch_are_dropped() -> None:
    run = a_run(1, accumulate=BATCHES + 1)
    before = [parameter.clone() for parameter in run.network.parameters()]
    train(run, Monitor())
    for parameter, old in zip(run.network.parameters(), before, strict=True):
        torch.testing.assert_close(parameter, old, rtol=0, atol=0)


def test_a_loss_that_is_no_number_stops_the_run_with_a_remedy() -> None:
    run = a_run(1)
    run.loss = lambda rows: rows.sum() * float("nan")
    with pytest.raises(InspectionError, match="smaller learning rate"):
        train(run, Monitor())
