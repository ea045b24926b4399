"""The weight of a strange neighbourhood."""

from __future__ import annotations

import math

import pytest
import torch

from core.memory.bank import MemoryBank
from core.scoring.reweight import Reweighting, whole_score

PLAIN = Reweighting()


def score(rows: list[list[float]], queries: list[list[float]], how: Reweighting = PLAIN) -> float:
    bank, asked = MemoryBank(torch.tensor(rows)), torch.tensor(queries)
    return whole_score(bank, asked, *bank.nearest(asked), how)


def test_the_strangest_patch_is_weighted_by_the_other_neighbours_of_its_nearest_row() -> None:
    whole = score([[0.0], [1.0], [3.0], [50.0]], [[0.1], [-2.0]])
    assert whole == pytest.approx(2 * (1 - math.exp(2) / (math.exp(3) + math.exp(5))))


def test_the_offset_stands_below_the_fraction() -> None:
    whole = score([[0.0], [1.0]], [[-1.0]], Reweighting(offset=0.5))
    assert whole == pytest.approx(1 - math.exp(1) / (math.exp(2) + 0.5))


def test_the_divisor_shrinks_score_and_distances() -> None:
    assert score([[0.0], [1.0], [3.0]], [[-2.0]], Reweighting(divisor=1000)) == pytest.approx(0.001, rel=1e-2)


def test_in_a_bank_of_one_row_the_distance_counts_in_full() -> None:
    assert score([[1.0]], [[4.0]]) == 3.0


def test_a_copy_of_the_nearest_row_is_a_neighbour() -> None:
    assert score([[0.0], [0.0], [0.0]], [[1.0]]) == pytest.approx(0.5)


def test_huge_distances_do_not_overflow() -> None:
    assert score([[0.0], [1e6], [2e6]], [[-5e5]]) == pytest.approx(5e5)


def test_a_part_made_of_remembered_patches_scores_zero() -> None:
    assert score([[0.0], [1.0], [2.0]], [[1.0], [2.0]]) == 0.0
