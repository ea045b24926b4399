"""The few rows nearest to each of many queries, exact in their order."""

from __future__ import annotations

import torch
from torch import Tensor

_SPARE = 6
"""Candidates beyond the wanted ones that the matrix product proposes."""
_CELLS_AT_ONCE = 1 << 24


def several_nearest(rows: Tensor, queries: Tensor, count: int) -> tuple[Tensor, Tensor]:
    """Distances (N, k) float64 and indices (N, k) of the rows (M, D) nearest to each of queries (N, D).

    Nearest first; k is `count`, or M where there are fewer rows; the lowest index wins a tie. The matrix
    product only proposes: distances are direct differences, and where its rounding could hide a row, all are
    compared.
    """
    count = min(count, len(rows))
    lengths = rows.double().square().sum(1)
    found = [
        _nearest_of_some(rows, lengths, part, count)
        for part in torch.split(queries, max(1, _CELLS_AT_ONCE // max(len(rows), 1)))
    ]
    if not found:
        return torch.zeros(0, count, dtype=torch.float64), torch.zeros(0, count, dtype=torch.int64)
    return torch.cat([distances for distances, _ in found]), torch.cat([index for _, index in found])


def _nearest_of_some(rows: Tensor, lengths: Tensor, queries: Tensor, count: int) -> tuple[Tensor, Tensor]:
    half = torch.addmm((lengths / 2).to(queries.dtype), queries, rows.T, alpha=-1)  # (N, M), |b|^2/2 - q.b
    proposed, index = half.topk(min(count + _SPARE, len(rows)), dim=1, largest=False)
    squared, index = _sorted(_direct(queries[:, None], rows[index]), index)
    if index.shape[1] < len(rows):
        own = queries.double().square().sum(1)
        rounding = 4 * torch.finfo(queries.dtype).eps * rows.shape[1] ** 0.5 * (own + lengths.max())
        unseen = 2 * proposed[:, -1].double() + own - 2 * rounding
        for query in torch.nonzero(unseen <= squared[:, count - 1])[:, 0].tolist():
            squared[query], index[query] = _all_compared(queries[query], rows, squared.shape[1])
    return squared[:, :count].sqrt(), index[:, :count]


def _all_compared(query: Tensor, rows: Tensor, count: int) -> tuple[Tensor, Tensor]:
    squared = torch.cat([_direct(query, part) for part in torch.split(rows, 8192)])
    order = torch.argsort(squared, stable=True)[:count]
    return squared[order], order


def _sorted(squared: Tensor, index: Tensor) -> tuple[Tensor, Tensor]:
    """By distance, and among equals by index."""
    index, by_index = index.sort(dim=1)
    squared, by_distance = squared.gather(1, by_index).sort(dim=1, stable=True)
    return squared, index.gather(1, by_distance)


def _direct(left: Tensor, right: Tensor) -> Tensor:
    return (left.double() - right.double()).square().sum(-1)
