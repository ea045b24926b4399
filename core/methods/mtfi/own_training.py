"""An imagining network trained on the parts of one class, as a part of fitting a model."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import torch
from torch import Tensor, nn

from core.backbones.distilled import decoder_of, input_to_feature_of, translator_of
from core.backbones.feature_translator import FeatureTranslator
from core.backbones.hrnet import HighResolutionNet
from core.backbones.raster_decoder import RasterDecoder
from core.backbones.raster_input import sensor_raster
from core.backbones.residual_trunk import ResidualTrunk
from core.backbones.rgb_patches import on_grid
from core.memory.training_parts import TrainingParts
from core.methods.mtfi.config import OTHER, MtfiConfig
from core.methods.mtfi.imagination import GRID
from core.methods.mtfi.lessons import lesson_losses
from core.methods.mtfi.small_networks import PLANES, method_of, seen_another_way, small_network
from core.methods.mtfi.streams import Shelves, Streams
from core.monitor import Monitor
from core.training.loop import Run, train
from core.training.schedules import warm_constant

BATCH = 4
WARM_UP_EPOCHS = 1.0


@dataclass(frozen=True, eq=False)
class Own:
    """A network that belongs to one model; `identity` is a hash of its weights."""

    network: nn.Module
    identity: str

    def state(self) -> dict[str, Any]:
        """Its tensors."""
        return {key: value.cpu() for key, value in self.network.state_dict().items()}


def train_own(config: MtfiConfig, streams: Streams, parts: TrainingParts, monitor: Monitor) -> Own:
    """Learn to imagine from the parts that the model is fitted to."""
    examples = list(_examples(config, streams, parts))
    with torch.random.fork_rng(devices=[]):
        torch.random.manual_seed(config.random_state)  # networks draw their first weights from nowhere else
        network = _fresh(config, examples[0]).to(config.device)
    run = Run(
        network,
        torch.optim.Adam(network.parameters()),
        epochs=config.own_epochs,
        batches=partial(_batches, config, examples),
        steps_per_epoch=-(-len(examples) // _batch(config)),
        loss=lambda batch: lesson_losses(network, batch).sum(),
        rate=partial(warm_constant, peak=config.own_lr, warm_up=WARM_UP_EPOCHS),
        device=config.device,
    )
    train(run, monitor)
    return owned(network.cpu())


def network_of(config: MtfiConfig, state: Mapping[str, Tensor]) -> Own:
    """The network of a saved model."""
    builders = {"ftof": translator_of, "ftoi": decoder_of, "itof": input_to_feature_of}
    return owned(builders[config.family or ""](state, "state.pt"))


def owned(network: nn.Module) -> Own:
    """The network with the hash of its weights."""
    digest = hashlib.blake2b(digest_size=16)
    for key, value in network.state_dict().items():
        digest.update(key.encode())
        digest.update(value.cpu().contiguous().numpy().data)
    return Own(network.eval(), digest.hexdigest())


def _examples(config: MtfiConfig, streams: Streams, parts: TrainingParts) -> Iterator[tuple[Tensor, Tensor]]:
    """What goes in and what should come out, of every part."""
    for read, shelf in parts.each():
        known = {
            sensor: on_grid(streams.patches(sensor, read, Shelves(shelf)), GRID).values
            for sensor in ("xyz", "rgb")
        }
        if config.family == "ftof":
            yield known["xyz"], known["rgb"]
        elif config.family == "ftoi":
            yield known[config.main], sensor_raster(read(), OTHER[config.main])
        else:
            yield sensor_raster(read(), config.main), known[OTHER[config.main]]


def _fresh(config: MtfiConfig, example: tuple[Tensor, Tensor]) -> nn.Module:
    shown, wanted = example
    if config.family == "ftof":
        return FeatureTranslator(shown.shape[1], wanted.shape[1])
    if config.is_small:
        return small_network(method_of(config.family or "", config.main), example)
    if config.family == "ftoi":
        return RasterDecoder(shown.shape[1])
    if config.c_hrnet:
        return HighResolutionNet(wanted.shape[1], config.c_hrnet)
    return ResidualTrunk(wanted.shape[1], (PLANES // 2, PLANES), PLANES)


def _batches(
    config: MtfiConfig, examples: list[tuple[Tensor, Tensor]], epoch: int
) -> Iterator[tuple[Tensor, Tensor]]:
    """All examples in an order that depends on the epoch alone; the last batch may be smaller."""
    drawn = torch.Generator().manual_seed(config.random_state * 100_003 + epoch)
    for chosen in torch.split(torch.randperm(len(examples), generator=drawn), _batch(config)):
        pairs = [examples[number] for number in chosen.tolist()]
        if config.is_small:
            method = method_of(config.family or "", config.main)
            pairs = [seen_another_way(method, pair, drawn) for pair in pairs]
        shown, wanted = zip(*pairs, strict=True)
        yield torch.stack(shown).to(config.device), torch.stack(wanted).to(config.device)


def _batch(config: MtfiConfig) -> int:
    """One part is enough for a small network, and few parts make few batches."""
    return 1 if config.is_small else BATCH
