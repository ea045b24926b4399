"""The teacher with its published weights; never with random ones."""

from __future__ import annotations

from pathlib import Path

from torch import nn

from core.backbones.checkpoint import fill_network, read_checkpoint
from core.backbones.published import teacher_of
from core.backbones.residual import UNUSED, residual_network
from core.backbones.weight_checks import fingerprint
from core.backbones.weights import find, require
from core.errors import WeightsMissing
from core.methods.reverse_distillation.config import ReverseDistillationConfig
from core.methods.reverse_distillation.teacher import LAYERS
from core.monitor import Monitor
from core.phrase import say


def open_teacher(config: ReverseDistillationConfig) -> nn.Module:
    """From the file that the config names, else from the library; raise WeightsMissing without either."""
    if not config.teacher_path:
        return teacher_of(find(config.teacher_key), config.teacher_key)
    path = Path(config.teacher_path)
    network = residual_network(config.teacher, LAYERS)
    fill_network(network, read_checkpoint(path), path.name, UNUSED)
    return network


def weights_used(config: ReverseDistillationConfig, monitor: Monitor) -> dict[str, str]:
    """SHA-256 of the teacher's file by its key; raise WeightsMissing that names whatever is not there."""
    require(config.weights_needed)
    for path in config.files_needed:
        if not path.is_file():
            raise WeightsMissing(
                say("There is no file {path}.", path=path), remedy=say("Look at the spelling of its name.")
            )
    elsewhere = Path(config.teacher_path) if config.teacher_path else None
    return {config.teacher_key: fingerprint(config.teacher_key, monitor, elsewhere)}
