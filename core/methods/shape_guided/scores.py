"""What the two experts say of one part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from core.memory.several_nearest import several_nearest
from core.memory.sparse_code import rebuilt
from core.methods.shape_guided.cells import GRID, Cells
from core.methods.shape_guided.config import ShapeGuidedConfig
from core.methods.shape_guided.cut import Points
from core.methods.shape_guided.expert import Distances
from core.methods.shape_guided.memories import CELLS, Memories
from core.scoring.upsample import upsample

Map = NDArray[np.float32]
_OFFSET = 1e-12
"""Reference: added to every difference before its length is taken."""


@dataclass(frozen=True, eq=False)
class ShapeScore:
    """Memory rows (S, k) of similar normal patches, the codes (S, D) rebuilt from them, and how far off."""

    neighbours: NDArray[np.int64]
    codes: torch.Tensor
    whole: float


@dataclass(frozen=True, eq=False)
class ColourScore:
    """The score of the part, and the map over the small raster."""

    whole: float
    pixels: Map


def near_rows(rows: torch.Tensor, queries: torch.Tensor, count: int, *, drops_first: bool) -> torch.Tensor:
    """Rows (N, k) nearest to each query; `drops_first` leaves out the nearest, which is the query itself.

    Fewer where there are fewer; a memory of one row keeps it.
    """
    _, index = several_nearest(rows, queries, count + drops_first)
    return index[:, 1:] if drops_first and index.shape[1] > 1 else index[:, :count]


def score_shape(
    memories: Memories,
    codes: torch.Tensor,
    config: ShapeGuidedConfig,
    places: Points | None = None,
    *,
    drops_first: bool = False,
    without: slice | None = None,
) -> ShapeScore:
    """How well normal patches explain the codes (S, D) at `places` (S, 3); `without` leaves rows out."""
    rows, wanted = memories.codes, codes.to(memories.codes)
    kept, asked = rows, wanted
    if memories.places is not None and places is not None:
        here = torch.from_numpy(np.ascontiguousarray(places, np.float32)).to(wanted)
        kept = torch.cat([rows, config.place_weight * memories.places], dim=1)
        asked = torch.cat([wanted, config.place_weight * here], dim=1)
    if without is None:
        index = near_rows(kept, asked, config.k_number, drops_first=drops_first)
    else:
        others = torch.ones(len(rows), dtype=torch.bool, device=rows.device)
        others[without] = False
        left = torch.nonzero(others)[:, 0]
        index = left[near_rows(kept[left], asked, config.k_number, drops_first=False)]
    explained = rebuilt(wanted, rows[index], config.dict_n_component)
    off = (wanted.double() - explained + _OFFSET).square().sum(dim=1).sqrt()
    return ShapeScore(index.cpu().numpy(), explained.to(wanted), float(off.max()))


def least_on_pixels(distances: Distances, pixels: NDArray[np.int64], size: int) -> Map:
    """The least of the distances (S, P) that fall on each pixel of a raster (size, size); zero where none."""
    least = torch.full((size * size,), torch.inf)
    values = torch.from_numpy(np.ascontiguousarray(distances, np.float32).ravel())
    least.scatter_reduce_(0, torch.from_numpy(pixels.ravel()), values, "amin")
    found: Map = torch.where(least.isinf(), 0.0, least).reshape(size, size).numpy()
    return found


def score_colour(
    memories: Memories,
    neighbours: NDArray[np.int64],
    cells: Sequence[Cells],
    colours: torch.Tensor,
    config: ShapeGuidedConfig,
    *,
    drops_first: bool = False,
) -> ColourScore:
    """How well the colour cells of similar patches explain those of the part (784, C).

    Reference: one dictionary for the whole part. "patch" gives each patch its own; a cell then takes the best
    explanation of all its patches.
    """
    assert memories.colours is not None
    if config.dictionary == "image":
        groups = [(np.unique(np.concatenate(cells)), memories.guided(neighbours))]
    else:
        groups = [(own, memories.guided(rows)) for own, rows in zip(cells, neighbours, strict=True)]
    grid = torch.full((CELLS,), torch.inf)
    for own, dictionary in groups:
        atoms, wanted = memories.colours[torch.from_numpy(dictionary)], colours[torch.from_numpy(own)]
        off = _unexplained(atoms, wanted.to(atoms), config, drops_first=drops_first).cpu()
        grid[own] = torch.minimum(grid[own], off)
    grid = torch.where(grid.isinf(), 0.0, grid)
    size = (config.image_size, config.image_size)
    return ColourScore(float(grid.max()), upsample(grid, (GRID, GRID), size))


def _unexplained(
    atoms: torch.Tensor, wanted: torch.Tensor, config: ShapeGuidedConfig, *, drops_first: bool
) -> torch.Tensor:
    """What is left (N,) of the wanted rows (N, C) beside the atoms (R, C)."""
    index = near_rows(atoms, wanted, config.rgb_neighbours, drops_first=drops_first)
    if config.rgb_method == "nearest":
        explained = atoms[index[:, 0]].double()
    else:
        explained = rebuilt(wanted, atoms[index], config.dict_n_component)
    return (wanted.double() - explained).square().sum(dim=1).sqrt().float()
