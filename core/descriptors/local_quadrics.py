"""The shape of a surface around chosen places, from the seen heights alone: nothing is filled in.

A quadratic surface is fitted around every place, with Gaussian weights. Lost points only lower the weight;
features of a filled height map would turn every gap at a steep wall into a step.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.descriptors.filters import Mask, Raster

Wide = NDArray[np.float64]

_POWERS = ((0, 0), (1, 0), (0, 1), (2, 0), (1, 1), (0, 2))
"""Powers of the steps down and across in a quadratic surface."""
_REACH = 3.5
_LEAST_RADIUS = 0.8
_CALM = np.diag([1e-6, 2e-4, 2e-4, 1e-3, 1e-3, 1e-3])
"""Pulls towards a level plane where hardly anything is seen."""
_ENOUGH = 0.3
"""Share of the surroundings that must be seen for curvatures to count in full."""
_FLAT_SLOPE = 0.02
_LEAST_REST_MM = 0.005


def local_quadrics(
    height: Raster, seen: Mask, places: Mask, pixel_mm: float, radius_mm: float
) -> list[Raster]:
    """Five features (N,) at `places` (H, W) of a regular grid, the same however the part is turned.

    Slope, mean curvature, difference of the curvatures and curvature along the slope are in millimetres of
    height at that radius; the last is the logarithm of what the surface leaves over.
    """
    radius = max(radius_mm / pixel_mm, _LEAST_RADIUS)
    surface, rest, share = _fitted(height, seen, places, radius)
    down, across, twice = surface[:, 1], surface[:, 2], surface[:, 4]
    bent_down, bent_across = 2 * surface[:, 3], 2 * surface[:, 5]
    steepness = np.square(down) + np.square(across)
    along = bent_down * down**2 + 2 * twice * down * across + bent_across * across**2
    curvatures = (
        bent_down + bent_across,
        np.hypot(bent_down - bent_across, 2 * twice),
        along / (steepness + (_FLAT_SLOPE * radius_mm) ** 2),
    )
    trust = np.minimum(1, share / _ENOUGH)
    found = [np.sqrt(steepness), *(trust * one for one in curvatures), np.log(rest + _LEAST_REST_MM)]
    return [one.astype(np.float32) for one in found]


def _fitted(height: Raster, seen: Mask, places: Mask, radius: float) -> tuple[Wide, Wide, Wide]:
    """Coefficients (N, 6) by powers of steps in radii, deviation from the surface (N,), share seen (N,)."""
    down = _weights(places.shape[0], np.flatnonzero(places.any(1)), radius)
    across = _weights(places.shape[1], np.flatnonzero(places.any(0)), radius)
    here = places[np.ix_(places.any(1), places.any(0))]
    full = 2 * np.pi * radius**2
    known = np.where(seen, height, 0).astype(np.float64)
    seen_down = [rows @ seen.astype(np.float64) for rows in down]
    known_down = [rows @ known for rows in down[:3]]
    moments = {(i, j): (seen_down[i] @ across[j].T)[here] / full for i in range(5) for j in range(5 - i)}
    heights = np.stack([(known_down[i] @ across[j].T)[here] for i, j in _POWERS], -1) / full
    squares = (down[0] @ np.square(known) @ across[0].T)[here] / full
    normal = np.stack([np.stack([moments[i + k, j + m] for k, m in _POWERS], -1) for i, j in _POWERS], -2)
    share = moments[0, 0]
    mean = heights[:, 0] / np.maximum(share, 1e-9)
    level = heights - mean[:, None] * normal[:, :, 0]
    surface: Wide = np.asarray(np.linalg.solve(normal + _CALM, level[..., None])[..., 0], np.float64)
    over = squares - mean**2 * share - np.einsum("nd,nd->n", surface, level)
    rest: Wide = np.sqrt(np.maximum(over, 0) / np.maximum(share, 1e-6))
    return surface, rest, share


def _weights(length: int, at: NDArray[np.intp], radius: float) -> list[Wide]:
    """Gaussian weights (places, length) around each place, times the powers 0 to 4 of the step in radii."""
    step = (np.arange(length) - at[:, None]) / radius
    weight = np.exp(-np.square(step) / 2) * (np.abs(step) < _REACH)
    return [weight * step**power for power in range(5)]
