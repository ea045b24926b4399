"""Shape-Guided over plain descriptors in place of its networks, fast enough for tests of the whole."""

from __future__ import annotations

from pathlib import Path
from typing import Self

import numpy as np
import torch
from numpy.typing import NDArray

from core.methods.shape_guided.colour import hand_made
from core.methods.shape_guided.config import ShapeGuidedConfig
from core.methods.shape_guided.cut import Points
from core.methods.shape_guided.detector import ShapeGuided
from core.methods.shape_guided.expert import Distances
from core.methods.shape_guided.looks import Eyes

SMALL = ShapeGuidedConfig(point_num=60, group_mul=4, colour="hand_made", align_images=3)


class PlainExpert:
    """A code is the spread and skew of a patch; a point is off where that spread does not expect it."""

    def encode(self, patches: Points) -> torch.Tensor:
        spread = np.einsum("spi,spj->sij", patches, patches).reshape(len(patches), 9)
        skew = np.abs(np.mean(np.power(patches, 3), axis=1))
        return torch.from_numpy(np.concatenate([spread / patches.shape[1], skew], axis=1).astype(np.float32))

    def distances(self, codes: torch.Tensor, patches: Points) -> Distances:
        spread = codes[:, :9].reshape(-1, 3, 3).numpy()
        return np.asarray(np.einsum("spi,sij,spj->sp", patches, spread, patches) + 0.01, np.float32)

    def distances_of(self, codes: torch.Tensor, owners: NDArray[np.int64], points: Points) -> Distances:
        found: Distances = self.distances(codes[torch.from_numpy(owners)], points[:, None])[:, 0]
        return found


def plain_eyes(config: ShapeGuidedConfig) -> Eyes:
    return Eyes(
        PlainExpert(), (lambda sample: hand_made(sample, config.image_size)) if config.uses_colour else None
    )


class ShapeGuidedOnPlainExperts(ShapeGuided):
    """Whatever its config asks for comes from the descriptors above."""

    def __init__(self, config: ShapeGuidedConfig = SMALL) -> None:
        super().__init__(config, plain_eyes(config))

    @classmethod
    def load(cls, folder: Path, device: str = "cpu") -> Self:
        opened = ShapeGuided.load(folder, device)
        detector = cls(opened.config)
        detector._learnt = opened._learnt
        return detector
