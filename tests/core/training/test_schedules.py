"""The learning rate over time."""

from __future__ import annotations

import pytest

from core.training.schedules import warm_constant, warm_cosine


@pytest.mark.parametrize(
    ("position", "rate"), [(0, 0.0), (5, 0.5), (10, 1.0), (55, 0.5), (100, 0.0), (200, 0.0)]
)
def test_the_rate_rises_straight_and_falls_by_half_a_cosine(position: float, rate: float) -> None:
    assert warm_cosine(position, peak=1.0, warm_up=10, total=100) == pytest.approx(rate, abs=1e-12)


def test_without_a_fall_the_rate_ends_at_its_floor() -> None:
    assert warm_cosine(10, peak=1.0, floor=0.2, warm_up=10, total=10) == pytest.approx(0.2)


@pytest.mark.parametrize(("position", "rate"), [(0, 0.0), (5, 0.5), (10, 1.0), (55, 1.0), (200, 1.0)])
def test_a_constant_rate_stays_where_it_rose_to(position: float, rate: float) -> None:
    assert warm_constant(position, peak=1.0, warm_up=10) == pytest.approx(rate, abs=1e-12)
