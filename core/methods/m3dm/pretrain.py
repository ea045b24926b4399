"""Training of the fusion block on the features of all classes (M3DM, section 3.3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path

import torch
from torch import Tensor

from core.backbones.fusion_block import FusionBlock
from core.errors import DataError
from core.methods.m3dm.feature_files import Place, feature_places, load_features
from core.methods.m3dm.fusion_training import FusionTraining
from core.monitor import Monitor
from core.phrase import say
from core.training.loop import Run, resume_run, train
from core.training.processes import Team, team
from core.training.schedules import warm_cosine


def pretrain_fusion(
    folder: Path, out: Path, config: FusionTraining, monitor: Monitor, *, resume: bool = False
) -> list[float]:
    """Train on every feature file of `folder` and write the weights to `out`; the mean loss of every epoch.

    Raise DataError where there are fewer parts than one batch holds.
    """
    files = feature_places(folder)
    with team(config.device) as ours:
        run = fusion_run(files, out, config, ours)
        if resume and out.is_file():
            resume_run(run, out)
        return train(run, monitor)


def fusion_run(
    files: Sequence[Place], out: Path, config: FusionTraining, ours: Team
) -> Run[tuple[Tensor, Tensor]]:
    """The run of these files: network, optimiser, batches and schedule."""
    share = config.batch_size // ours.size
    per_epoch = len(files) // config.batch_size
    updates = per_epoch // config.accum_iter
    if updates == 0 or share == 0:
        raise DataError(
            say(
                "{parts} parts do not suffice for one update from {batches} batches of {batch}.",
                parts=len(files),
                batches=config.accum_iter,
                batch=config.batch_size,
            ),
            remedy=say("Save the features of more parts, or choose smaller or fewer batches."),
        )
    with torch.random.fork_rng(devices=[]):
        torch.random.manual_seed(config.seed)  # networks draw their first weights from nowhere else
        network = FusionBlock().to(config.device)
    by_steps = config.schedule == "steps"
    return Run(
        network,
        torch.optim.AdamW(network.parameters(), betas=(0.9, 0.95), weight_decay=config.weight_decay),
        epochs=-(-config.steps // updates) if by_steps else config.epochs,
        batches=partial(_batches, files, config, ours),
        steps_per_epoch=per_epoch,
        loss=lambda pair: network.contrastive_loss(*pair),
        rate=partial(_rate, config, updates),
        accumulate=config.accum_iter,
        precision=torch.float16 if config.amp and config.device.startswith("cuda") else None,
        device=config.device,
        checkpoint=out,
        extras={"settings": asdict(config)},
        team=ours,
    )


def _rate(config: FusionTraining, updates: int, position: float) -> float:
    if config.schedule == "epochs":
        warm_up, total = float(config.warmup_epochs), float(config.epochs)
    else:
        position *= updates
        warm_up, total = float(config.warmup_steps), float(config.steps)
    return warm_cosine(position, peak=config.peak_rate, floor=config.min_lr, warm_up=warm_up, total=total)


def _batches(
    files: Sequence[Place], config: FusionTraining, ours: Team, epoch: int
) -> Iterator[tuple[Tensor, Tensor]]:
    """This process's share of each whole batch of the epoch; the last partial batch is dropped."""
    order = torch.randperm(len(files), generator=torch.Generator().manual_seed(config.seed * 100_003 + epoch))
    for first in range(0, len(files) - config.batch_size + 1, config.batch_size):
        mine = order[first : first + config.batch_size][ours.rank :: ours.size]
        pairs = [load_features(files[number], config.feature_layout) for number in mine.tolist()]
        xyz, rgb = (torch.stack(parts).to(config.device) for parts in zip(*pairs, strict=True))
        yield xyz, rgb
