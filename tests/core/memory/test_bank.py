"""The exact distance to remembered patches."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from core.errors import DataError
from core.memory import bank as module
from core.memory import product as product_module
from core.memory.bank import MemoryBank
from core.monitor import Monitor


def noise(rows: int, width: int, seed: int = 0) -> torch.Tensor:
    return torch.from_numpy(np.random.default_rng(seed).standard_normal((rows, width)).astype(np.float32))


def all_distances(queries: torch.Tensor, rows: torch.Tensor) -> torch.Tensor:
    return (queries.double()[:, None] - rows.double()).square().sum(2).sqrt()


@pytest.mark.parametrize("offset", [0.0, 3000.0])
def test_the_nearest_row_is_exact_even_far_from_the_origin(offset: float) -> None:
    rows, queries = noise(400, 16) + offset, noise(90, 16, 1) + offset
    distances, indices = MemoryBank(rows).nearest(queries)
    truth, where = all_distances(queries, rows).min(1)
    assert torch.equal(indices, where)
    torch.testing.assert_close(distances, truth.float(), rtol=1e-6, atol=0)


def test_a_remembered_row_is_at_distance_zero() -> None:
    rows = noise(50, 7) * 1000
    distances, indices = MemoryBank(rows).nearest(rows[[4, 31]])
    assert distances.tolist() == [0, 0]
    assert indices.tolist() == [4, 31]


def test_rows_that_differ_in_their_last_digit_are_told_apart() -> None:
    row = noise(1, 64) + 5
    rows = row.repeat(40, 1)
    rows[torch.arange(40), torch.arange(40)] = torch.nextafter(row[0, :40], torch.tensor(torch.inf))
    distances, indices = MemoryBank(rows).nearest(rows)
    assert distances.tolist() == [0.0] * 40
    assert indices.tolist() == list(range(40))


def test_a_query_scores_alone_as_it_does_among_others() -> None:
    bank, queries = MemoryBank(noise(300, 40)), noise(130, 40, 1)
    together = bank.nearest(queries)[0]
    alone = torch.cat([bank.nearest(queries[i : i + 1])[0] for i in range(len(queries))])
    assert torch.equal(together, alone)


def test_small_blocks_give_the_same_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    rows, queries = (noise(500, 5) + 200).repeat(3, 1), noise(200, 5, 1) + 200
    expected = MemoryBank(rows).nearest(queries)
    monkeypatch.setattr(module, "_CELLS_AT_ONCE", 1)
    blocked = MemoryBank(rows).nearest(queries)
    assert torch.equal(blocked[0], expected[0])
    assert torch.equal(blocked[1], expected[1])
    assert int(blocked[1].max()) < 500


def test_repeated_queries_get_the_same_answer_in_their_order() -> None:
    bank, queries = MemoryBank(noise(30, 4)), noise(3, 4, 1)
    distances, _ = bank.nearest(queries[[2, 0, 2, 1]])
    assert torch.equal(distances, bank.nearest(queries)[0][[2, 0, 2, 1]])


def test_no_query_gives_no_distance() -> None:
    distances, indices = MemoryBank(noise(3, 4)).nearest(torch.empty(0, 4))
    assert len(distances) == len(indices) == 0


def test_a_bank_of_one_row_answers() -> None:
    distances, indices = MemoryBank(torch.zeros(1, 2)).nearest(torch.tensor([[3.0, 4.0]]))
    assert distances.tolist() == [5.0]
    assert indices.tolist() == [0]


def test_equal_rows_count_as_the_first_of_them() -> None:
    distances, indices = MemoryBank(torch.full((900, 3), 2.0)).nearest(torch.zeros(2, 3))
    assert indices.tolist() == [0, 0]
    torch.testing.assert_close(distances, torch.full((2,), 12**0.5))


def test_neighbours_are_nearest_first_and_no_more_than_there_are() -> None:
    bank = MemoryBank(torch.tensor([[3.0], [0.0], [1.0], [1.0]]))
    distances, indices = bank.neighbours(torch.tensor([0.2]), 9)
    assert indices.tolist() == [1, 2, 3, 0]
    torch.testing.assert_close(distances, torch.tensor([0.2, 0.8, 0.8, 2.8]))


def test_the_kept_rows_are_rows_of_the_parts() -> None:
    rows = noise(200, 6)
    bank = MemoryBank.build(rows, 0.1, Monitor())
    assert len(bank) == 20
    assert bool((bank.nearest(rows)[0] == 0).sum() == 20)


@pytest.mark.parametrize("bad", [float("nan"), float("inf")])
def test_rows_that_are_not_numbers_are_refused(bad: float) -> None:
    rows = noise(5, 3)
    rows[2, 1] = bad
    with pytest.raises(DataError, match="not numbers"):
        MemoryBank(rows)
    with pytest.raises(DataError, match="not numbers"):
        MemoryBank.build(rows, 0.5, Monitor())
    with pytest.raises(DataError, match="not numbers"):
        MemoryBank(noise(5, 3)).nearest(rows)


def test_a_gpu_takes_the_library_that_lives_there_and_finds_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    rows, queries = noise(300, 40), noise(130, 40, 1)
    expected = MemoryBank(rows).nearest(queries)
    monkeypatch.setattr(product_module, "_is_numpy_quicker", lambda tensor: False)
    found = MemoryBank(rows).nearest(queries)
    assert torch.equal(found[0], expected[0])
    assert torch.equal(found[1], expected[1])


@pytest.mark.gpu
@pytest.mark.parametrize("count", [900, 9000])
def test_a_gpu_finds_the_rows_that_the_processor_finds(count: int) -> None:
    rows, queries = noise(count, 200), noise(700, 200, 1)
    queries[:40] = rows[:40]
    rows[count - 60 :] = rows[:60]
    distances, indices = MemoryBank(rows).nearest(queries)
    on_gpu = MemoryBank(rows.to("cuda")).nearest(queries.to("cuda"))
    assert torch.equal(on_gpu[1].cpu(), indices)
    torch.testing.assert_close(on_gpu[0].cpu(), distances, rtol=1e-6, atol=0)


@pytest.mark.gpu
def test_a_gpu_chooses_the_rows_that_the_processor_chooses() -> None:
    rows = noise(3000, 400)
    on_gpu = MemoryBank.build(rows.to("cuda"), 0.1, Monitor())
    torch.testing.assert_close(on_gpu.rows.cpu(), MemoryBank.build(rows, 0.1, Monitor()).rows)


def test_nothing_to_remember_is_said() -> None:
    with pytest.raises(DataError, match="not a single patch"):
        MemoryBank.build(torch.empty(0, 4), 0.1, Monitor())
