"""A bank of normal cells that knows how strange each place of it is to the other parts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import torch
from numpy.typing import NDArray

Rows = NDArray[np.float32]

_AT_ONCE = 1024
_NEIGHBOURS = 24
_CALM = 0.25
"""Share of the usual distance added everywhere, so that very uniform places do not shout."""


@dataclass(frozen=True, eq=False)
class PartMemory:
    """Whitened rows (M, D) of normal cells, the part (M,) each is from, and its usual distance (M,).

    The usual distance is what cells like it have to the nearest row of *another* part: large at edges, small
    on plain surfaces. A score is a distance divided by it.
    """

    mean: Rows
    whitening: Rows
    rows: torch.Tensor
    part: torch.Tensor
    usual: torch.Tensor

    @classmethod
    def build(cls, parts: list[Rows], most: int, seed: int) -> Self:
        """Whiten the rows of all parts and keep a seeded choice of `most` of them."""
        together = np.concatenate(parts)
        origin = np.repeat(np.arange(len(parts)), [len(rows) for rows in parts])
        mean, whitening = _whitening(together)
        chosen = np.sort(np.random.default_rng(seed).permutation(len(together))[:most])
        rows = torch.from_numpy((together[chosen] - mean) @ whitening)
        part = torch.from_numpy(origin[chosen])
        return cls(mean, whitening, rows, part, _usual_distances(rows, part))

    def scores(self, cells: Rows, without: int | None = None) -> Rows:
        """How strange (N,) cells (N, D) are; `without` leaves the rows of one part out."""
        queries = torch.from_numpy((cells - self.mean) @ self.whitening)
        others = torch.ones_like(self.part, dtype=torch.bool) if without is None else self.part != without
        distance, index = _nearest(queries, self.rows[others])
        found: Rows = (distance / self.usual[others][index]).numpy()
        return found

    def as_state(self) -> dict[str, Any]:
        """Tensors for a saved detector."""
        return {
            "mean": torch.from_numpy(self.mean),
            "whitening": torch.from_numpy(self.whitening),
            "rows": self.rows,
            "part": self.part,
            "usual": self.usual,
        }

    @classmethod
    def from_state(cls, state: dict[str, Any]) -> Self:
        """What `as_state` gave, back as it was."""
        arrays = {name: state[name].numpy() for name in ("mean", "whitening")}
        return cls(**{**state, **arrays})


def _whitening(rows: Rows) -> tuple[Rows, Rows]:
    mean = rows.mean(0, dtype=np.float64)
    spread, axes = np.linalg.eigh(np.cov(rows.T.astype(np.float64)))
    floor = 1e-3 * spread.mean() + 1e-12
    return mean.astype(np.float32), (axes / np.sqrt(np.maximum(spread, 0) + floor)).astype(np.float32)


def _usual_distances(rows: torch.Tensor, part: torch.Tensor) -> torch.Tensor:
    """Mean distance to other parts among each row's neighbours; 1 everywhere if there is one part only."""
    parts = torch.unique(part)
    if len(parts) < 2:
        return torch.ones(len(rows))
    away = torch.empty(len(rows))
    for one in parts:
        own = part == one
        away[own] = _nearest(rows[own], rows[~own])[0]
    near = [
        torch.cdist(some, rows).topk(min(_NEIGHBOURS, len(rows)), largest=False).indices
        for some in torch.split(rows, _AT_ONCE)
    ]
    return away[torch.cat(near)].mean(1) + _CALM * away.median()


def _nearest(queries: torch.Tensor, rows: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Distance and index of the nearest row; the lowest index wins a tie."""
    lengths = rows.square().sum(1)
    distances, indices = [], []
    for some in torch.split(queries, _AT_ONCE):
        squared, index = torch.addmm(lengths, some, rows.T, alpha=-2).min(1)
        distances.append((squared + some.square().sum(1)).clamp_min(0).sqrt())
        indices.append(index)
    return torch.cat(distances), torch.cat(indices)
