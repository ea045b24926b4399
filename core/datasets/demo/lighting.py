"""How light falls on a surface: key and fill light, soft cast shadow, dark corners, gloss."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from core.datasets.demo.place import Field, Place
from core.datasets.demo.surface import Surface

KEY = np.array([-0.50, -0.55, 0.67], np.float32)
FILL = np.array([0.75, 0.35, 0.56], np.float32)
PANEL = np.array([-0.09, -0.12, 0.99], np.float32)
"""Directions to the lamps (x right, y down the picture, z up from the table); PANEL is mirrored by gloss."""
NEARNESS = 0.0016
"""How much brighter the key light is for each mm towards it."""


def lit(surface: Surface, place: Place) -> Field:
    """(H, W, 3) linear light that leaves each cell towards a camera overhead."""
    normal = normals(surface.height, place)
    openness = _openness(surface.height, place)
    key = (1 - 0.85 * cast_shadow(surface.height, place)) * _nearness(place)
    sky = (0.28 * openness + 0.16 * _facing(normal, FILL)) * (0.5 + 0.5 * openness)
    diffuse = sky + 1.12 * _facing(normal, KEY) * key
    glint = surface.gloss * (0.22 * _gleam(normal, KEY) * key + 0.07 * _gleam(normal, PANEL) * openness)
    light: Field = surface.albedo * diffuse[..., None] + glint[..., None]
    return light


def normals(height: Field, place: Place) -> Field:
    """(H, W, 3) unit normals in the table's frame."""
    down, across = np.gradient(height, np.float32(place.pitch_mm))
    normal = np.stack([-across, -down, np.ones_like(height)], -1)
    normal /= np.sqrt(np.einsum("hwc,hwc->hw", normal, normal))[..., None]
    return normal


def cast_shadow(height: Field, place: Place) -> Field:
    """(H, W) 0 in the light, 1 in the middle of the key light's shadow; soft far from what casts it."""
    stride = max(1, round(0.6 / place.pitch_mm))
    coarse, pitch = height[::stride, ::stride], place.pitch_mm * stride
    slope = float(KEY[2] / np.hypot(KEY[0], KEY[1]))
    away = KEY[:2] / np.hypot(KEY[0], KEY[1])
    shadow = np.zeros_like(coarse)
    for step in range(1, int(np.ceil(coarse.max() / slope / pitch)) + 1):
        reach = step * pitch
        above = shifted(coarse, away * step) - coarse - np.float32(slope * reach)
        shadow = np.maximum(shadow, above / np.float32(0.5 + 0.16 * reach))
    shadow = ndimage.gaussian_filter(np.clip(shadow, 0, 1), 0.35 / pitch)
    return _enlarged(shadow, stride, height.shape)


def blocked(height: Field, place: Place, lean: tuple[float, float]) -> NDArray[np.bool_]:
    """(H, W) True where a cell is hidden from an eye that lies `lean` (x, y) mm aside per mm of height."""
    hidden = np.zeros(height.shape, bool)
    run = float(np.hypot(*lean)) / place.pitch_mm
    for step in range(1, int(np.ceil(height.max() * run)) + 1):
        hidden |= shifted(height, np.array(lean) / np.hypot(*lean) * step) - height > np.float32(
            step / run + 0.1
        )
    return hidden


def shifted(values: Field, cells: NDArray[np.floating]) -> Field:
    """`values` as seen `cells` (x, y) further on; zero beyond the raster."""
    across, down = round(float(cells[0])), round(float(cells[1]))
    moved = np.zeros_like(values)
    rows, columns = values.shape
    moved[max(0, -down) : rows - max(0, down), max(0, -across) : columns - max(0, across)] = values[
        max(0, down) : rows + min(0, down), max(0, across) : columns + min(0, across)
    ]
    return moved


def _openness(height: Field, place: Place) -> Field:
    """How much of the sky a cell sees, judged by its height against its surroundings; about 1 on a plain."""
    stride = max(1, round(0.6 / place.pitch_mm))
    coarse = height[::stride, ::stride]
    depth = sum(
        np.clip(
            (ndimage.uniform_filter(coarse, max(1, round(reach / place.pitch_mm / stride))) - coarse) / reach,
            0,
            1,
        )
        for reach in (2.5, 7.0, 16.0)
    )
    wide = _enlarged(depth.astype(np.float32), stride, height.shape)
    fine = height - ndimage.uniform_filter(height, max(1, round(1.6 / place.pitch_mm)))
    openness: Field = np.clip(1 - 0.75 * wide + 0.35 * np.clip(fine, -0.8, 0.5), 0.1, 1.25).astype(np.float32)
    return openness


def _facing(normal: Field, direction: Field) -> Field:
    facing: Field = np.clip(normal @ (direction / float(np.linalg.norm(direction))), 0, None)
    return facing


def _gleam(normal: Field, lamp: Field) -> Field:
    """What a glossy surface mirrors of a lamp towards a camera overhead."""
    half = lamp / float(np.linalg.norm(lamp)) + np.array([0, 0, 1], np.float32)
    gleam: Field = _facing(normal, half) ** 48
    return gleam


def _nearness(place: Place) -> Field:
    rows, columns = (np.arange(length, dtype=np.float32) - length / 2 for length in place.shape)
    towards = columns[None, :] * KEY[0] + rows[:, None] * KEY[1]
    nearness: Field = 1 + np.float32(NEARNESS * place.pitch_mm) * towards.astype(np.float32)
    return nearness


def _enlarged(values: Field, stride: int, shape: tuple[int, ...]) -> Field:
    if stride == 1:
        return values
    rows, columns = (np.arange(length, dtype=np.float32) / stride for length in shape)
    first_row, first_column = rows.astype(np.int32), columns.astype(np.int32)
    next_row = np.minimum(first_row + 1, values.shape[0] - 1)
    next_column = np.minimum(first_column + 1, values.shape[1] - 1)
    down, across = (rows - np.floor(rows))[:, None], (columns - np.floor(columns))[None, :]
    tall = values[first_row] + (values[next_row] - values[first_row]) * down
    wide: Field = tall[:, first_column] + (tall[:, next_column] - tall[:, first_column]) * across
    return wide
