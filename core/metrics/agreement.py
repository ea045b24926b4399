"""Where two models say the same of parts and where not, each judged by its own threshold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Counts = tuple[tuple[int, int], tuple[int, int]]
"""((both OK, only B says NG), (only A says NG, both NG))."""


@dataclass(frozen=True, eq=False)
class Agreement:
    """Parts with a score from both models: numbers (N,) and scores (N,), the line of each model.

    `left_out` are the parts that one of them has not judged; together they are all parts asked for.
    """

    ids: NDArray[np.int64]
    a: NDArray[np.float64]
    b: NDArray[np.float64]
    line_a: float
    line_b: float
    left_out: tuple[int, ...] = ()

    @classmethod
    def of(
        cls,
        parts: Sequence[int],
        scores_a: Mapping[int, float],
        line_a: float,
        scores_b: Mapping[int, float],
        line_b: float,
    ) -> Agreement:
        """Set side by side what both have scored, in the order of `parts`."""
        both = [part for part in parts if part in scores_a and part in scores_b]
        kept = set(both)
        return cls(
            np.array(both, np.int64),
            np.array([scores_a[part] for part in both], np.float64),
            np.array([scores_b[part] for part in both], np.float64),
            line_a,
            line_b,
            tuple(part for part in parts if part not in kept),
        )

    @property
    def counts(self) -> Counts:
        """How many parts lie in each cell; a score at the line is OK."""
        found = [[len(self.in_cell(a_ng, b_ng)) for b_ng in (False, True)] for a_ng in (False, True)]
        return (found[0][0], found[0][1]), (found[1][0], found[1][1])

    def in_cell(self, a_ng: bool, b_ng: bool) -> tuple[int, ...]:
        """The parts of one cell."""
        inside = ((self.a > self.line_a) == a_ng) & ((self.b > self.line_b) == b_ng)
        return tuple(self.ids[inside].tolist())

    def between(self, across: tuple[float, float], up: tuple[float, float]) -> tuple[int, ...]:
        """The parts whose scores lie in a rectangle, ends included."""
        inside = (across[0] <= self.a) & (self.a <= across[1]) & (up[0] <= self.b) & (self.b <= up[1])
        return tuple(self.ids[inside].tolist())

    @property
    def disagreements(self) -> tuple[int, ...]:
        """The parts on which they differ, the widest apart first.

        How far apart is told in spreads of each model's own scores, because their scales have nothing in
        common.
        """
        differ = np.flatnonzero((self.a > self.line_a) != (self.b > self.line_b))
        apart = np.abs(_from_line(self.a, self.line_a) - _from_line(self.b, self.line_b))[differ]
        order = np.lexsort((self.ids[differ], -apart))
        return tuple(self.ids[differ[order]].tolist())


def _from_line(scores: NDArray[np.float64], line: float) -> NDArray[np.float64]:
    finite = scores[np.isfinite(scores)]
    spread = float(finite.std()) if finite.size else 0.0
    return np.nan_to_num((scores - line) / (spread or 1.0))
