"""Hand-made shape and colour patches on a grid of 56 x 56, with numpy alone.

Each stream looks at its own sensor alone: a part gets the same patches with and without the other one.
Numbers come as two, what is above zero and what is below: the imagining network gives nothing below zero.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from core.descriptors.colour_filters import colour_filters, opponent_colours
from core.descriptors.filters import Raster, smooth
from core.descriptors.levelled import levelled
from core.descriptors.local_quadrics import local_quadrics
from core.descriptors.pooling import averaged_array
from core.errors import DataError
from core.phrase import say
from core.sample import Sample

GRID, SIDE = 56, 224
SHAPE_MM = (1.2, 2.4, 4.8)
COLOUR_MM = (0.6, 1.2, 2.4, 4.8)
NOMINAL_MM = 120.0
"""The longer side of a raster whose unit nobody knows."""
USUAL_HEIGHT_MM, USUAL_CONTRAST = 0.15, 0.04
"""Brings numbers of shape and of colour to the order of one."""
STEEP = 1.0
"""Rise per run from which on a wall is hardly seen: what is measured there changes with the view."""
_LEAST_POINTS = 64
_LEAST_REST = np.log(np.float32(0.005))
_CELL = SIDE // GRID


def shape_rows(sample: Sample) -> Raster:
    """Features (3136, D); cells that see no point are zero rows."""
    if sample.xyz is None:
        raise DataError(
            say("{name} has no 3D cloud.", name=sample.name),
            remedy=say("Choose a method that needs colour only."),
        )
    rows, columns = (np.arange(SIDE) * side // SIDE for side in sample.xyz.shape[:2])
    xyz = sample.xyz[rows[:, None], columns]
    seen = np.isfinite(xyz).all(axis=-1)
    if seen.sum() < _LEAST_POINTS:
        raise DataError(
            say("There is no part to be seen in {name}.", name=sample.name),
            remedy=say("Check the scan and the background removal, or leave this part out."),
        )
    pixel_mm, to_mm = _scale(xyz, is_metric=sample.is_metric)
    height = levelled(xyz * np.float32(to_mm), seen)
    places = np.zeros(seen.shape, bool)
    places[_CELL // 2 :: _CELL, _CELL // 2 :: _CELL] = True
    body = seen.astype(np.float32)
    full = [smooth(body, radius / pixel_mm)[places] for radius in SHAPE_MM]
    shape: list[Raster] = []
    for radius in SHAPE_MM:
        *curves, rest = local_quadrics(height, seen, places, pixel_mm, radius)
        shape += [*(curve / USUAL_HEIGHT_MM for curve in curves), rest - _LEAST_REST]
    slope = shape[0] * USUAL_HEIGHT_MM / SHAPE_MM[0]
    trust = np.square(full[0].clip(0, 1)) / (1 + (slope / STEEP) ** 4)
    covered = averaged_array(body[None], GRID)[:, 0]
    found = np.stack([*_both_signs(shape), *full], -1) * (covered * trust)[:, None]
    return np.asarray(found, np.float32)


def colour_rows(sample: Sample) -> Raster:
    """Features (3136, D)."""
    if sample.rgb is None:
        raise DataError(
            say("{name} has no picture.", name=sample.name),
            remedy=say("Choose a method that needs the cloud only."),
        )
    small = Image.fromarray(sample.rgb).resize((SIDE, SIDE), Image.Resampling.BOX)
    colours = opponent_colours(np.asarray(small, np.float32) / np.float32(255))
    found = colour_filters(colours, NOMINAL_MM / SIDE, COLOUR_MM)
    contrasts = [plane / USUAL_CONTRAST for plane in found["colour_fine"]]
    picture = np.stack([*_both_signs(contrasts), *_both_signs(found["colour_coarse"])])
    return averaged_array(picture.astype(np.float32), GRID)


def _scale(xyz: NDArray[np.float32], *, is_metric: bool) -> tuple[float, float]:
    """Millimetres per pixel, and per unit of the cloud."""
    across = np.linalg.norm(np.diff(xyz, axis=1), axis=-1)
    across = across[np.isfinite(across) & (across > 0)]
    spacing = float(np.median(across)) if across.size else NOMINAL_MM / SIDE / 1000
    return (spacing * 1000, 1000.0) if is_metric else (NOMINAL_MM / SIDE, NOMINAL_MM / SIDE / spacing)


def _both_signs(planes: list[Raster]) -> list[Raster]:
    return [half for plane in planes for half in (np.maximum(plane, 0), np.maximum(-plane, 0))]
