"""Rows rebuilt from a few atoms."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from core.memory.sparse_code import rebuilt


def drawn_rows() -> tuple[torch.Tensor, torch.Tensor]:
    """Targets (20, 12) and their atoms (20, 6, 12)."""
    drawn = torch.Generator().manual_seed(0)
    atoms = torch.randn(20, 6, 12, generator=drawn, dtype=torch.float64)
    return torch.randn(20, 12, generator=drawn, dtype=torch.float64), atoms


@pytest.mark.parametrize("most", [1, 3, 6])
def test_rebuilding_many_rows_agrees_with_scikit_learn_row_by_row(most: int) -> None:
    from sklearn.decomposition import sparse_encode

    targets, atoms = drawn_rows()
    found = rebuilt(targets, atoms, most).numpy()
    for target, basis, ours in zip(targets.numpy(), atoms.numpy(), found, strict=True):
        code = sparse_encode(target[None], basis, algorithm="omp", n_nonzero_coefs=most)
        np.testing.assert_allclose(ours, (code @ basis)[0], rtol=1e-7, atol=1e-9)


def test_a_row_that_one_atom_explains_ends_early_beside_others_that_go_on() -> None:
    targets, atoms = drawn_rows()
    whole = rebuilt(targets, atoms, 3)
    targets[5] = 2 * atoms[5, 1]
    targets[6] = 0
    found = rebuilt(targets, atoms, 3)
    torch.testing.assert_close(found[5], targets[5])
    assert not found[6].any()
    torch.testing.assert_close(found[7:], whole[7:])


def test_equal_atoms_join_once() -> None:
    targets, atoms = drawn_rows()
    atoms[:, 3:] = atoms[:, :3]
    torch.testing.assert_close(rebuilt(targets, atoms, 6), rebuilt(targets, atoms[:, :3], 3))


def test_more_atoms_never_explain_less() -> None:
    targets, atoms = drawn_rows()
    off = [float((targets - rebuilt(targets, atoms, most)).norm()) for most in (1, 2, 3, 4)]
    assert off == sorted(off, reverse=True)
