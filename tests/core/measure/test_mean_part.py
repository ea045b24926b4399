"""The mean good part as the reference surface."""

from __future__ import annotations

import numpy as np
import pytest

from core.errors import DataError
from core.measure.mean_part import mean_part
from core.measure.metric_cloud import MetricCloud, metric_cloud
from core.measure.region_size import measure_regions
from core.sample import Sample
from tests.core.measure.shapes import DISTANCE_MM, SIDE, X, Y, disc, region_of


def _part(turn: float, dent: float = 0.0, lift: float = 0.0) -> MetricCloud:
    """A plate with a rib and a boss, turned and tilted a little; the dent lies on the rib."""
    x, y = X * np.cos(turn) + Y * np.sin(turn), Y * np.cos(turn) - X * np.sin(turn)
    height = 2.0 * np.exp(-((y / 1.5) ** 2)) + 1.0 * (np.hypot(x - 9, y - 7) < 3) + lift
    height = height - dent * np.clip(1 - (np.hypot(X, Y) / 2.5) ** 2, 0, None)
    noise = 0.01 * np.random.default_rng(5).standard_normal((SIDE, SIDE))
    is_part = np.hypot(X, Y) < 17
    z = DISTANCE_MM - np.where(is_part, height, np.nan) - 0.01 * X - noise
    sample = Sample("part", xyz=(np.stack([X, Y, z], -1) / 1000).astype(np.float32))
    found = metric_cloud(sample, is_part)
    assert found is not None
    return found


def test_a_dent_on_a_rib_is_measured_against_good_parts_that_lay_differently():
    learnt = mean_part(_part(turn) for turn in (0.0, 0.9, 2.4, -1.7))
    dented = _part(1.3, dent=0.8, lift=0.2)
    (found,) = measure_regions([region_of(disc(2.5))], dented, "mean_part", learnt)
    assert found.surface == "mean_part"
    assert found.depth is not None
    assert found.depth.mean == pytest.approx(-0.4, abs=0.05)


def test_a_good_part_does_not_differ_from_the_mean():
    learnt = mean_part(_part(turn) for turn in (0.0, 0.9, 2.4))
    rise, _ = learnt.rise(_part(-0.6))
    assert np.nanmedian(np.abs(rise)) < 0.03


def test_no_good_part_is_said():
    with pytest.raises(DataError):
        mean_part([])
