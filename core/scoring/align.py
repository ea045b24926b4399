"""Brings the map of one expert to the scale of another.

Chu et al., ICML 2023, section 3.4: both maps of normal parts get the same mean and the same spread.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

Map = NDArray[np.float32]


@dataclass(frozen=True)
class Alignment:
    """A map of the first expert becomes weight * map + bias on the scale of the second."""

    weight: float = 1.0
    bias: float = 0.0

    @classmethod
    def fit(cls, maps: Sequence[Map], onto: Sequence[Map]) -> Self:
        """From the maps of both experts for normal parts; pixels of exactly zero do not count.

        Where the first expert says the same everywhere, it says nothing: its weight is zero.
        """
        mean, deviation = _moments(maps)
        other_mean, other_deviation = _moments(onto)
        weight = other_deviation / deviation if deviation > 0 else 0.0
        return cls(weight, other_mean - weight * mean)

    def __call__(self, pixels: Map) -> Map:
        """The aligned map, nowhere below zero."""
        aligned: Map = np.maximum(pixels * np.float32(self.weight) + np.float32(self.bias), 0).astype(
            np.float32
        )
        return aligned


def _moments(maps: Sequence[Map]) -> tuple[float, float]:
    values = np.concatenate([pixels[pixels != 0] for pixels in maps]).astype(np.float64)
    return (float(values.mean()), float(values.std())) if values.size else (0.0, 0.0)
