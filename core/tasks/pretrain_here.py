"""From the good parts of a project to a network of the library: save features, train, take in."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from core.backbones.trained_versions import keep_version
from core.backbones.weights import find, weight_file
from core.device import Compute, apply_threads
from core.methods.feature_kinds import FeatureItem, feature_kind
from core.methods.pretrain_cost import items_of
from core.methods.pretraining import PRETRAININGS, pretraining
from core.methods.shape_guided.cut import Cutting
from core.monitor import Monitor, Progress
from core.phrase import Phrase, say
from core.project.project import Project
from core.project.records import SampleRecord
from core.project.trail import now
from core.sample import Sensor
from core.tasks.cut_patches import LEARNING_GROUP_MUL, parts_to_learn_from
from core.tasks.keep_examples import (
    KeptExamples,
    features_wanted,
    keep_examples,
    patches_item,
    patches_wanted,
)
from core.tasks.method_config import config_values, method_config, on_device
from core.tasks.pretrain_network import Pretrained, pretrain_network
from core.tasks.provenance import product_version

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
    """The good training parts that it would learn from: those that every sensor it needs has seen."""
    if pretraining(wish.key).features == CUTS:
        found = parts_to_learn_from(project, wish.class_names, cutting_of(wish).seed, wish.parts)
    else:
        found = _good(project, wish)
    return [record for record in found if sensors_of(wish.key) <= record.ref.sensors]


def parts_left_out(project: Project, wish: PretrainWish) -> int:
    """Good training parts of these classes that lack a sensor it needs."""
    return sum(not sensors_of(wish.key) <= record.ref.sensors for record in _good(project, wish))


def _good(project: Project, wish: PretrainWish) -> list[SampleRecord]:
    return [r for name in wish.class_names for r in project.samples(name, "train") if r.ref.is_good]


def items_of_wish(wish: PretrainWish) -> Mapping[str, FeatureItem]:
    """What it reads of each part."""
    return patches_item(cutting_of(wish)) if pretraining(wish.key).features == CUTS else items_of(wish.key)


def examples_folder(project: Project, wish: PretrainWish) -> Path:
    """Where the list of what it reads lies; what is listed there lies in the store of the project."""
    return unfinished_pretraining(project, wish).with_suffix("")


def unfinished_pretraining(project: Project, wish: PretrainWish) -> Path:
    """Where a stopped training of these classes has left its finished epochs, if it came so far."""
    prepared = {name: asdict(project.preprocess_config(name)) for name in sorted(set(wish.class_names))}
    parts = wish.parts if pretraining(wish.key).features == CUTS else 0
    told = json.dumps([prepared, parts], sort_keys=True, default=str)
    return project.places.cache / "pretraining" / f"{wish.key}-{_short(told)}.pth"


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
    out, folder = unfinished_pretraining(project, wish), examples_folder(project, wish)
    kept = _keep(project, wish, compute, _stage(monitor, 1))
    if not resume:
        out.unlink(missing_ok=True)
    training = _stage(monitor, 2)
    training = replace(training, report=_with_loss(training, on_loss))
    done = pretrain_network(wish.key, folder, out, wish.config, compute, training, resume=out.exists())
    row, told = pretraining(wish.key), _told(wish, kept, done)
    for key in (row.weights, *row.also):
        keep_version(key, out, told, _stage(monitor, 3))
    out.unlink(missing_ok=True)
    return replace(done, file=find(done.weights))


def _keep(project: Project, wish: PretrainWish, compute: Compute, monitor: Monitor) -> KeptExamples:
    apply_threads(compute)
    kind, records = pretraining(wish.key).features, parts_of(project, wish)
    if kind == CUTS:
        wanted = patches_wanted(records, cutting_of(wish))
    else:
        wanted = features_wanted(records, kind, on_device(seen_with(wish.key), compute), monitor)
    return keep_examples(project, wanted, examples_folder(project, wish), monitor)


def cutting_of(wish: PretrainWish) -> Cutting:
    """How clouds are cut for it; another seed chooses other patches."""
    return Cutting(group_mul=LEARNING_GROUP_MUL, seed=int(getattr(wish.config, "seed", 0)))


def _told(wish: PretrainWish, kept: KeptExamples, done: Pretrained) -> dict[str, Any]:
    return {
        "training": wish.key,
        "made": now().isoformat(timespec="seconds"),
        "classes": list(wish.class_names),
        "parts": kept.parts,
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
