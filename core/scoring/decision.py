"""One score from several: a linear one-class machine, fitted to the scores of normal parts.

M3DM (Wang et al., CVPR 2023), section 3.4: the decision layer.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

log = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class DecisionHead:
    """weights (S,) float32, one per stream of scores; the offset is kept but adds nothing to a score."""

    weights: NDArray[np.float32]
    offset: float
    rounds: int

    @classmethod
    def fit(
        cls, columns: NDArray[np.float32], *, nu: float = 0.5, most_rounds: int = 1000, seed: int = 42
    ) -> Self:
        """Learn from `columns` (N, S) of normal scores."""
        from sklearn.linear_model import SGDOneClassSVM

        machine = SGDOneClassSVM(nu=nu, max_iter=most_rounds, random_state=seed).fit(columns)
        weights = np.asarray(machine.coef_, np.float32).ravel()
        if (weights < 0).any():
            log.warning("the decision layer learnt a negative weight: %s", weights)
        return cls(weights, float(np.ravel(machine.offset_)[0]), int(machine.n_iter_))

    def __call__(self, columns: NDArray[np.float32]) -> NDArray[np.float32]:
        """Scores (...) of `columns` (..., S); higher is stranger.

        Reference: the machine's inner product itself is the anomaly score, because normal scores lie away
        from zero in the positive directions that it learns.
        """
        scores: NDArray[np.float32] = columns @ self.weights
        return scores
