"""A rate with its count and a 95 % interval (Wilson 1927)."""

from __future__ import annotations

import math
from dataclasses import dataclass

_Z = 1.959963984540054
"""Two-sided 95 % quantile of the normal distribution."""


@dataclass(frozen=True)
class Rate:
    """`count` of `total`; all that is known of an empty total is that the rate lies between 0 and 1."""

    count: int
    total: int

    @property
    def value(self) -> float | None:
        """The rate itself, None of nothing."""
        return self.count / self.total if self.total else None

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval of the true rate."""
        if not self.total:
            return 0.0, 1.0
        share, spread = self.count / self.total, _Z**2 / self.total
        middle = share + spread / 2
        half = math.sqrt(spread * (share * (1 - share) + spread / 4))
        low = 0.0 if self.count == 0 else (middle - half) / (1 + spread)
        high = 1.0 if self.count == self.total else (middle + half) / (1 + spread)
        return low, high
