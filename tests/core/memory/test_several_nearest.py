"""The few nearest rows of many queries."""

from __future__ import annotations

import torch

from core.memory.several_nearest import several_nearest


def near_twins() -> torch.Tensor:
    """320 rows (5 wide) in eight heaps, so far from zero that single precision cannot tell a heap apart."""
    drawn = torch.Generator().manual_seed(1)
    heaps = torch.randn(8, 5, generator=drawn).repeat(40, 1)
    return heaps + 1e-5 * torch.randn(320, 5, generator=drawn) + 100


def test_the_nearest_are_the_exact_ones_even_among_near_twins() -> None:
    rows = near_twins()
    distances, index = several_nearest(rows, rows[::37], 11)
    apart = (rows[::37].double()[:, None] - rows.double()).square().sum(2).sqrt()
    expected, order = apart.sort(dim=1, stable=True)
    torch.testing.assert_close(distances, expected[:, :11])
    torch.testing.assert_close(index, order[:, :11])


def test_a_row_is_nearest_to_itself_at_no_distance() -> None:
    rows = torch.randn(500, 64, generator=torch.Generator().manual_seed(2)) * 1000
    distances, index = several_nearest(rows, rows, 2)
    torch.testing.assert_close(index[:, 0], torch.arange(500))
    assert not distances[:, 0].any()


def test_fewer_rows_than_wanted_are_all_given() -> None:
    distances, index = several_nearest(torch.eye(3), torch.eye(3)[:1], 11)
    assert index.tolist() == [[0, 1, 2]]
    assert distances.shape == (1, 3)


def test_a_query_alone_gets_what_it_gets_among_others() -> None:
    rows = near_twins()
    _, together = several_nearest(rows, rows, 5)
    alone = torch.cat([several_nearest(rows, row[None], 5)[1] for row in rows[::50]])
    torch.testing.assert_close(alone, together[::50])


def test_no_query_gets_no_rows() -> None:
    assert several_nearest(torch.eye(3), torch.zeros(0, 3), 2)[1].shape == (0, 2)
