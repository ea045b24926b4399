"""Two models' verdicts on the same parts."""

from __future__ import annotations

import numpy as np
import pytest

from core.metrics.agreement import Agreement


def made(seed: int = 0, parts: int = 300) -> tuple[Agreement, list[int]]:
    rng = np.random.default_rng(seed)
    numbers = rng.permutation(parts).tolist()
    a = {number: float(np.round(rng.normal(), 1)) for number in numbers if rng.random() > 0.1}
    b = {number: float(np.round(rng.normal(), 1)) for number in numbers if rng.random() > 0.1}
    return Agreement.of(numbers, a, 0.5, b, -0.2), numbers


@pytest.mark.parametrize("seed", range(5))
def test_cells_and_what_was_left_out_add_up_to_all_parts_and_no_part_is_counted_twice(seed: int) -> None:
    found, numbers = made(seed)
    cells = [found.in_cell(a_ng, b_ng) for a_ng in (False, True) for b_ng in (False, True)]
    everybody = [number for cell in cells for number in cell] + list(found.left_out)
    assert sorted(everybody) == sorted(numbers)
    assert [count for row in found.counts for count in row] == [len(cell) for cell in cells]


def test_a_score_at_the_line_is_ok() -> None:
    found = Agreement.of([1, 2], {1: 2.0, 2: 2.1}, 2.0, {1: 5.0, 2: 5.0}, 5.0)
    assert found.in_cell(False, False) == (1,)
    assert found.in_cell(True, False) == (2,)


def test_the_widest_disagreement_comes_first_whatever_the_scales() -> None:
    a = {1: 2.1, 2: 9.0, 3: 1.0, 4: 2.5}
    b = {1: 90.0, 2: 90.0, 3: 90.0, 4: 300.0}
    found = Agreement.of([1, 2, 3, 4], a, 2.0, b, 100.0)
    assert found.disagreements == (2, 1)
    scaled = Agreement.of([1, 2, 3, 4], {n: 1000 * s for n, s in a.items()}, 2000.0, b, 100.0)
    assert scaled.disagreements == (2, 1)


def test_a_rectangle_takes_the_parts_inside_and_on_its_edge() -> None:
    found = Agreement.of([1, 2, 3], {1: 1.0, 2: 2.0, 3: 3.0}, 9, {1: 1.0, 2: 2.0, 3: 3.0}, 9)
    assert found.between((1.0, 2.0), (0.0, 5.0)) == (1, 2)
    assert found.between((1.0, 3.0), (2.5, 5.0)) == (3,)


def test_nothing_in_common_is_four_empty_cells() -> None:
    found = Agreement.of([1, 2], {1: 1.0}, 0.5, {2: 1.0}, 0.5)
    assert found.counts == ((0, 0), (0, 0))
    assert found.left_out == (1, 2)
    assert found.disagreements == ()


def test_infinite_scores_do_not_upset_the_order() -> None:
    found = Agreement.of([1, 2, 3], {1: np.inf, 2: 1.1, 3: 0.0}, 1.0, {1: 0.0, 2: 0.0, 3: 0.0}, 1.0)
    assert set(found.disagreements) == {1, 2}
