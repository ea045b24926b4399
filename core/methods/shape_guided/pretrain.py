"""Training of the shape expert on patches of all classes (Shape-Guided, section 3.2; Neural-Pull)."""

from __future__ import annotations

from dataclasses import asdict
from functools import partial
from pathlib import Path

import torch

from core.atomic import replacing, unwritable, write_text
from core.backbones.sdf_net import SdfNetwork
from core.errors import DataError
from core.methods.shape_guided.batches import Batch, LearningPatches, batches_of, learning_files
from core.methods.shape_guided.expert_training import ExpertTraining
from core.monitor import Monitor
from core.phrase import say
from core.training.loop import Run, resume_run, train
from core.training.processes import Team, team
from core.training.schedules import warm_cosine


def pretrain_expert(
    folder: Path, out: Path, config: ExpertTraining, monitor: Monitor, *, resume: bool = False
) -> list[float]:
    """Train on every file of patches below `folder`, write the expert to `out`; the mean loss of every epoch.

    Raise DataError where there are fewer patches than one batch holds.
    """
    files = learning_files(folder, config.class_pattern)
    patches = LearningPatches.read(files, config, monitor.at_stage(1, 2, say("Read the patches")))
    with team(config.device) as ours:
        run = expert_run(patches, out, config, ours)
        if resume and out.is_file():
            resume_run(run, out)
        return train(run, monitor.at_stage(2, 2, say("Train the shape expert")))


def expert_run(patches: LearningPatches, out: Path, config: ExpertTraining, ours: Team) -> Run[Batch]:
    """The run over these patches: network, optimiser, batches and schedule."""
    per_epoch = len(patches) // config.batch_size
    if per_epoch == 0:
        raise DataError(
            say("{patches} patches do not fill one batch of {batch}.",
                patches=len(patches), batch=config.batch_size),
            remedy=say("Cut the patches of more parts, or choose smaller batches."),
        )  # fmt: skip
    with torch.random.fork_rng(devices=[]):
        torch.random.manual_seed(config.seed)  # networks draw their first weights from nowhere else
        network = SdfNetwork().to(config.device)
    run = Run(
        network,
        torch.optim.Adam(network.parameters(), lr=config.learning_rate, fused=True),
        epochs=config.epochs(per_epoch),
        batches=partial(batches_of, patches, config, ours),
        steps_per_epoch=per_epoch,
        loss=lambda batch: network.pull_loss(*batch),
        device=config.device,
        checkpoint=out,
        keep_every=config.keep_every,
        extras={"sdf_model": network.state_dict(), "current_iteration": 0, "settings": asdict(config)},
        team=ours,
    )
    if config.schedule == "cosine":
        run.rate = partial(_rate, config, per_epoch, run.epochs)
    run.after_epoch = partial(_write_down, run, out, config)
    return run


def _rate(config: ExpertTraining, per_epoch: int, epochs: int, position: float) -> float:
    step, total = position * per_epoch, epochs * per_epoch
    return warm_cosine(step, peak=config.learning_rate, warm_up=config.warmup_steps, total=total)


def _write_down(run: Run[Batch], out: Path, config: ExpertTraining, finished: int) -> None:
    """Count on in the published program's way, and leave what it would leave beside its checkpoints."""
    run.extras["current_iteration"] = finished
    if not config.numbered_every or not run.team.is_first:
        return
    lines = (f"epoch:{epoch:04d}\tloss:{loss:.9f}\n" for epoch, loss in enumerate(run.losses))
    write_text(out.with_name("train_states.txt"), "".join(lines))
    # Reference: the counter is raised after saving, and once more before the last file
    if (finished - 1) % config.numbered_every == 0:
        write_expert(out.with_name(f"ckpt_{finished - 1:06d}.pth"), run.network, finished - 1)
    if finished == run.epochs:
        write_expert(out.with_name(f"ckpt_{finished:06d}.pth"), run.network, finished)


def write_expert(path: Path, network: torch.nn.Module, iteration: int) -> None:
    """Write a checkpoint as the published program reads it."""
    try:
        with replacing(path) as aside:
            torch.save({"sdf_model": network.state_dict(), "current_iteration": iteration}, aside)
    except (OSError, RuntimeError) as problem:
        raise unwritable(
            path, problem if isinstance(problem, OSError) else OSError(str(problem))
        ) from problem
