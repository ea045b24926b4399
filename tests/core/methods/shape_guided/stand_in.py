"""The networks with stand-in weights, and the inputs of the golden vectors of this family."""

from __future__ import annotations

import json
from functools import cache

import numpy as np
import torch
from numpy.typing import NDArray

from core.backbones.sdf_net import SdfNetwork
from core.backbones.weights import weight_file, weights_folder
from core.backbones.wide_resnet import wide_resnet
from core.methods.shape_guided.colour import LAYERS
from tests.golden import fill
from tests.golden_vectors import folder, sizes

WRAPPED = {"sdf_expert": "sdf", "wide_resnet50_2_racm": "rgb"}


@cache
def keys_and_shapes(kind: str) -> dict[str, list[int]]:
    """Of the official checkpoint of "sdf" or "rgb"."""
    found: dict[str, list[int]] = json.loads((folder() / f"shape_layout_{kind}.json").read_text("utf-8"))
    return found


def tensors(kind: str) -> dict[str, torch.Tensor]:
    filled = fill.fill(keys_and_shapes(kind), sizes("shape")["salt"])
    return {name: torch.from_numpy(np.asarray(value)) for name, value in filled.items()}


def sdf_network() -> SdfNetwork:
    network = SdfNetwork()
    network.load_state_dict(tensors("sdf"), strict=True)
    return network.eval()


@cache
def colour_network() -> torch.nn.Module:
    network = wide_resnet(LAYERS)
    network.load_state_dict(tensors("rgb"), strict=True)
    return network.eval()


def write_official_files(*keys: str) -> None:
    """Put the files into the library of this test under their published names and in their wrappers."""
    weights_folder().mkdir(parents=True, exist_ok=True)
    for key in keys or WRAPPED:
        found = tensors(WRAPPED[key])
        content = {"sdf_model": found, "current_iteration": 0} if key == "sdf_expert" else found
        torch.save(content, weights_folder() / weight_file(key).names[0])


def dome(height: int, width: int, name: str, keep: float) -> NDArray[np.float32]:
    """A golden cloud (H, W, 3), zero outside of its middle."""
    whole = fill.cloud(height, width, name, sizes("shape")["salt"])
    rows, columns = np.mgrid[:height, :width].astype(np.float64)
    across, down = (columns / (width - 1) - 0.5) * 2, (rows / (height - 1) - 0.5) * 2
    whole[across**2 + down**2 > keep] = 0
    return np.asarray(whole)


def ragged(values: NDArray[np.integer], lengths: NDArray[np.integer]) -> list[NDArray[np.int64]]:
    """Lists that were laid end to end."""
    return np.split(values.astype(np.int64), np.cumsum(lengths)[:-1])
