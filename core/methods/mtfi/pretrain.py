"""Training of the networks that imagine a missing sensor, once for all classes (CMDIAD, section 3)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path

import torch
from torch import nn

from core.atomic import write_text
from core.backbones.feature_translator import FeatureTranslator
from core.backbones.hrnet import HighResolutionNet
from core.backbones.raster_decoder import RasterDecoder
from core.backbones.residual_trunk import ResidualTrunk
from core.errors import DataError
from core.methods.mtfi.distillation_training import TRUNK, DistillationTraining
from core.methods.mtfi.example_files import ExampleFile, example_files, read_example
from core.methods.mtfi.lessons import Batch, lesson_losses
from core.methods.mtfi.small_networks import seen_another_way, small_network
from core.monitor import Monitor
from core.phrase import say
from core.training.loop import Run, resume_run, train
from core.training.prefetch import prefetched
from core.training.processes import Team, team
from core.training.schedules import warm_constant, warm_cosine

COLUMNS = ("epoch", "rate", "train", "test", "test_good")


def pretrain_distillation(
    folder: Path, out: Path, config: DistillationTraining, monitor: Monitor, *, resume: bool = False
) -> list[float]:
    """Train on the parts in `folder` and write the network to `out`; the mean loss of every epoch.

    Beside it a table of the losses grows, also over the test parts where the folder has some; those may be
    defective, so nothing is chosen by them. Raise DataError where there are fewer parts than one batch holds.
    """
    files = example_files(folder, "train", config.train_method)
    if not files:
        raise DataError(
            say("There are no features in {folder}.", folder=folder),
            remedy=say("Save some with: inspector features."),
        )
    with team(config.device) as ours:
        run = distillation_run(files, out, config, ours)
        if resume and out.is_file():
            resume_run(run, out)
        if ours.is_first:
            watch = _Watch(run, config, out, example_files(folder, "test", config.train_method))
            run.after_epoch = watch.note
        return train(run, monitor)


def distillation_run(
    files: Sequence[ExampleFile], out: Path, config: DistillationTraining, ours: Team
) -> Run[Batch]:
    """The run over these files: network, optimiser, batches and schedule."""
    batch = min(config.batch_size, len(files)) if config.smaller_batch else config.batch_size
    per_epoch = len(files) // batch
    if per_epoch // config.accum_iter == 0 or batch < ours.size:
        raise DataError(
            say("{parts} parts do not suffice for one update from {batches} batches of {batch}.",
                parts=len(files), batches=config.accum_iter, batch=batch),
            remedy=say("Save the features of more parts, or choose smaller or fewer batches."),
        )  # fmt: skip
    with torch.random.fork_rng(devices=[]):
        torch.random.manual_seed(config.seed)  # networks draw their first weights from nowhere else
        network = fresh_network(config, read_example(files[0], config.train_method)).to(config.device)
    rate = partial(warm_constant, peak=config.peak_rate, warm_up=config.warmup_epochs)
    if config.schedule == "warmup_cosine":
        rate = partial(
            warm_cosine,
            peak=config.peak_rate,
            floor=config.min_lr,
            warm_up=config.warmup_epochs,
            total=config.epochs,
        )
    return Run(
        network,
        torch.optim.Adam(network.parameters()),
        epochs=config.epochs,
        batches=partial(_batches, files, config, batch, ours),
        steps_per_epoch=per_epoch,
        loss=lambda pair: lesson_losses(network, pair, config.dist_method).sum(),
        rate=rate,
        accumulate=config.accum_iter,
        device=config.device,
        checkpoint=out,
        keep_every=config.save_every,
        extras={"args": asdict(config), "product": {"method": config.train_method, "parts": len(files)}},
        team=ours,
    )


def fresh_network(config: DistillationTraining, example: Batch) -> nn.Module:
    """The network of a training method, as wide as the example's patches."""
    shown, wanted = example
    if config.train_method == "HallucinationCrossModality":
        return FeatureTranslator(shown.shape[1], wanted.shape[1], config.mlp_depth)
    if config.structure == "small":
        return small_network(config.train_method, example)
    if config.train_method.endswith("Conv"):
        return RasterDecoder(shown.shape[1])
    if config.c_hrnet == TRUNK:
        planes = config.trunk_planes
        return ResidualTrunk(wanted.shape[1], (planes // 2, planes), planes)
    return HighResolutionNet(wanted.shape[1], config.c_hrnet)


def _batches(
    files: Sequence[ExampleFile], config: DistillationTraining, batch: int, ours: Team, epoch: int
) -> Iterator[Batch]:
    """This process's share of each whole batch of the epoch; the last partial batch is dropped."""
    order = torch.randperm(len(files), generator=torch.Generator().manual_seed(config.seed * 100_003 + epoch))
    wholes = range(0, len(files) - batch + 1, batch)
    shares = (order[first : first + batch][ours.rank :: ours.size].tolist() for first in wholes)
    for shown, wanted in prefetched(partial(_stacked, files, config, epoch=epoch), shares):
        yield shown.to(config.device), wanted.to(config.device)


def _stacked(
    files: Sequence[ExampleFile],
    config: DistillationTraining,
    numbers: Sequence[int],
    epoch: int | None = None,
) -> Batch:
    """The examples of these numbers; in a training a small network sees them another way in each epoch."""
    method = config.train_method
    pairs = [read_example(files[number], method) for number in numbers]
    if epoch is not None and config.structure == "small":
        drawn = torch.Generator().manual_seed(config.seed * 100_003 + epoch * 1009 + numbers[0])
        pairs = [seen_another_way(method, pair, drawn) for pair in pairs]
    shown, wanted = zip(*pairs, strict=True)
    return torch.stack(shown), torch.stack(wanted)


@dataclass
class _Watch:
    """Notes the losses of every epoch beside the checkpoint, those of the test parts too."""

    run: Run[Batch]
    config: DistillationTraining
    out: Path
    test: Sequence[ExampleFile]
    rows: list[list[str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """A resumed training goes on with the table that is there."""
        if self.run.finished_epochs and self._place.is_file():
            kept = list(csv.reader(io.StringIO(self._place.read_text(encoding="utf-8"))))
            self.rows = kept[1 : 1 + self.run.finished_epochs]

    @property
    def _place(self) -> Path:
        return self.out.with_suffix(f"{self.out.suffix}.csv")

    def note(self, finished: int) -> None:
        """One line more."""
        rate = self.run.optimiser.param_groups[0]["lr"]
        numbers = [
            rate,
            self.run.losses[-1],
            self._loss(self.test),
            self._loss([f for f in self.test if f.is_good]),
        ]
        self.rows.append([str(finished), *("" if number is None else f"{number:.9g}" for number in numbers)])
        told = io.StringIO()
        csv.writer(told, lineterminator="\n").writerows([COLUMNS, *self.rows])
        write_text(self._place, told.getvalue())

    @torch.no_grad()
    def _loss(self, files: Sequence[ExampleFile]) -> float | None:
        """Mean over the parts, in evaluation mode."""
        if not files:
            return None
        network, total = self.run.network.eval(), 0.0
        for number in range(len(files)):
            shown, wanted = _stacked(files, self.config, [number])
            pair = shown.to(self.config.device), wanted.to(self.config.device)
            total += float(lesson_losses(network, pair, self.config.dist_method).sum())
        network.train()
        return total / len(files)
