"""A bank of normal cells that knows how strange each place of it is to the other parts."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Self

import numpy as np
import torch
from numpy.typing import NDArray

Rows = NDArray[np.float32]
Origins = NDArray[np.int64]

_AT_ONCE = 512
_NEIGHBOURS = 32
_LANDMARKS = 4000
_LINEAR = 2.0
"""Up to so many usual sizes a feature counts in full, beyond by its logarithm."""
_LEAST_SPREAD = 1e-3
_DEVIATIONS = 2.0
_CALM = 0.25
"""Share of the usual distance added everywhere, so that very uniform places do not shout."""


@dataclass(frozen=True, eq=False)
class Scale:
    """How features (D,) become comparable: centred, squashed beyond their usual size, whitened (D, D).

    Without squashing, the few steep edges of a part decide what is small, and a faint dent in a plain
    surface counts for nothing.
    """

    middle: Rows
    usual_size: Rows
    mean: Rows
    whitening: Rows

    @classmethod
    def of(cls, rows: Rows) -> Self:
        """The scale of rows (M, D)."""
        middle = np.median(rows, axis=0)
        usual_size = _LINEAR * np.median(np.abs(rows - middle), axis=0) + np.float32(1e-6)
        squashed = np.arcsinh((rows - middle) / usual_size)
        mean = squashed.mean(0, dtype=np.float64)
        spread, axes = np.linalg.eigh(np.atleast_2d(np.cov(squashed.T.astype(np.float64))))
        floor = _LEAST_SPREAD * spread.mean() + 1e-12
        whitening = (axes / np.sqrt(np.maximum(spread, 0) + floor)).astype(np.float32)
        return cls(middle, usual_size, mean.astype(np.float32), whitening)

    def __call__(self, rows: Rows) -> torch.Tensor:
        """Rows (N, D) on this scale."""
        squashed = np.arcsinh((rows - self.middle) / self.usual_size)
        return torch.from_numpy((squashed - self.mean) @ self.whitening)


@dataclass(frozen=True, eq=False)
class PartMemory:
    """Scaled rows (M, D) of normal cells, the part (M,) each is from, and its usual distance (M,).

    The usual distance is what cells like it hardly exceed to the nearest row of *another* part: large at
    edges, small on plain surfaces. A score is a distance divided by it.
    """

    scale: Scale
    rows: torch.Tensor
    origin: torch.Tensor
    usual: torch.Tensor

    @classmethod
    def build(cls, rows: Rows, origins: Origins) -> Self:
        """Remember rows (M, D) and the part (M,) that each is from; at least two parts."""
        scale, origin = Scale.of(rows), torch.from_numpy(origins)
        scaled = scale(rows)
        return cls(scale, scaled, origin, _usual_distances(scaled, origin))

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
        distance, index = _nearest(self.scale(cells), self.rows[among])
        found: Rows = (distance / self.usual[among][index]).numpy()
        return found

    def as_state(self) -> dict[str, torch.Tensor]:
        """Tensors for a saved detector."""
        scale = {name: torch.from_numpy(array) for name, array in vars(self.scale).items()}
        return {**scale, "rows": self.rows, "origin": self.origin, "usual": self.usual}

    @classmethod
    def from_state(cls, state: dict[str, torch.Tensor]) -> Self:
        """What `as_state` gave, back as it was."""
        scale = Scale(**{entry.name: state[entry.name].numpy() for entry in fields(Scale)})
        return cls(scale, state["rows"], state["origin"], state["usual"])


def _usual_distances(rows: torch.Tensor, origin: torch.Tensor) -> torch.Tensor:
    """For each row, the distance to other parts that the landmarks around it hardly exceed.

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
    around = away[torch.cat(near)]
    unrest = around.std(1, correction=0)
    return around.mean(1) + _DEVIATIONS * unrest + _CALM * away.median() + 1e-6


def _nearest(queries: torch.Tensor, rows: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Distance and index of the row nearest to each query."""
    lengths = rows.square().sum(1)
    distances, indices = [torch.empty(0)], [torch.empty(0, dtype=torch.int64)]
    for some in torch.split(queries, _AT_ONCE):
        squared, index = torch.addmm(lengths, some, rows.T, alpha=-2).min(1)
        distances.append((squared + some.square().sum(1)).clamp_min(0).sqrt())
        indices.append(index)
    return torch.cat(distances), torch.cat(indices)
