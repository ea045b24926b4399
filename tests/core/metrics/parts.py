"""Scored parts for the property tests: ties, infinities and one label alone included."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

SCORE = st.one_of(
    st.integers(-3, 3).map(float),
    st.floats(allow_nan=False, allow_infinity=True),
)
ANY_PARTS = st.lists(st.tuples(SCORE, st.booleans()), min_size=1, max_size=25)
BOTH_LABELS = ANY_PARTS.filter(lambda rows: len({bad for _, bad in rows}) == 2)


def arrays(rows: list[tuple[float, bool]]) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Scores and truth of the parts."""
    scores, bad = zip(*rows, strict=True)
    return np.array(scores, np.float64), np.array(bad, bool)
