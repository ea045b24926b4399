"""The memory of normal patches and the exact distance to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Self

import numpy as np
import torch

from core.errors import DataError
from core.memory.coreset import coreset, kept_rows
from core.memory.metrics import Metric, distance_table, nearest_by
from core.memory.product import half_distances, least
from core.memory.sieve import Sieve
from core.monitor import Monitor
from core.phrase import say

_CELLS_AT_ONCE = 1 << 24
"""Largest table of queries by rows; 64 MB in single precision."""
_SIEVED_FROM = 4096
"""Rows from which looking for those that can be the nearest pays."""
_TRIAL = 128
"""Queries that show whether it does for the others; a search for fewer goes without."""
_FEW = 256
"""One row in so many may be left over, else the plain search is quicker."""
_ROUNDING = 1e-13
"""Error of a squared distance in double precision, as a share of the squared lengths."""


@dataclass(frozen=True, eq=False)
class MemoryBank:
    """rows (M, D) float32, all finite: the normal patches that were kept."""

    rows: torch.Tensor
    metric: Metric = "l2"
    _lengths: torch.Tensor = field(init=False, repr=False)

    def __post_init__(self) -> None:
        assert self.rows.ndim == 2
        if len(self.rows) == 0:
            raise nothing_to_remember()
        _refuse_unknown(self.rows)
        object.__setattr__(self, "_lengths", _squared_lengths(self.rows))

    @classmethod
    def build(
        cls,
        rows: torch.Tensor,
        keep_fraction: float,
        monitor: Monitor,
        *,
        eps: float | None = 0.9,
        seed: int = 0,
    ) -> Self:
        """Keep that fraction of `rows`, chosen as a coreset."""
        if len(rows) == 0:
            return cls(rows)
        _refuse_unknown(rows)
        chosen = coreset(rows, kept_rows(keep_fraction, len(rows)), monitor, eps=eps, seed=seed)
        return cls(rows[chosen.to(rows.device)])

    def __len__(self) -> int:
        return len(self.rows)

    def nearest(self, queries: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Distance (N,) float32 and index (N,) of the row nearest to each query (N, D).

        The lowest index wins a tie. Exact, and the same whether a query comes alone or among others: the
        matrix product only proposes, and distances are taken from direct differences.
        """
        _refuse_unknown(queries)
        if self.metric != "l2":
            return nearest_by(self.metric, queries, self.rows)
        distinct, back = _distinct(queries)
        winners = self._sieved(distinct) if self._can_sieve(distinct) else self._searched(distinct)
        parts = zip(self._split(distinct), self._split(winners), strict=True)
        distances = torch.cat([_direct(part, self.rows[rows]) for part, rows in parts])
        return distances.float()[back], winners[back]

    def neighbours(self, query: torch.Tensor, count: int) -> tuple[torch.Tensor, torch.Tensor]:
        """Distances and indices of the `count` rows nearest to one query (D,), nearest first.

        A smaller bank gives all its rows.
        """
        distances = self.apart(query, self.rows)
        order = torch.argsort(distances, stable=True)[:count]
        return distances[order].float(), order

    def apart(self, query: torch.Tensor, rows: torch.Tensor) -> torch.Tensor:
        """Distances (M,) of one query (D,) to rows (M, D)."""
        if self.metric in ("l1", "cos_dist"):
            return distance_table(self.metric, query[None], rows)[0]
        return torch.cat([_direct(query, part) for part in self._split(rows)])

    @cached_property
    def _sieve(self) -> Sieve:
        return Sieve.of(self.rows.numpy())

    def _can_sieve(self, queries: torch.Tensor) -> bool:
        is_large = len(self) >= _SIEVED_FROM and len(queries) > _TRIAL
        # A GPU has the whole product done sooner
        return is_large and self.rows.device.type == "cpu" and self._sieve.pays

    def _sieved(self, queries: torch.Tensor) -> torch.Tensor:
        """Index of the nearest row; the plain search takes over where the sieve holds little back."""
        winners = torch.full((len(queries),), -1)
        ends = [_TRIAL, *range(_TRIAL + self._queries_at_once(), len(queries), self._queries_at_once())]
        for first, end in pairwise([0, *ends, len(queries)]):
            some = slice(first, end)
            survives = self._sieve.survivors(queries[some].numpy(), self.rows.numpy())
            is_hard = np.count_nonzero(survives, axis=1) > len(self) // _FEW
            survives[is_hard] = False
            asked, row = np.divmod(np.flatnonzero(survives), len(self))
            found = self._nearest_of(queries[some], torch.from_numpy(asked), torch.from_numpy(row))
            winners[some] = torch.where(torch.from_numpy(is_hard), -1, found)
            if 2 * np.count_nonzero(is_hard) > len(is_hard):
                self._sieve.failures += 1
                break
        left = torch.nonzero(winners < 0)[:, 0]
        winners[left] = self._searched(queries[left])
        return winners

    def _searched(self, queries: torch.Tensor) -> torch.Tensor:
        """Index of the nearest row, among all."""
        parts = torch.split(queries, self._queries_at_once())
        return torch.cat([self._winners(part) for part in parts])

    def _winners(self, queries: torch.Tensor) -> torch.Tensor:
        """Index of the nearest row; where rounding could hide it, the search is repeated more precisely."""
        half = half_distances(self._lengths.float() / 2, queries, self.rows)  # (N, M)
        best, index = least(half)
        unit = 4 * torch.finfo(torch.float32).eps * self.rows.shape[1] ** 0.5
        margin = unit * (_squared_lengths(queries) + self._lengths.max()).float()
        half.scatter_(1, index[:, None], torch.inf)
        unsure = torch.nonzero(half.amin(1) <= best + margin)[:, 0]
        half.scatter_(1, index[:, None], best[:, None])
        for some in torch.split(unsure, self._queries_at_once()):
            asked, row = torch.nonzero(half[some] <= (best + margin)[some, None], as_tuple=True)
            if len(asked) <= len(some) * max(2, len(self) // _FEW):
                index[some] = self._nearest_of(queries[some], asked, row)
            else:
                index[some] = self._settled(queries[some])
        return index

    def _settled(self, queries: torch.Tensor) -> torch.Tensor:
        """The same in double precision; what even that cannot tell apart is compared directly."""
        parts = zip(self._split(self.rows), self._split(self._lengths), strict=True)
        table = torch.cat(
            [torch.addmm(lengths, queries.double(), rows.double().T, alpha=-2) for rows, lengths in parts], 1
        )
        rounding = _ROUNDING * (_squared_lengths(queries) + self._lengths.max())
        asked, row = torch.nonzero(table <= (table.amin(1) + rounding)[:, None], as_tuple=True)
        return self._nearest_of(queries, asked, row)

    def _nearest_of(self, queries: torch.Tensor, asked: torch.Tensor, row: torch.Tensor) -> torch.Tensor:
        """The nearest row of each query among pairs (P,) of a query and a row, compared directly."""
        pairs = zip(self._split(asked), self._split(row), strict=True)
        apart = torch.cat([_direct(queries[some], self.rows[those]) for some, those in pairs])
        least_apart = torch.full((len(queries),), torch.inf, dtype=apart.dtype, device=apart.device)
        least_apart.scatter_reduce_(0, asked, apart, "amin")
        tied = apart == least_apart[asked]
        first = torch.full((len(queries),), len(self), device=apart.device)
        return first.scatter_reduce_(0, asked[tied], row[tied], "amin")

    def _split(self, rows: torch.Tensor) -> tuple[torch.Tensor, ...]:
        """Pieces of something with one entry per row, small enough to work on in double precision."""
        return torch.split(rows, max(64, _CELLS_AT_ONCE // max(1024, self.rows.shape[1]) // 2))

    def _queries_at_once(self) -> int:
        return max(64, _CELLS_AT_ONCE // max(len(self), self.rows.shape[1]))


def nothing_to_remember() -> DataError:
    """The sentence for parts without a patch."""
    return DataError(
        say("There is not a single patch to remember."),
        remedy=say("Check that the normal parts have points and pixels, then train again."),
    )


def _squared_lengths(rows: torch.Tensor) -> torch.Tensor:
    """|row|^2 (N,) float64, without a double-precision copy of all rows."""
    return torch.cat([part.double().square().sum(1) for part in torch.split(rows, 4096)])


def _direct(left: torch.Tensor, right: torch.Tensor) -> torch.Tensor:
    """Distances (N,) float64 between rows, from their differences."""
    return (left.double() - right.double()).square().sum(-1).sqrt()


def _distinct(queries: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Every different query once, and where each of the given ones is found among them.

    Empty cells are all the same row, often half of a grid.
    """
    host = np.ascontiguousarray(queries.cpu().numpy())
    whole = host.view(np.dtype((np.void, host.dtype.itemsize * host.shape[1])))[:, 0]
    _, first, back = np.unique(whole, return_index=True, return_inverse=True)
    return queries[torch.from_numpy(first).to(queries.device)], torch.from_numpy(back).to(queries.device)


def _refuse_unknown(rows: torch.Tensor) -> None:
    """Raise DataError where a row holds NaN or infinity: it would be near to nothing and far from nothing."""
    if not all(bool(torch.isfinite(part).all()) for part in torch.split(rows, 65536)):
        raise DataError(
            say("Some features of this part are not numbers."),
            remedy=say("Check the part for broken points or values, or leave it out."),
        )
