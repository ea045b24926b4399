"""The two memories: codes of normal patches, and the colour cells that belong to each of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Self

import numpy as np
import torch
from numpy.typing import NDArray

from core.methods.shape_guided.cells import GRID, Cells
from core.methods.shape_guided.cut import Points

CELLS = GRID * GRID
_ARRAYS = ("members", "ends", "patches_until")
_ROWS = ("codes", "colours", "spread", "places")


@dataclass(frozen=True, eq=False)
class Memories:
    """codes (M, D) of all normal patches, part after part; colours (R, C), those cells that some patch has.

    The colour rows of patch m are members[ends[m - 1] : ends[m]]. `patches_until` (parts,) tells
    where each part ends. `spread` (C,) is what colours were divided by, if by anything. `places` (M, 3)
    tells where on its part each patch lies, where that counts.
    """

    codes: torch.Tensor
    members: NDArray[np.int64]
    ends: NDArray[np.int64]
    patches_until: NDArray[np.int64]
    colours: torch.Tensor | None = None
    spread: torch.Tensor | None = None
    places: torch.Tensor | None = None

    def guided(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """The colour rows, rising, of these patches (any shape)."""
        wanted = np.unique(rows)
        starts = self.ends[wanted - 1] * (wanted > 0)
        lists = [self.members[a:b] for a, b in zip(starts, self.ends[wanted], strict=True)]
        return np.unique(np.concatenate(lists))

    def patches_of(self, part: int) -> slice:
        """The code rows of that part."""
        return slice(int(self.patches_until[part - 1]) if part else 0, int(self.patches_until[part]))

    def on(self, device: str) -> Self:
        """The same with its rows on that device."""
        rows = {name: getattr(self, name) for name in _ROWS}
        return replace(self, **{name: row.to(device) for name, row in rows.items() if row is not None})

    def state(self) -> dict[str, Any]:
        """Tensors only."""
        arrays = {name: torch.from_numpy(getattr(self, name)) for name in _ARRAYS}
        return {**arrays, **{name: getattr(self.on("cpu"), name) for name in _ROWS}}

    @classmethod
    def from_state(cls, state: Mapping[str, Any]) -> Self:
        """The inverse of `state`."""
        arrays = {name: state[name].numpy() for name in _ARRAYS}
        return cls(**arrays, **{name: state[name] for name in _ROWS if name in state})


def kept_cells(cells: Sequence[Cells], total: int) -> NDArray[np.int64]:
    """The memory row of each of `total` cells; -1 for those that no patch has."""
    row = np.full(total, -1, np.int64)
    named = np.unique(np.concatenate(cells))
    row[named] = np.arange(len(named))
    return row


@dataclass
class Remembered:
    """What was learnt so far, part after part."""

    _codes: list[torch.Tensor] = field(default_factory=list)
    _members: list[Cells] = field(default_factory=list)
    _colours: list[torch.Tensor] = field(default_factory=list)
    _places: list[torch.Tensor] = field(default_factory=list)
    _held: int = 0

    def take(
        self,
        codes: torch.Tensor,
        cells: Sequence[Cells],
        colours: torch.Tensor | None,
        places: Points | None = None,
    ) -> None:
        """Remember a part: codes (S, D), the cells of each patch, and the features (784, C) of all cells.

        `places` (S, 3) where it counts where on the part a patch lies.
        """
        self._codes.append(codes.cpu())
        if places is not None:
            self._places.append(torch.from_numpy(np.ascontiguousarray(places, np.float32)))
        if colours is None:
            return
        row = kept_cells(cells, CELLS)
        self._members += [row[own] + self._held for own in cells]
        self._colours.append(colours[torch.from_numpy(row >= 0)].clone())
        self._held += len(self._colours[-1])

    def memories(self, *, is_scaled: bool) -> Memories:
        """Both memories; `is_scaled` divides each colour feature by its deviation."""
        codes = torch.cat(self._codes)
        until = np.cumsum([len(part) for part in self._codes])
        places = torch.cat(self._places) if self._places else None
        if not self._colours:
            nothing = np.zeros(0, np.int64), np.zeros(len(codes), np.int64)
            return Memories(codes, *nothing, until, places=places)
        colours = torch.cat(self._colours)
        spread = None
        if is_scaled:
            spread = colours.double().std(dim=0, correction=0).float()
            spread = torch.where(spread > 0, spread, 1)
            colours = colours / spread
        members, ends = np.concatenate(self._members), np.cumsum([len(own) for own in self._members])
        return Memories(codes, members, ends, until, colours, spread, places)
