"""From the good parts of a project to a network of the library: save features, train, take in."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from core.backbones.put_away import put_away
from core.backbones.take_in import take_in
from core.backbones.weight_checks import open_weights
from core.backbones.weights import find, present, weight_file
from core.device import Compute
from core.errors import WrongUse
from core.methods.m3dm.config import M3dmConfig
from core.methods.pretraining import pretraining
from core.monitor import Monitor, Progress
from core.phrase import Phrase, say
from core.project.project import Project
from core.tasks.method_config import on_device
from core.tasks.pretrain_network import Pretrained, pretrain_network
from core.tasks.save_features import FeaturePlan, plan_features, save_features_of

SEEN_WITH = M3dmConfig(method_name="DINO+Point_MAE")
"""The networks whose patches the fusion layer brings together."""
HERE = ("uff",)
"""Keys of the trainings whose features can be saved from here."""
STAGES = (say("Save features"), say("Train"), say("Take into the library"))
OnLoss = Callable[[int, float], object]


@dataclass(frozen=True)
class PretrainWish:
    """Which network, from the good parts of which classes, with which parameters."""

    key: str
    class_names: tuple[str, ...]
    config: Any


def plan_pretraining(project: Project, wish: PretrainWish) -> FeaturePlan:
    """The parts and the room on the disk; writes nothing."""
    return plan_features(project, wish.class_names, _folder(project, wish))


def unfinished_pretraining(project: Project, wish: PretrainWish) -> Path:
    """Where a stopped training of these classes has left its finished epochs, if it came so far."""
    return _folder(project, wish).with_suffix(".pth")


def pretrain_here(
    project: Project,
    wish: PretrainWish,
    compute: Compute,
    monitor: Monitor,
    on_loss: OnLoss = lambda step, loss: None,
    *,
    resume: bool = False,
) -> Pretrained:
    """Train and put the outcome into the library; what lay there goes to the trash.

    Cancelling keeps features and finished epochs for a `resume`. `on_loss` hears each step's mean loss.
    """
    out = unfinished_pretraining(project, wish)
    folder = _save_features(project, wish, compute, _stage(monitor, 1))
    if not resume:
        out.unlink(missing_ok=True)
    training = _stage(monitor, 2)
    training = replace(training, report=_with_loss(training.report, on_loss))
    done = pretrain_network(wish.key, folder, out, wish.config, compute, training, resume=out.exists())
    _take_in(done.weights, out, _stage(monitor, 3))
    out.unlink(missing_ok=True)
    return replace(done, file=find(done.weights))


def _folder(project: Project, wish: PretrainWish) -> Path:
    """One folder for each choice of classes, because a training reads all that lies in it."""
    names = hashlib.blake2b("\n".join(sorted(wish.class_names)).encode(), digest_size=6).hexdigest()
    return project.places.cache / "pretraining" / f"{wish.key}-{names}"


def _save_features(project: Project, wish: PretrainWish, compute: Compute, monitor: Monitor) -> Path:
    """Features of other networks are thrown away: this folder is ours alone."""
    plan, config = plan_pretraining(project, wish), on_device(SEEN_WITH, compute)
    try:
        save_features_of(project, plan, config, compute, monitor)
    except WrongUse:
        shutil.rmtree(plan.folder, ignore_errors=True)
        save_features_of(project, plan_pretraining(project, wish), config, compute, monitor)
    return plan.folder


def _take_in(key: str, out: Path, monitor: Monitor) -> None:
    """Look whether it fits before the older one has to go."""
    row = weight_file(key)
    open_weights(row, out)
    if present(row) is not None:
        put_away(key)
    take_in(key, out, monitor)


def _stage(monitor: Monitor, number: int) -> Monitor:
    return monitor.at_stage(number, len(STAGES), STAGES[number - 1])


def _with_loss(report: Callable[[Progress], None], on_loss: OnLoss) -> Callable[[Progress], None]:
    """Pick the loss out of what the training says, and pass the step on."""

    def tell(step: Progress) -> None:
        report(step)
        if isinstance(step.text, Phrase) and "loss" in step.text.values:
            on_loss(step.done, float(str(step.text.values["loss"])))

    return tell


def lacks_parts(wish: PretrainWish, parts: int) -> Phrase | str:
    """Why so few parts give no single update, "" where they do."""
    batch = int(getattr(wish.config, "batch_size", 1))
    batches = int(getattr(wish.config, "accum_iter", 1))
    if parts // batch // batches:
        return ""
    return say(
        "{parts} parts do not suffice for one update from {batches} batches of {batch}.",
        parts=parts,
        batches=batches,
        batch=batch,
    )


def weights_made(wish: PretrainWish) -> str:
    """The key of the library that the outcome fits."""
    return pretraining(wish.key).weights
