"""Rows rebuilt from a few others, without torch; as core/memory/sparse_code.py and several_nearest.py."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.float32]
Wide = NDArray[np.float64]
Indices = NDArray[np.int64]
LEAST_SQUARE = float(np.finfo(np.float32).eps)
_SPARE = 6
_NUMBERS_AT_ONCE = 1 << 22


def several_nearest(rows: Rows, queries: Rows, count: int) -> Indices:
    """Indices (N, k) of the rows (M, D) nearest to each of queries (N, D), nearest first, k at most M."""
    count = min(count, len(rows))
    half = np.square(rows, dtype=np.float64).sum(axis=1) / 2
    found = np.empty((len(queries), count), np.int64)
    step = max(1, _NUMBERS_AT_ONCE // len(rows))
    for first in range(0, len(queries), step):
        some = queries[first : first + step].astype(np.float64)
        table = half - some @ rows.T.astype(np.float64)
        proposed = min(count + _SPARE, len(rows))
        index = np.sort(np.argpartition(table, proposed - 1, axis=1)[:, :proposed], axis=1)
        apart = np.square(some[:, None] - rows[index]).sum(axis=2)
        order = np.argsort(apart, axis=1, kind="stable")[:, :count]
        found[first : first + step] = np.take_along_axis(index, order, axis=1)
    return found


def rebuilt(targets: Rows, atoms: Rows, most: int) -> Wide:
    """Rows (N, D) nearest to `targets` (N, D) from at most `most` of their own `atoms` (N, K, D)."""
    found = np.empty(targets.shape)
    step = max(1, _NUMBERS_AT_ONCE // max(1, atoms[0].size)) if len(atoms) else 1
    for first in range(0, len(targets), step):
        part = slice(first, first + step)
        basis = atoms[part].astype(np.float64)
        gram = basis @ basis.transpose(0, 2, 1)
        products = (basis @ targets[part].astype(np.float64)[..., None])[..., 0]
        weights = np.stack([_weights(*pair, most) for pair in zip(gram, products, strict=True)])
        found[part] = (weights[:, None] @ basis)[:, 0]
    return found


def _weights(gram: Wide, products: Wide, most: int) -> Wide:
    """Weights (K,) of the atoms from their products with each other (K, K) and with the target (K,)."""
    weights, left = np.zeros(len(products)), products
    chosen: list[int] = []
    for _ in range(min(most, len(products))):
        best = int(np.abs(left).argmax())
        if left[best] ** 2 < LEAST_SQUARE or best in chosen:
            break
        if gram[best, best] - _expressed(gram, chosen, best) <= LEAST_SQUARE:
            break
        chosen.append(best)
        weights = np.zeros(len(products))
        weights[chosen] = np.linalg.solve(gram[np.ix_(chosen, chosen)], products[chosen])
        left = products - gram @ weights
    return weights


def _expressed(gram: Wide, chosen: list[int], best: int) -> float:
    """Squared length of the part of an atom that the chosen ones can express."""
    if not chosen:
        return 0.0
    towards = gram[chosen, best]
    return float(np.linalg.solve(gram[np.ix_(chosen, chosen)], towards) @ towards)
