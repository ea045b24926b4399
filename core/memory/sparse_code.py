"""Rows rebuilt from a few others: orthogonal matching pursuit, many rows at once.

Pati, Rezaiifar and Krishnaprasad, "Orthogonal matching pursuit", 1993.
"""

from __future__ import annotations

import torch
from torch import Tensor

LEAST_SQUARE = float(torch.finfo(torch.float32).eps)
"""A squared product with the residual, or a squared length beside the chosen atoms, that counts as none."""


def rebuilt(targets: Tensor, atoms: Tensor, most: int) -> Tensor:
    """Rows (N, D) float64 nearest to `targets` (N, D) from at most `most` of their own `atoms` (N, K, D).

    The atom with the largest product with the residual joins, all weights are fitted anew, and so on. It
    ends early where that atom has joined already or has nothing to add.
    """
    wanted, basis = targets.double(), atoms.double()
    gram = basis @ basis.transpose(1, 2)  # (N, K, K)
    weights = _codes(gram, (basis @ wanted[:, :, None])[..., 0], most)
    return (weights[:, None] @ basis)[:, 0]


def _codes(gram: Tensor, products: Tensor, most: int) -> Tensor:
    """Weights (N, K) from the atoms' products with each other (N, K, K) and with the target (N, K)."""
    count, kinds = products.shape
    lengths = gram.diagonal(dim1=1, dim2=2)
    weights = torch.zeros_like(products)
    chosen = torch.zeros(count, 0, dtype=torch.int64, device=gram.device)
    running = torch.arange(count, device=gram.device)
    left = products.clone()  # products with the residual
    for _ in range(min(most, kinds)):
        best = left[running].abs().argmax(dim=1)
        own = left[running, best].square() >= LEAST_SQUARE
        own &= (chosen[running] != best[:, None]).all(dim=1)
        own &= _beside(gram[running], lengths[running], chosen[running], best) > LEAST_SQUARE
        running, best = running[own], best[own]
        grown = torch.full((count, chosen.shape[1] + 1), -1, dtype=torch.int64, device=gram.device)
        grown[:, :-1] = chosen
        grown[running, -1] = best
        chosen = grown
        if len(running) == 0:
            break
        fitted = _fitted(gram[running], products[running], chosen[running])
        weights[running] = torch.zeros_like(products[running]).scatter_(1, chosen[running], fitted)
        left[running] = products[running] - (gram[running] @ weights[running][..., None])[..., 0]
    return weights


def _fitted(gram: Tensor, products: Tensor, chosen: Tensor) -> Tensor:
    """Least-squares weights (N, c) of the chosen atoms (N, c)."""
    among = gram.gather(1, chosen[:, :, None].expand(-1, -1, gram.shape[2]))
    among = among.gather(2, chosen[:, None].expand(-1, chosen.shape[1], -1))  # (N, c, c)
    fitted: Tensor = torch.linalg.solve(among, products.gather(1, chosen)[..., None])[..., 0]
    return fitted


def _beside(gram: Tensor, lengths: Tensor, chosen: Tensor, best: Tensor) -> Tensor:
    """Squared length (N,) of each best atom that the chosen ones (N, c) cannot express."""
    own = lengths.gather(1, best[:, None])[:, 0]
    if chosen.shape[1] == 0:
        return own
    among = gram.gather(1, chosen[:, :, None].expand(-1, -1, gram.shape[2]))
    towards = among.gather(2, best[:, None, None].expand(-1, chosen.shape[1], 1))[..., 0]  # (N, c)
    expressed = _fitted(gram, torch.zeros_like(lengths).scatter_(1, chosen, towards), chosen)
    return own - (expressed * towards).sum(1)
