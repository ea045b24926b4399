"""The score of a whole part from the distances of its patches.

PatchCore (Roth et al., CVPR 2022), equation 7, in the form of the published programs of BTF and M3DM: the
nearest remembered patch itself is left out of its neighbourhood.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch

from core.memory.bank import MemoryBank


@dataclass(frozen=True)
class Reweighting:
    """How much a strange neighbourhood counts.

    `neighbours` includes the nearest row itself, which is then left out. `offset` is added to the sum
    below the fraction. `divisor` shrinks all distances first.
    """

    neighbours: int = 3
    offset: float = 0.0
    divisor: float = 1.0


def whole_score(
    bank: MemoryBank,
    queries: torch.Tensor,
    distances: torch.Tensor,
    indices: torch.Tensor,
    how: Reweighting = Reweighting(),
) -> float:
    """The largest of `distances` (N,), weighted by how far its patch is from rows around the nearest.

    `distances` and `indices` are what `bank.nearest(queries)` gave. Without neighbours, as in a bank of one
    row, the distance counts in full.
    """
    strangest = int(distances.argmax())
    score = float(distances[strangest]) / how.divisor
    _, around = bank.neighbours(bank.rows[indices[strangest]], how.neighbours)
    around = around[around != indices[strangest]][: how.neighbours - 1]
    if len(around) == 0:
        return score
    apart = bank.apart(queries[strangest], bank.rows[around]) / how.divisor
    return score * _weight(score, apart.tolist(), bank.rows.shape[1] ** 0.5, how.offset)


def _weight(score: float, apart: list[float], root: float, offset: float) -> float:
    """1 - e^(s/root) / (sum of e^(d/root) + offset), taken without large powers."""
    total = sum(math.exp(min((distance - score) / root, 700.0)) for distance in apart)
    return 1.0 - 1.0 / (total + offset * math.exp(-score / root))
