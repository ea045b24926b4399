"""An imagining network trained on the parts of one class, as a part of fitting a model."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import torch
from torch import nn

from core.backbones.distilled import input_to_feature_of, translator_of
from core.memory.training_parts import TrainingParts
from core.methods.mtfi.config import MtfiConfig
from core.methods.mtfi.streams import Streams
from core.monitor import Monitor


@dataclass(frozen=True, eq=False)
class Own:
    """A network that belongs to one model; `identity` is a hash of its weights."""

    network: nn.Module
    identity: str

    def state(self) -> dict[str, Any]:
        """Its tensors."""
        return {key: value.cpu() for key, value in self.network.state_dict().items()}


def train_own(config: MtfiConfig, streams: Streams, parts: TrainingParts, monitor: Monitor) -> Own:
    raise NotImplementedError


def network_of(config: MtfiConfig, state: Mapping[str, torch.Tensor]) -> Own:
    """The network of a saved model."""
    build = translator_of if config.family == "ftof" else input_to_feature_of
    return owned(build(state, "state.pt"))


def owned(network: nn.Module) -> Own:
    """The network with the hash of its weights."""
    digest = hashlib.blake2b(digest_size=16)
    for key, value in network.state_dict().items():
        digest.update(key.encode())
        digest.update(value.cpu().contiguous().numpy().data)
    return Own(network.eval(), digest.hexdigest())
