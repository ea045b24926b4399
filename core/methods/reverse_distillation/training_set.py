"""The good parts as the networks want them, and the teacher's maps of them, computed once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from core.backbones.picture import network_input
from core.errors import DataError
from core.methods.reverse_distillation.config import ReverseDistillationConfig
from core.monitor import Monitor
from core.phrase import say
from core.sample import Sample

Maps = list[Tensor]
"""The teacher's (or the student's) outputs (B, C, h, w) at three sides, the finest first."""
Look = Callable[[Tensor], Maps]
"""Pictures (B, 3, S, S) -> maps, without gradients."""


def picture_of(sample: Sample, side: int) -> Tensor:
    """(1, 3, side, side) normalised; raise DataError for a part without a picture."""
    if sample.rgb is None:
        raise DataError(
            say("{name} has no picture.", name=sample.name),
            remedy=say("Choose a method that needs the cloud only."),
        )
    return network_input(sample.rgb, side, "bilinear")


def looking(teacher: nn.Module, config: ReverseDistillationConfig) -> Look:
    """The teacher in evaluation mode and without gradients, on the config's device.

    Reference: both programs let gradients run through it and compute a fourth layer that nobody reads.
    """
    layout = torch.channels_last if config.channels_last else torch.contiguous_format
    teacher = teacher.eval().to(config.device).to(memory_format=layout)

    def look(pictures: Tensor) -> Maps:
        with torch.no_grad():
            maps: Maps = teacher(pictures.to(config.device, memory_format=layout))
        return list(maps)

    return look


@dataclass
class TrainingSet:
    """Pictures (N, 3, S, S) of the good parts; `maps` (N, C, h, w) of the teacher where they are kept.

    They are constant, because nothing is augmented: the teacher then costs one epoch instead of all.
    """

    pictures: Tensor
    look: Look
    maps: Maps | None = None

    def __len__(self) -> int:
        return len(self.pictures)

    def batch(self, chosen: Tensor, device: str) -> Maps:
        """The teacher's maps of the chosen parts."""
        if self.maps is None:
            return self.look(self.pictures[chosen])
        return [level[chosen].to(device) for level in self.maps]

    def batches(self, config: ReverseDistillationConfig, epoch: int) -> Iterator[Maps]:
        """All parts in the order of that epoch; the last batch may be short."""
        drawn = torch.Generator().manual_seed(config.seed * 100_003 + epoch)
        for chosen in torch.split(torch.randperm(len(self), generator=drawn), config.batch_size):
            yield self.batch(chosen, config.device)


def training_set(
    normal: Sequence[Sample],
    chosen: Sequence[int],
    look: Look,
    config: ReverseDistillationConfig,
    monitor: Monitor,
) -> TrainingSet:
    """Read the chosen parts, and ask the teacher where its maps are to be kept."""
    pictures = torch.empty((len(chosen), 3, config.image_size, config.image_size))
    kept: Maps | None = None
    for place, index in enumerate(chosen):
        sample = normal[index]
        monitor.tick(place, len(chosen), say("Reading {name}", name=sample.name))
        pictures[place] = picture_of(sample, config.image_size)[0]
        if config.teacher_maps == "each_step":
            continue
        maps = [level.cpu() for level in look(pictures[place : place + 1])]
        kept = kept or [torch.empty((len(chosen), *level.shape[1:])) for level in maps]
        for shelf, level in zip(kept, maps, strict=True):
            shelf[place] = level[0]
    return TrainingSet(pictures, look, kept)
