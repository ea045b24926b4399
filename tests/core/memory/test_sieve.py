"""What holds rows back from the search must never hold back the nearest."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from core.memory import bank as bank_module
from core.memory.bank import MemoryBank
from core.memory.sieve import Sieve

WIDTH = 96


def near_a_subspace(rows: int, seed: int, noise: float) -> NDArray[np.float32]:
    drawn, space = np.random.default_rng(seed), np.random.default_rng(99).standard_normal((4, WIDTH))
    found = 7 + drawn.standard_normal((rows, 4)) @ space + noise * drawn.standard_normal((rows, WIDTH))
    return found.astype(np.float32)


def nearest(queries: NDArray[np.float32], rows: NDArray[np.float32]) -> NDArray[np.int64]:
    double = rows.astype(np.float64)
    return np.array([np.square(query - double).sum(axis=1).argmin() for query in queries.astype(np.float64)])


@pytest.mark.parametrize("noise", [0.0, 0.01, 1.0, 100.0])
def test_the_nearest_row_always_survives(noise: float) -> None:
    rows, queries = near_a_subspace(900, 0, noise), near_a_subspace(70, 1, noise)
    survives = Sieve.of(rows).survivors(queries, rows)
    assert survives[np.arange(70), nearest(queries, rows)].all()


def test_hardly_any_row_survives_near_a_subspace() -> None:
    rows, queries = near_a_subspace(3000, 0, 0.01), near_a_subspace(70, 1, 0.01)
    assert Sieve.of(rows).survivors(queries, rows).mean() < 0.005


def test_the_same_rows_give_the_same_sieve() -> None:
    rows = near_a_subspace(500, 0, 0.1)
    assert torch.equal(Sieve.of(rows).short, Sieve.of(rows.copy()).short)


def test_equal_rows_all_survive() -> None:
    rows = np.full((600, WIDTH), 3.3, np.float32)
    assert Sieve.of(rows).survivors(rows[:5] + 1, rows).all()


@pytest.mark.parametrize("noise", [0.0, 0.01, 100.0])
def test_a_sieved_search_finds_what_the_plain_one_finds(
    noise: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows, queries = near_a_subspace(1500, 0, noise), near_a_subspace(700, 1, noise)
    rows[900:] = rows[:600]
    queries[:50] = rows[40:90]
    searched = MemoryBank(torch.from_numpy(rows)).nearest(torch.from_numpy(queries))
    monkeypatch.setattr(bank_module, "_SIEVED_FROM", 1)
    sieved = MemoryBank(torch.from_numpy(rows)).nearest(torch.from_numpy(queries))
    np.testing.assert_array_equal(sieved[1], nearest(queries, rows))
    assert torch.equal(sieved[0], searched[0])
    assert torch.equal(sieved[1], searched[1])


def test_a_large_memory_of_equal_rows_answers_with_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bank_module, "_SIEVED_FROM", 1)
    queries = torch.arange(200.0)[:, None].repeat(1, WIDTH)
    distances, indices = MemoryBank(torch.zeros(800, WIDTH)).nearest(queries)
    assert indices.tolist() == [0] * 200
    torch.testing.assert_close(distances, torch.arange(200.0) * WIDTH**0.5)


@pytest.mark.parametrize(("noise", "pays"), [(0.01, True), (100.0, False)])
def test_a_sieve_that_holds_nothing_back_is_soon_left_alone(
    noise: float, pays: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bank_module, "_SIEVED_FROM", 1)
    bank = MemoryBank(torch.from_numpy(near_a_subspace(1500, 0, noise)))
    queries = torch.from_numpy(near_a_subspace(300, 1, noise))
    answers = [bank.nearest(queries) for _ in range(4)]
    assert bank._sieve.pays == pays
    assert all(torch.equal(distances, answers[0][0]) for distances, _ in answers)
