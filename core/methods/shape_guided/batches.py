"""Batches of noisy patches for the training of the shape expert, drawn as they are needed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Self

import numpy as np
import torch
from torch import Tensor

from core.errors import DataError
from core.memory.example_list import listed_examples, listed_item
from core.methods.shape_guided.expert_training import ExpertTraining
from core.methods.shape_guided.noise import near_copies
from core.methods.shape_guided.patch_files import PATCHES, read_copies, read_learning
from core.monitor import Monitor
from core.phrase import say
from core.training.processes import Team

Batch = tuple[Tensor, Tensor, Tensor | None]
"""Nearest points (B, P, 3), noisy points (B, P, 3), and which of them (Q,) the loss asks for; None: all."""


@dataclass(frozen=True, eq=False)
class LearningPatches:
    """patches (N, P, 3) with their noise (N, P); or stored copies and their nearest points (N, C * P, 3)."""

    patches: Tensor
    spread: Tensor
    samples: Tensor | None = None
    nearest: Tensor | None = None

    def __len__(self) -> int:
        return len(self.patches)

    @classmethod
    def read(cls, files: Sequence[Path], config: ExpertTraining, monitor: Monitor) -> Self:
        """All patches of these files; raise DataError where they do not have the same number of points."""
        read, stored = [], []
        for done, path in enumerate(files):
            monitor.tick(done, len(files), say("Reading {name}", name=path.stem))
            read.append(read_learning(path))
            if config.noise == "stored":
                stored.append(read_copies(path))
        if len({patches.shape[1] for patches, _ in read}) != 1:
            raise DataError(
                say("The patches in this folder do not all have the same number of points."),
                remedy=say("Cut them again into an empty folder."),
            )
        patches, spread = (torch.from_numpy(np.concatenate(arrays)) for arrays in zip(*read, strict=True))
        if not stored:
            return cls(patches, spread)
        return cls(patches, spread, *(torch.from_numpy(np.concatenate(a)) for a in zip(*stored, strict=True)))

    def noisy(self, rows: Tensor, config: ExpertTraining, chance: torch.Generator) -> tuple[Tensor, Tensor]:
        """Nearest and noisy points (B, P, 3) of one copy of each of these patches."""
        points = self.patches.shape[1]
        if self.samples is not None and self.nearest is not None:
            copies = self.samples.shape[1] // points
            first = torch.randint(copies, (len(rows),), generator=chance) * points
            place = first[:, None] + torch.arange(points)
            return self.nearest[rows[:, None], place], self.samples[rows[:, None], place]
        share = shares((len(rows), points), config, chance)
        draws = torch.randn((len(rows), points, 3), generator=chance)
        return fresh_copies(self.patches[rows], share * self.spread[rows], draws, config.device)


def shares(shape: tuple[int, int], config: ExpertTraining, chance: torch.Generator) -> Tensor:
    """What share of its spread each point of each patch (B, P) is moved by."""
    if config.least_noise:
        return config.least_noise ** torch.rand(shape, generator=chance)
    is_near = torch.randint(config.sampled_size, shape[:1], generator=chance)
    return torch.where(is_near < near_copies(config.sampled_size), 0.5, 1.0)[:, None].expand(shape)


def fresh_copies(
    patches: Tensor, spread: Tensor, draws: Tensor, device: str = "cpu"
) -> tuple[Tensor, Tensor]:
    """Nearest and noisy points (B, P, 3), normalised, of patches (B, P, 3) moved by draws times spread."""
    patches, spread, draws = patches.to(device), spread.to(device), draws.to(device)
    scale = 1 / (patches.amax(dim=1) - patches.amin(dim=1)).amax(dim=1).clamp_min(1e-12)[:, None, None]
    surface = patches * scale
    shift = surface.mean(dim=1, keepdim=True)
    samples = (patches + draws * spread[..., None]) * scale - shift
    surface = surface - shift
    # Differences, not products: a point must not find its neighbour in place of itself.
    apart = torch.cdist(samples, surface, compute_mode="donot_use_mm_for_euclid_dist")
    nearest = apart.argmin(dim=2)  # (B, P)
    return surface.gather(1, nearest[..., None].expand(-1, -1, 3)), samples


def learning_files(folder: Path, pattern: str = "*") -> list[Path]:
    """Files of patches below `folder`, or in its list, whose class fits; raise DataError where none does."""
    listed = listed_examples(folder)
    if listed is None:
        files = [path for path in sorted(folder.rglob("*.npz")) if fnmatch(path.parent.name, pattern)]
    else:
        fitting = (items for name, items in listed.items() if fnmatch(name.split("/")[0], pattern))
        files = [listed_item(items, PATCHES, folder) for items in fitting]
    if not files:
        raise DataError(
            say("There are no patches to learn from in {folder}.", folder=folder),
            remedy=say("Cut some with: inspector features PROJECT --kind sdf --out DIR"),
        )
    return files


def batches_of(patches: LearningPatches, config: ExpertTraining, ours: Team, epoch: int) -> Iterator[Batch]:
    """This process's share of each whole batch of the epoch; the last partial batch is dropped."""
    chance = torch.Generator().manual_seed(config.seed * 100_003 + epoch)
    order = torch.randperm(len(patches), generator=chance)
    points = patches.patches.shape[1]
    for first in range(0, len(patches) - config.batch_size + 1, config.batch_size):
        targets, samples = patches.noisy(order[first : first + config.batch_size], config, chance)
        asked = None
        if 0 < config.loss_points < points:
            asked = torch.randperm(points, generator=chance)[: config.loss_points].to(config.device)
        mine = slice(ours.rank, None, ours.size)
        yield targets[mine].to(config.device), samples[mine].to(config.device), asked
