"""Distances other than the exact Euclidean one, against their formulas taken one by one."""

from __future__ import annotations

from functools import partial

import pytest
import torch

from core.memory.bank import MemoryBank
from core.memory.chosen_rows import Reduction, chosen_rows
from core.memory.metrics import Metric
from core.memory.scale import Moments, Scale
from core.monitor import Monitor
from core.scoring.late_fusion import Learnt

METRICS: tuple[Metric, ...] = ("l2_single", "l1", "cos_dist")


def plain(metric: Metric, left: torch.Tensor, right: torch.Tensor) -> float:
    if metric == "l1":
        return float((left - right).abs().sum())
    if metric == "cos_dist":
        return float(1 - left @ right / (left.norm() * right.norm()))
    return float((left - right).norm())


def rows(count: int, seed: int = 0) -> torch.Tensor:
    return torch.randn(count, 12, generator=torch.Generator().manual_seed(seed))


@pytest.mark.parametrize("metric", METRICS)
def test_a_memory_finds_the_row_that_its_metric_calls_nearest(metric: Metric) -> None:
    kept, queries = rows(40), rows(7, seed=1)
    distances, indices = MemoryBank(kept, metric).nearest(queries)
    for query, distance, index in zip(queries, distances, indices, strict=True):
        by_hand = [plain(metric, query, row) for row in kept]
        assert distance == pytest.approx(min(by_hand), abs=1e-5)
        assert by_hand[int(index)] == pytest.approx(min(by_hand), abs=1e-5)


@pytest.mark.parametrize("metric", METRICS)
def test_the_lowest_of_equal_rows_wins(metric: Metric) -> None:
    kept = rows(3)[[0, 1, 1, 2, 1]]
    _, indices = MemoryBank(kept, metric).nearest(kept)
    assert indices.tolist() == [0, 1, 1, 3, 1]


@pytest.mark.parametrize("metric", METRICS)
def test_neighbours_come_nearest_first(metric: Metric) -> None:
    kept, query = rows(40), rows(1, seed=1)[0]
    distances, indices = MemoryBank(kept, metric).neighbours(query, 5)
    assert distances.tolist() == sorted(distances.tolist())
    assert set(indices.tolist()) == set(sorted(range(40), key=lambda i: plain(metric, query, kept[i]))[:5])


@pytest.mark.parametrize("metric", ["l2", "l1", "cos_dist"])
def test_a_coreset_takes_the_row_that_is_farthest_from_all_chosen_ones(metric: Metric) -> None:
    points, moments = rows(60), Moments()
    moments.add(points)
    found = chosen_rows(
        lambda: iter(points.split(20)), moments, Scale(), 12, Reduction(eps=0.9, metric=metric), Monitor()
    )
    chosen = [0]
    for _ in range(11):
        gaps = [min(plain(metric, point, points[i]) for i in chosen) for point in points]
        chosen.append(max(range(60), key=gaps.__getitem__))
    assert torch.equal(found, points[chosen])


def test_half_precision_rounds_what_is_compared_and_not_what_is_kept() -> None:
    points, moments = rows(60) + 1000, Moments()
    moments.add(points)
    choose = partial(chosen_rows, lambda: iter([points]), moments, Scale(), 12)
    halved = choose(Reduction(is_half=True), Monitor())
    assert not torch.equal(halved, choose(Reduction(), Monitor()))
    assert {row.numpy().tobytes() for row in halved} <= {row.numpy().tobytes() for row in points}


def test_a_kept_memory_keeps_its_metric() -> None:
    learnt: Learnt[str] = Learnt({"xyz": (Scale(), MemoryBank(rows(4), "l1"))})
    assert Learnt.from_state(learnt.state()).on("cpu").banks["xyz"][1].metric == "l1"
