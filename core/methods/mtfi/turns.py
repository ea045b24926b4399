"""Examples seen another way round: hand-made features turn with the raster that they are taken from."""

from __future__ import annotations

import torch
from torch import Tensor

_CELL = 4
"""Pixels of a raster per cell of the features."""
_FARTHEST = 6
"""Cells of a shift; what leaves on one side comes in on the other."""

Example = tuple[Tensor, Tensor]


def turned(example: Example, drawn: torch.Generator) -> Example:
    """A raster (3, H, W) and the features (N, D) that belong to it: turned, mirrored and shifted alike.

    Features are the same however the part lies: they change their places, not their values. So do the points
    of a cloud, whose coordinates stay those of the scan: for networks that look at heights alone.
    """
    raster, rows = example
    side = round(len(rows) ** 0.5)
    grid = rows.T.reshape(-1, side, side)
    quarters, mirrored = _number(4, drawn), bool(_number(2, drawn))
    down, across = (_number(2 * _FARTHEST + 1, drawn) - _FARTHEST for _ in range(2))
    moved = []
    for picture, step in ((raster, _CELL), (grid, 1)):
        picture = torch.rot90(picture, quarters, (1, 2))
        picture = picture.flip(2) if mirrored else picture
        moved.append(picture.roll((step * down, step * across), (1, 2)))
    return moved[0], moved[1].flatten(1).T


def _number(below: int, drawn: torch.Generator) -> int:
    return int(torch.randint(below, (1,), generator=drawn))
