"""How the learning rate moves while a network trains."""

from __future__ import annotations

import math


def warm_cosine(position: float, *, peak: float, floor: float = 0.0, warm_up: float, total: float) -> float:
    """The rate at `position` (epochs or steps): straight up to `peak`, then half a cosine down to `floor`."""
    if position < warm_up:
        return peak * position / warm_up
    done = (position - warm_up) / (total - warm_up) if total > warm_up else 1.0
    return floor + (peak - floor) * 0.5 * (1 + math.cos(math.pi * min(done, 1.0)))


def warm_constant(position: float, *, peak: float, warm_up: float) -> float:
    """The rate at `position` (epochs or steps): straight up to `peak`, then as it is."""
    return peak * position / warm_up if position < warm_up else peak
