"""Soft steps, ridges and outlines that parts are composed of; all lengths in mm."""

from __future__ import annotations

import numpy as np

from core.datasets.demo.place import Field, Place


def rise(distance: Field, width: float) -> Field:
    """0 outside, 1 inside: a smooth flank of `width` centred where `distance` is zero."""
    t = np.clip(distance / np.float32(width) + np.float32(0.5), 0, 1)
    flank: Field = t * t * (3 - 2 * t)
    return flank


def ridge(distance: Field, width: float, flank: float) -> Field:
    """1 within `width` around where `distance` is zero, with flanks on both sides."""
    return rise(np.float32(width / 2) - np.abs(distance), flank)


def box(place: Place, half_x: float, half_y: float, corner: float) -> Field:
    """Signed distance to a rounded rectangle, positive inside."""
    dx = np.abs(place.x) - np.float32(half_x - corner)
    dy = np.abs(place.y) - np.float32(half_y - corner)
    outside = np.hypot(np.maximum(dx, 0), np.maximum(dy, 0))
    return np.float32(corner) - outside - np.minimum(np.maximum(dx, dy), 0)


def disc(place: Place, x: float, y: float, radius: float) -> Field:
    """Signed distance to a disc, positive inside."""
    inside: Field = np.float32(radius) - np.hypot(place.x - np.float32(x), place.y - np.float32(y))
    return inside


def blend(base: Field, other: Field | np.ndarray[tuple[int], np.dtype[np.float32]], share: Field) -> Field:
    """`base` (H, W, 3) turned into `other` (H, W, 3) or (3,) by `share` (H, W)."""
    return base + (other - base) * share[..., None]
