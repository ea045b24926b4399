"""Greedy k-centre and its projection."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from core.memory import coreset as module
from core.memory.coreset import coreset, covering_radius, greedy_cover, kept_rows, project
from core.monitor import Cancelled, Monitor, Progress


def noise(rows: int, width: int, seed: int = 0) -> torch.Tensor:
    return torch.from_numpy(np.random.default_rng(seed).standard_normal((rows, width)).astype(np.float32))


def plain_cover(points: torch.Tensor, count: int, start: int = 0) -> list[int]:
    """One pick at a time, all distances anew, in double precision."""
    exact = points.double().numpy()
    chosen, gaps = [start], ((exact - exact[start]) ** 2).sum(1)
    while len(chosen) < count:
        chosen.append(int(gaps.argmax()))
        gaps = np.minimum(gaps, ((exact - exact[chosen[-1]]) ** 2).sum(1))
    return chosen


@pytest.mark.parametrize("width", [1, 3, 64])
def test_picking_in_blocks_equals_picking_one_by_one(width: int) -> None:
    points = noise(1500, width)
    assert greedy_cover(points, 300, Monitor()).tolist() == plain_cover(points, 300)


def test_any_row_can_be_the_first() -> None:
    points = noise(40, 3)
    assert greedy_cover(points, 9, Monitor(), start=17).tolist() == plain_cover(points, 9, 17)


def test_the_lowest_index_wins_a_tie_however_many_rows_tie() -> None:
    corners = torch.eye(module.CANDIDATES * 2)
    assert greedy_cover(corners, 5, Monitor()).tolist() == [0, 1, 2, 3, 4]


def test_copies_of_chosen_rows_are_not_chosen() -> None:
    points = noise(5, 8).repeat(30, 1)
    assert sorted(greedy_cover(points, 50, Monitor()).tolist()) == [0, 1, 2, 3, 4]


def test_equal_rows_give_one() -> None:
    assert greedy_cover(torch.full((700, 4), 3.3), 70, Monitor()).tolist() == [0]


def test_a_row_is_chosen_once() -> None:
    chosen = greedy_cover(noise(2000, 2), 1999, Monitor()).tolist()
    assert len(set(chosen)) == len(chosen) == 1999


def test_more_rows_cover_more_closely() -> None:
    points = noise(600, 6)
    radii = [
        covering_radius(points, greedy_cover(points, count, Monitor()), Monitor()) for count in (5, 50, 500)
    ]
    assert radii == sorted(radii, reverse=True)


def test_all_rows_chosen_leave_no_gap() -> None:
    assert covering_radius(noise(20, 3), torch.arange(20), Monitor()) == 0.0


def test_a_cancelled_choice_stops() -> None:
    monitor = Monitor()
    monitor.cancel()
    with pytest.raises(Cancelled):
        greedy_cover(noise(50, 3), 10, monitor)


def test_cancelling_in_the_middle_is_seen_and_progress_only_rises() -> None:
    seen: list[int] = []

    def stop_late(progress: Progress) -> None:
        seen.append(progress.done)
        if progress.done > 200:
            monitor.cancel()

    monitor = Monitor(report=stop_late)
    with pytest.raises(Cancelled):
        greedy_cover(noise(3000, 8), 2500, monitor)
    assert seen == sorted(seen)
    assert seen[-1] < 2500


def test_asking_for_all_rows_gives_them_in_order() -> None:
    assert coreset(noise(6, 2), 6, Monitor()).tolist() == list(range(6))


@pytest.mark.parametrize(
    ("fraction", "total", "kept"), [(0.1, 2000, 200), (0.1, 19, 1), (0.1, 3, 1), (1.0, 7, 7)]
)
def test_a_fraction_is_cut_off_but_keeps_one_row(fraction: float, total: int, kept: int) -> None:
    assert kept_rows(fraction, total) == kept


@pytest.mark.parametrize("points", [noise(50, 10), noise(1, 10)])
def test_rows_narrower_than_the_projection_stay_as_they_are(points: torch.Tensor) -> None:
    assert project(points, 0.9, 0, Monitor()) is points


def test_a_projection_is_the_same_in_parts_and_by_scikit_learn(monkeypatch: pytest.MonkeyPatch) -> None:
    from sklearn.random_projection import SparseRandomProjection

    points = noise(300, 900)
    monkeypatch.setattr(module, "_ROWS_AT_ONCE", 70)
    whole = SparseRandomProjection(eps=0.9, random_state=5).fit_transform(points.numpy())
    np.testing.assert_allclose(project(points, 0.9, 5, Monitor()).numpy(), whole, atol=1e-5)


def test_when_thousands_of_copies_are_left_the_choice_ends() -> None:
    few = torch.randn(10, 6, generator=torch.Generator().manual_seed(0))
    rows = torch.cat([few, few[:1].expand(6000, -1)])
    chosen = greedy_cover(rows, 50, Monitor())
    assert sorted(chosen.tolist()) == list(range(10))
