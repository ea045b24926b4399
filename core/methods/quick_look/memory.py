"""A bank of normal cells that knows how strange each place of it is to the other parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import torch

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

    def __call__(self, rows: Rows) -> Rows:
        """Rows (N, D) on this scale."""
        squashed = np.arcsinh((rows - self.middle) / self.usual_size)
        scaled: Rows = (squashed - self.mean) @ self.whitening
        return scaled


@dataclass(frozen=True, eq=False)
class PartMemory:
    """Scaled rows (M, D) of normal cells, the part (M,) each is from, and its usual distance (M,).

    The usual distance is what cells like it hardly exceed to the nearest row of *another* part: large at
    edges, small on plain surfaces. A score is a distance divided by it.
    """

    scale: Scale
    rows: Rows
    origin: Origins
    usual: Rows

    @classmethod
    def build(cls, rows: Rows, origins: Origins) -> Self:
        """Remember rows (M, D) and the part (M,) that each is from; at least two parts."""
        scale = Scale.of(rows)
        scaled = scale(rows)
        return cls(scale, scaled, origins, _usual_distances(scaled, origins))

    def scores(self, cells: Rows) -> Rows:
        """How strange (N,) cells (N, D) are."""
        return self._scores(cells, np.ones(len(self.origin), bool))

    def left_out_scores(self, cells: Rows, origins: Origins) -> Rows:
        """How strange (N,) cells (N, D) are to all parts but those (N,) they are from."""
        found = np.zeros(len(cells), np.float32)
        for origin in np.unique(origins):
            own = origins == origin
            found[own] = self._scores(cells[own], self.origin != origin)
        return found

    def _scores(self, cells: Rows, among: NDArray[np.bool_]) -> Rows:
        distance, index = _nearest(self.scale(cells), self.rows[among])
        found: Rows = distance / self.usual[among][index]
        return found

    def as_arrays(self) -> dict[str, NDArray[Any]]:
        """Everything, by names."""
        return {**vars(self.scale), "rows": self.rows, "origin": self.origin, "usual": self.usual}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> Self:
        """The inverse of `as_arrays`."""
        scale = Scale(**{entry.name: arrays[entry.name] for entry in fields(Scale)})
        return cls(scale, arrays["rows"], arrays["origin"], arrays["usual"])

    def as_state(self) -> dict[str, torch.Tensor]:
        """Tensors for a saved detector."""
        import torch

        return {name: torch.from_numpy(array) for name, array in self.as_arrays().items()}

    @classmethod
    def from_state(cls, state: dict[str, torch.Tensor]) -> Self:
        """What `as_state` gave, back as it was."""
        return cls.from_arrays({name: tensor.numpy() for name, tensor in state.items()})


def _usual_distances(rows: Rows, origin: Origins) -> Rows:
    """For each row, the distance to other parts that the landmarks around it hardly exceed.

    A landmark is one of a few evenly chosen rows.
    """
    import torch

    landmarks = np.arange(0, len(rows), max(1, -(-len(rows) // _LANDMARKS)))
    away = np.empty(len(landmarks), np.float32)
    for one in np.unique(origin[landmarks]):
        own = origin[landmarks] == one
        away[own] = _nearest(rows[landmarks[own]], rows[origin != one])[0]
    count = min(_NEIGHBOURS, len(landmarks))
    marks = torch.from_numpy(rows[landmarks])
    near = [
        torch.cdist(some, marks).topk(count, largest=False).indices
        for some in torch.split(torch.from_numpy(rows), _AT_ONCE)
    ]
    around = torch.from_numpy(away)[torch.cat(near)]
    usual: Rows = (
        around.mean(1)
        + _DEVIATIONS * around.std(1, correction=0)
        + _CALM * torch.from_numpy(away).median()
        + 1e-6
    ).numpy()
    return usual


def _nearest(queries: Rows, rows: Rows) -> tuple[Rows, NDArray[np.int64]]:
    """Distance and index of the row nearest to each query."""
    lengths = np.square(rows).sum(axis=1)
    distances = np.empty(len(queries), np.float32)
    indices = np.empty(len(queries), np.int64)
    for first in range(0, len(queries), _AT_ONCE):
        some = queries[first : first + _AT_ONCE]
        table = some @ rows.T
        np.subtract(lengths, np.multiply(table, 2, out=table), out=table)
        index = table.argmin(axis=1)
        squared = table[np.arange(len(some)), index] + np.square(some).sum(axis=1)
        distances[first : first + len(some)] = np.sqrt(np.maximum(squared, 0))
        indices[first : first + len(some)] = index
    return distances, indices
