"""The pictures of one part: those of the published programs, value for value, and one beside the truth."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from core.backbones.picture import network_array
from core.deployed.manifest import PictureInput
from core.sample import Sample
from core.score_map import ScoreMap

Bgr = NDArray[np.uint8]
"""(H, W, 3), blue first, as both programs write it."""
_SIDE = 224
_SHOWN, _GAP = 384, 8
"""Pixels of a panel and between two of them."""


def heat_picture(pixels: NDArray[np.floating[Any]]) -> Bgr:
    """`ad.png`: the map over its own range, in the rainbow called JET."""
    return _rainbow()[_levels(pixels)]


def original_picture(normalised: NDArray[np.floating[Any]]) -> Bgr:
    """`org.png`: what the network saw (3, H, W), over the range of all its values."""
    return np.ascontiguousarray(_levels(normalised).transpose(1, 2, 0)[..., ::-1])


def overlay_picture(heat: Bgr, original: Bgr) -> Bgr:
    """Both added, over their highest value."""
    added = heat.astype(np.float32) / 255 + original.astype(np.float32) / 255
    painted: Bgr = (255 * (added / max(float(added.max()), 1e-12))).astype(np.uint8)
    return painted


def _levels(values: NDArray[np.floating[Any]]) -> NDArray[np.uint8]:
    low, high = float(values.min()), float(values.max())
    steps: NDArray[np.uint8] = ((values - low) / max(high - low, 1e-12) * 255).astype(np.uint8)
    return steps


@cache
def _rainbow() -> NDArray[np.uint8]:
    """(256, 3), blue first: each colour rises, stays and falls with the same slope, a quarter later."""
    place = 4 * np.arange(256) / 255
    colours = [np.minimum(place - rise, rise + 3 - place).clip(0, 1) for rise in (-0.5, 0.5, 1.5)]
    table: Bgr = np.rint(255 * np.stack(colours, axis=1)).astype(np.uint8)
    return table


def seen_picture(sample: Sample, told: PictureInput | None) -> NDArray[np.float32]:
    """What the network saw (3, S, S); without a picture the depth, lighter where it is nearer."""
    side, how = (told.side, told.resampling) if told is not None else (_SIDE, "bilinear")
    seen: NDArray[np.float32] = network_array(_shown(sample), side, how)[0]
    return seen


def beside_picture(sample: Sample, score_map: ScoreMap, line: float | None) -> Bgr:
    """Input, map, what lies above the pixel line, and the truth, side by side; unknown ones are left out."""
    shown = _resized(_shown(sample))
    pixels = score_map.pixels
    high = max(float(pixels.max()), line or 0.0, 1e-12)
    heat = _rainbow()[(pixels.clip(0) / high * 255).astype(np.uint8)][..., ::-1]
    panels = [shown, (0.5 * shown + 0.5 * _resized(heat)).astype(np.uint8)]
    masks = [] if line is None else [pixels > line]
    masks += [] if sample.mask is None else [sample.mask]
    panels += [_resized(np.repeat((255 * mask.astype(np.uint8))[..., None], 3, axis=2)) for mask in masks]
    gap = np.full((_SHOWN, _GAP, 3), 255, np.uint8)
    spaced = [part for panel in panels for part in (panel, gap)][:-1]
    return np.ascontiguousarray(np.concatenate(spaced, axis=1)[..., ::-1])


def _shown(sample: Sample) -> NDArray[np.uint8]:
    """The picture of a part (H, W, 3); without one its cloud in grey."""
    if sample.rgb is not None:
        return sample.rgb
    assert sample.xyz is not None, "a part has a sensor"
    return np.repeat(_nearness(sample.xyz)[..., None], 3, axis=2)


def _nearness(xyz: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Grey (H, W), white for the nearest point, black where nothing was seen."""
    depth = xyz[..., 2]
    seen = np.isfinite(depth)
    grey = np.zeros(depth.shape, np.uint8)
    if seen.any():
        low, high = (float(value) for value in (depth[seen].min(), depth[seen].max()))
        grey[seen] = 55 + (200 * (high - depth[seen]) / max(high - low, 1e-12)).astype(np.uint8)
    return grey


def _resized(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    how = Image.Resampling.BILINEAR
    return np.asarray(Image.fromarray(np.ascontiguousarray(picture)).resize((_SHOWN, _SHOWN), how))
