"""From the good parts of a project to a network of the library: save features, train, take in."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from core.backbones.trained_versions import keep_version
from core.backbones.weights import find, weight_file
from core.device import Compute, apply_threads
from core.errors import DataError, WrongUse
from core.methods.feature_kinds import feature_kind
from core.methods.pretraining import PRETRAININGS, pretraining
from core.methods.shape_guided.cut import Cutting
from core.monitor import Monitor, Progress
from core.phrase import Phrase, say
from core.project.project import Project
from core.project.records import SampleRecord
from core.project.trail import now
from core.sample import Sensor
from core.tasks.cut_patches import LEARNING_GROUP_MUL, CutPlan, cut_parts, parts_to_cut
from core.tasks.method_config import config_values, method_config, on_device
from core.tasks.pretrain_network import Pretrained, pretrain_network
from core.tasks.provenance import product_version
from core.tasks.save_features import plan_features, save_features_of

HERE = tuple(row.key for row in PRETRAININGS)
"""Keys of the trainings whose features can be saved from here: all."""
CUTS = "sdf"
"""The kind of features that are patches of clouds and need no network."""
STAGES = (say("Save features"), say("Train"), say("Take into the library"))
OnLoss = Callable[[int, float], object]


@dataclass(frozen=True)
class PretrainWish:
    """Which network, from the good parts of which classes, with which parameters.

    `parts` other than 0 takes so many parts of each class, chosen by a seed, where patches are cut.
    """

    key: str
    class_names: tuple[str, ...]
    config: Any
    parts: int = 0


def name_of(key: str) -> Phrase | str:
    """What the training is called."""
    row = pretraining(key)
    return row.title or say(weight_file(row.weights).title)


def seen_with(key: str) -> Any:
    """The config whose networks see the parts before that training; None where it needs none."""
    kind = pretraining(key).features
    return None if kind == CUTS else method_config(feature_kind(kind).method, feature_kind(kind).values)


def sensors_of(key: str) -> frozenset[Sensor]:
    """What the parts must have been seen with."""
    return frozenset({"xyz"}) if pretraining(key).features == CUTS else frozenset({"xyz", "rgb"})


def parts_of(project: Project, wish: PretrainWish) -> list[SampleRecord]:
    """The good training parts that it would learn from."""
    plan = _cut_plan(project, wish)
    if pretraining(wish.key).features == CUTS:
        return parts_to_cut(project, wish.class_names, plan, wish.parts)
    return [r for name in wish.class_names for r in project.samples(name, "train") if r.ref.is_good]


def features_folder(project: Project, wish: PretrainWish) -> Path:
    """One folder for each choice of classes and how they are prepared: a training reads all that lies in it.

    Trainings that read the same features share it.
    """
    kind = pretraining(wish.key).features
    prepared = {name: asdict(project.preprocess_config(name)) for name in sorted(set(wish.class_names))}
    told = json.dumps([prepared, wish.parts if kind == CUTS else 0], sort_keys=True, default=str)
    return project.places.cache / "pretraining" / f"{kind}-{_short(told)}"


def unfinished_pretraining(project: Project, wish: PretrainWish) -> Path:
    """Where a stopped training of these classes has left its finished epochs, if it came so far."""
    folder = features_folder(project, wish)
    return folder.with_name(f"{wish.key}-{folder.name.rpartition('-')[2]}.pth")


def pretrain_here(
    project: Project,
    wish: PretrainWish,
    compute: Compute,
    monitor: Monitor,
    on_loss: OnLoss = lambda step, loss: None,
    *,
    resume: bool = False,
) -> Pretrained:
    """Train and put the outcome into the library as a new version; earlier ones are kept.

    Cancelling keeps features and finished epochs for a `resume`. `on_loss` hears each step's mean loss.
    """
    out = unfinished_pretraining(project, wish)
    _save(project, wish, compute, _stage(monitor, 1))
    if not resume:
        out.unlink(missing_ok=True)
    training = _stage(monitor, 2)
    training = replace(training, report=_with_loss(training, on_loss))
    folder = features_folder(project, wish)
    done = pretrain_network(wish.key, folder, out, wish.config, compute, training, resume=out.exists())
    row, told = pretraining(wish.key), _told(project, wish, done)
    for key in (row.weights, *row.also):
        keep_version(key, out, told, _stage(monitor, 3))
    out.unlink(missing_ok=True)
    return replace(done, file=find(done.weights))


def _save(project: Project, wish: PretrainWish, compute: Compute, monitor: Monitor) -> None:
    """Features of other networks are thrown away: this folder is ours alone."""
    work: Callable[[], object] = partial(_extract, project, wish, compute, monitor)
    if pretraining(wish.key).features == CUTS:
        work = partial(_cut, project, wish, compute, monitor)
    try:
        work()
    except WrongUse:
        shutil.rmtree(features_folder(project, wish), ignore_errors=True)
        work()


def _extract(project: Project, wish: PretrainWish, compute: Compute, monitor: Monitor) -> None:
    kind = pretraining(wish.key).features
    plan = plan_features(project, wish.class_names, features_folder(project, wish), kind=kind)
    save_features_of(project, plan, on_device(seen_with(wish.key), compute), compute, monitor)


def _cut(project: Project, wish: PretrainWish, compute: Compute, monitor: Monitor) -> None:
    apply_threads(compute)
    cut = cut_parts(project, parts_of(project, wish), _cut_plan(project, wish), monitor)
    if cut.written + cut.kept == 0:
        raise DataError(
            say("None of these parts could be cut into patches."),
            remedy=say("Check the 3D sensor and the preprocessing, or choose other classes."),
        )


def _cut_plan(project: Project, wish: PretrainWish) -> CutPlan:
    seed = int(getattr(wish.config, "seed", 0))
    return CutPlan("sdf", features_folder(project, wish), Cutting(group_mul=LEARNING_GROUP_MUL, seed=seed))


def _told(project: Project, wish: PretrainWish, done: Pretrained) -> dict[str, Any]:
    return {
        "training": wish.key,
        "made": now().isoformat(timespec="seconds"),
        "classes": list(wish.class_names),
        "parts": len(parts_of(project, wish)),
        "epochs": len(done.losses),
        "loss": done.losses[-1] if done.losses else None,
        "config": config_values(wish.config),
        "product": product_version(),
    }


def _short(told: str) -> str:
    return hashlib.blake2b(told.encode(), digest_size=6).hexdigest()


def _stage(monitor: Monitor, number: int) -> Monitor:
    return monitor.at_stage(number, len(STAGES), STAGES[number - 1])


def _with_loss(stage: Monitor, on_loss: OnLoss) -> Callable[[Progress], None]:
    """Pick the loss out of what the training says, and pass the step on as one of this stage."""

    def tell(step: Progress) -> None:
        stage.report(replace(step, stage=stage.stage, stages=stage.stages, stage_name=stage.stage_name))
        if isinstance(step.text, Phrase) and "loss" in step.text.values:
            on_loss(step.done, float(str(step.text.values["loss"])))

    return tell
