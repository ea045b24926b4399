"""What teacher and student together say of a part."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from core.methods.reverse_distillation.config import ReverseDistillationConfig
from core.methods.reverse_distillation.student import Student
from core.methods.reverse_distillation.training_set import Look, picture_of
from core.sample import Sample
from core.score_map import ScoreMap
from core.scoring.cosine_maps import score_map

Gaps = list[NDArray[np.float32]]


@dataclass(frozen=True)
class Judge:
    """A teacher's look and a trained student on the same device."""

    look: Look
    student: Student
    config: ReverseDistillationConfig

    def score(self, sample: Sample) -> ScoreMap:
        """The map of one part, `image_size` a side; the score is its highest pixel."""
        with torch.inference_mode():
            gaps = self.gaps(picture_of(sample, self.config.image_size))[0]
        return score_map(gaps, self.config.image_size, self.config.map_mode, self.config.blur_sigma)

    def gaps(self, pictures: Tensor) -> list[Gaps]:
        """1 - cosine at three sides of every picture of a batch."""
        known = self.look(pictures)
        rebuilt = self.student(known)
        levels = [_gap(*pair).cpu().numpy() for pair in zip(known, rebuilt, strict=True)]
        return [[level[index] for level in levels] for index in range(len(pictures))]


def _gap(known: Tensor, rebuilt: Tensor) -> Tensor:
    return 1 - functional.cosine_similarity(known, rebuilt, dim=1, eps=1e-8)
