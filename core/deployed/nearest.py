"""A memory of normal patches without torch: nearest rows, the score of the part, and the map."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from core.errors import DataError
from core.phrase import say
from core.score_map import ScoreMap
from core.scoring.linear_maps import spread
from core.scoring.smooth import smooth

Rows = NDArray[np.float32]
MEMORY = "memory.npy"
_ROWS_AT_ONCE = 8192


@dataclass(frozen=True, eq=False)
class NearestPatches:
    """rows (M, D) float32; `settings` are those of the manifest."""

    rows: Rows
    settings: Mapping[str, Any]

    @classmethod
    def open(cls, folder: Path, settings: Mapping[str, Any]) -> Self:
        """The memory that lies beside the graph."""
        try:
            return cls(np.load(folder / MEMORY, allow_pickle=False), settings)
        except (OSError, ValueError, EOFError) as problem:
            raise DataError(
                say("{name} is not the file that was exported.", name=folder / MEMORY),
                remedy=say("Copy the whole folder of the export again."),
            ) from problem

    def score(self, patches: Rows) -> ScoreMap:
        """Patches (N, D), row major over a square grid."""
        known = self.settings
        queries = ((patches - np.float32(known["mean"])) / np.float32(known["deviation"])).astype(np.float32)
        distances, nearest = self._nearest(queries)
        strangest = int(distances.argmax())
        whole = self._whole(queries[strangest], float(distances[strangest]), int(nearest[strangest]))
        side = math.isqrt(len(patches))
        pixels = spread(distances.reshape(side, side), known["map_size"])
        return ScoreMap(smooth(pixels, blur=known["blur"]), whole)

    def _nearest(self, queries: Rows) -> tuple[Rows, NDArray[np.int64]]:
        """Distance and index of the nearest row; candidates by matrix product, distances by differences."""
        best = np.full(len(queries), np.inf)
        index = np.zeros(len(queries), np.int64)
        wide = queries.astype(np.float64)
        for first in range(0, len(self.rows), _ROWS_AT_ONCE):
            rows = self.rows[first : first + _ROWS_AT_ONCE].astype(np.float64)
            table = np.einsum("md,md->m", rows, rows) / 2 - wide @ rows.T
            found = table.argmin(axis=1)
            apart = np.sqrt(np.square(wide - rows[found]).sum(axis=1))
            is_nearer = apart < best
            best = np.where(is_nearer, apart, best)
            index = np.where(is_nearer, found + first, index)
        return best.astype(np.float32), index

    def _whole(self, query: Rows, distance: float, nearest: int) -> float:
        """The largest distance, weighted by how far its patch is from rows around the nearest.

        PatchCore (Roth et al., CVPR 2022), equation 7, as in core/scoring/reweight.py.
        """
        known = self.settings
        score = distance / float(known["divisor"])
        to_nearest = np.square(self.rows.astype(np.float64) - self.rows[nearest]).sum(axis=1)
        around = np.argsort(to_nearest, kind="stable")[: known["neighbours"]]
        around = around[around != nearest][: known["neighbours"] - 1]
        if not len(around):
            return score
        apart = (
            np.sqrt(np.square(self.rows[around] - query.astype(np.float64)).sum(axis=1)) / known["divisor"]
        )
        root = self.rows.shape[1] ** 0.5
        total = float(np.exp(np.minimum((apart - score) / root, 700.0)).sum())
        return score * (1.0 - 1.0 / (total + float(known["offset"]) * math.exp(-score / root)))
