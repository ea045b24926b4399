"""Features of one part on disk, as the training of the fusion block reads them."""

from __future__ import annotations

import pickle
from functools import cache
from pathlib import Path

import torch
from torch import Tensor

from core.atomic import replacing, unwritable
from core.backbones.fusion_block import XYZ_WIDTH
from core.backbones.rgb_patches import doubled
from core.errors import DataError
from core.memory.example_list import listed_examples, listed_item, listed_rows
from core.methods.m3dm.fusion_training import Layout
from core.patches import PatchFeatures
from core.phrase import say

Place = Path | tuple[Path, Path]
"""One file for both, or one for the points and one for the picture."""


def save_features(path: Path, xyz: Tensor, rgb: Tensor, *, is_half: bool = False) -> None:
    """Keep point patches (3136, 1152) and picture patches (784, 768), a third smaller than joined."""
    kind = torch.float16 if is_half else torch.float32
    try:
        with replacing(path) as aside:
            torch.save({"xyz": xyz.to(kind), "rgb": rgb.to(kind)}, aside)
    except OSError as problem:
        raise unwritable(path, problem) from problem


def feature_places(folder: Path) -> list[Place]:
    """The features of every part of a folder, or of the list that lies in it."""
    listed = listed_examples(folder)
    if listed is None:
        return [*sorted(folder.glob("*.pt"))]
    return [
        (listed_item(items, "xyz", folder), listed_item(items, "rgb", folder)) for items in listed.values()
    ]


def load_features(place: Place, layout: Layout = "aligned") -> tuple[Tensor, Tensor]:
    """Point patches (3136, 1152) and the picture patches at the same places (3136, 768), float32.

    Reads our own files and the joined (3136, 1920) tensors of the published program; `layout` tells how the
    rows of a joined file lie.
    """
    path = place if isinstance(place, Path) else place[0]
    try:
        if not isinstance(place, Path):
            return _both(*(torch.from_numpy(listed_rows(one)) for one in place))
        found = torch.load(path, weights_only=True, map_location="cpu")
        if isinstance(found, Tensor):
            xyz, rgb = found.float().tensor_split([XYZ_WIDTH], dim=1)
            return xyz, rgb if layout == "aligned" else rgb[_row_of_place(len(rgb))]
        return _both(found["xyz"], found["rgb"])
    except (
        OSError,
        EOFError,
        RuntimeError,
        KeyError,
        TypeError,
        ValueError,
        pickle.UnpicklingError,
    ) as problem:
        raise DataError(
            say("{path} does not hold the features of a part.", path=path),
            remedy=say("Save the features again, or remove the file."),
        ) from problem


def _both(xyz: Tensor, rgb: Tensor) -> tuple[Tensor, Tensor]:
    """Picture patches are kept on a grid of half the side."""
    side = round(len(rgb) ** 0.5)
    return xyz.float(), doubled(PatchFeatures(rgb.float(), (side, side))).values


def misplaced_patches(count: int) -> Tensor:
    """The image patch that the published program writes into each of `count` rows.

    Reference: row 784 j + i carries patch (4 i + j) mod 784 instead of the one at its place.
    """
    quarter = count // 4
    row = torch.arange(count)
    return (4 * (row % quarter) + row // quarter) % quarter


@cache
def _row_of_place(count: int) -> Tensor:
    """For each place the row of a misplaced file that carries its image patch."""
    quarter = count // 4
    side = round(quarter**0.5)
    row_of_patch = torch.empty(quarter, dtype=torch.int64)
    row_of_patch[misplaced_patches(count)] = torch.arange(count)
    own = PatchFeatures(torch.arange(quarter)[:, None], (side, side))
    return row_of_patch[doubled(own).values[:, 0]]
