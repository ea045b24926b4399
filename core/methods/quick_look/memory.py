"""A bank of normal cells that knows how strange each place of it is to the other parts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import torch
from numpy.typing import NDArray

Rows = NDArray[np.float32]
Origins = NDArray[np.int64]

_AT_ONCE = 512
_NEIGHBOURS = 16
_LANDMARKS = 4000
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
    origin: torch.Tensor
    usual: torch.Tensor

    @classmethod
    def build(cls, rows: Rows, origins: Origins) -> Self:
        """Remember rows (M, D) and the part (M,) that each is from; at least two parts."""
        mean, whitening = _whitening(rows)
        white, origin = torch.from_numpy((rows - mean) @ whitening), torch.from_numpy(origins)
        return cls(mean, whitening, white, origin, _usual_distances(white, origin))

    def scores(self, cells: Rows) -> Rows:
        """How strange (N,) cells (N, D) are."""
        return self._scores(cells, torch.ones_like(self.origin, dtype=torch.bool))

    def left_out_scores(self, cells: Rows, origins: Origins) -> Rows:
        """How strange (N,) cells (N, D) are to all parts but those (N,) they are from."""
        found = np.zeros(len(cells), np.float32)
        for origin in np.unique(origins):
            own = origins == origin
            found[own] = self._scores(cells[own], self.origin != int(origin))
        return found

    def _scores(self, cells: Rows, among: torch.Tensor) -> Rows:
        queries = torch.from_numpy((cells - self.mean) @ self.whitening)
        distance, index = _nearest(queries, self.rows[among])
        found: Rows = (distance / self.usual[among][index]).numpy()
        return found

    def as_state(self) -> dict[str, torch.Tensor]:
        """Tensors for a saved detector."""
        arrays = {name: torch.from_numpy(getattr(self, name)) for name in ("mean", "whitening")}
        return {**arrays, **{name: getattr(self, name) for name in ("rows", "origin", "usual")}}

    @classmethod
    def from_state(cls, state: dict[str, Any]) -> Self:
        """What `as_state` gave, back as it was."""
        return cls(**{**state, "mean": state["mean"].numpy(), "whitening": state["whitening"].numpy()})


def _whitening(rows: Rows) -> tuple[Rows, Rows]:
    mean = rows.mean(0, dtype=np.float64)
    spread, axes = np.linalg.eigh(np.cov(rows.T.astype(np.float64)))
    floor = 1e-3 * spread.mean() + 1e-12
    return mean.astype(np.float32), (axes / np.sqrt(np.maximum(spread, 0) + floor)).astype(np.float32)


def _usual_distances(rows: torch.Tensor, origin: torch.Tensor) -> torch.Tensor:
    """For each row, the mean distance to other parts of the landmarks around it.

    A landmark is one of a few evenly chosen rows.
    """
    landmarks = torch.arange(0, len(rows), max(1, -(-len(rows) // _LANDMARKS)))
    away = torch.empty(len(landmarks))
    for one in torch.unique(origin[landmarks]):
        own = origin[landmarks] == one
        away[own] = _nearest(rows[landmarks[own]], rows[origin != one])[0]
    count = min(_NEIGHBOURS, len(landmarks))
    near = [
        torch.cdist(some, rows[landmarks]).topk(count, largest=False).indices
        for some in torch.split(rows, _AT_ONCE)
    ]
    return away[torch.cat(near)].mean(1) + _CALM * away.median() + 1e-6


def _nearest(queries: torch.Tensor, rows: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Distance and index of the row nearest to each query."""
    lengths = rows.square().sum(1)
    distances, indices = [torch.empty(0)], [torch.empty(0, dtype=torch.int64)]
    for some in torch.split(queries, _AT_ONCE):
        squared, index = torch.addmm(lengths, some, rows.T, alpha=-2).min(1)
        distances.append((squared + some.square().sum(1)).clamp_min(0).sqrt())
        indices.append(index)
    return torch.cat(distances), torch.cat(indices)
