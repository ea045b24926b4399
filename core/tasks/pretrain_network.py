"""Trains a network that serves all classes, from a folder of saved features to a file of weights."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.device import Compute, apply_threads
from core.errors import WrongUse
from core.methods.pretraining import pretrain_config, pretrain_function, pretraining
from core.monitor import Monitor
from core.phrase import say
from core.tasks.method_config import on_device, with_values


@dataclass(frozen=True)
class Pretrained:
    """The written file, the library key it fits, and the mean loss of every epoch."""

    file: Path
    weights: str
    losses: tuple[float, ...]


def pretrain_network(
    key: str,
    folder: Path,
    out: Path,
    config: Any,
    compute: Compute,
    monitor: Monitor,
    *,
    resume: bool = False,
) -> Pretrained:
    """Train on the features in `folder`; `out` is written after every epoch.

    `resume` goes on from `out`; raise WrongUse where `out` would be written over without it.
    """
    row = pretraining(key)
    if out.exists() and not resume:
        raise WrongUse(
            say("{path} is there already.", path=out),
            remedy=say("Go on with --resume, or choose another name."),
        )
    apply_threads(compute)
    losses = pretrain_function(row)(folder, out, on_device(config, compute), monitor, resume=resume)
    return Pretrained(out, row.weights, tuple(losses))


def pretraining_config(key: str, values: Mapping[str, Any], seed: int | None = None) -> Any:
    """The parameters of that training with some values replaced; raise WrongUse for unknown ones."""
    seeded = {} if seed is None else {"seed": seed}
    return with_values(pretrain_config(pretraining(key)), {**seeded, **values})
