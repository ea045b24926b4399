"""Weight files under their official names and in their official wrappers, filled with stand-in numbers."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch

from core.backbones.weights import weight_file, weights_folder
from tests.golden import fill
from tests.golden_vectors import layout, sizes

LAYOUTS = {
    "vit_base_patch8_224_dino": "m3dm_vitb8",
    "point_mae": "m3dm_pointmae",
    "uff": "m3dm_uff",
}
WRAPPERS = {"point_mae": "base_model", "uff": "model"}


def write_official_files(*keys: str) -> None:
    """Put these files into the library of this test, all of M3DM's default ones where none is named."""
    for key in keys or LAYOUTS:
        weights = tensors(key)
        content: Mapping[str, Any] = {WRAPPERS[key]: weights} if key in WRAPPERS else weights
        torch.save(content, place(key))


def tensors(key: str) -> dict[str, torch.Tensor]:
    """What the file of that key holds."""
    filled = fill.fill(layout(LAYOUTS[key]), sizes("m3dm")["salt"])
    return {name: torch.from_numpy(np.asarray(value)) for name, value in filled.items()}


def place(key: str) -> Path:
    """Where the file of that key lies, under its published name."""
    weights_folder().mkdir(parents=True, exist_ok=True)
    return weights_folder() / weight_file(key).names[0]
