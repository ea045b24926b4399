from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from core.errors import DataError
from core.methods.quick_look.config import QuickLookConfig
from core.methods.quick_look.working import working_part
from core.sample import Sample
from tests.core.methods.quick_look.parts import PIXEL, SIZE, tiny_part


def test_heights_are_millimetres_over_the_tilted_plane_of_the_part():
    part = working_part(tiny_part(3), QuickLookConfig())
    assert part.height is not None
    heights = part.height[part.seen]
    assert part.pixel_mm == pytest.approx(PIXEL * 1000, rel=0.05)
    assert np.quantile(heights, 0.98) - np.quantile(heights, 0.02) == pytest.approx(2.0, abs=0.5)


def test_a_large_picture_is_worked_on_at_a_bounded_size_and_scored_on_its_own_raster():
    sample = Sample("wide", rgb=np.random.default_rng(0).integers(0, 255, (300, 1001, 3), np.uint8))
    part = working_part(sample, QuickLookConfig())
    assert max(part.inside.shape) <= 400
    assert part.to_sample(part.inside.astype(np.float32)).shape == (300, 1001)


def test_without_a_part_mask_all_seen_points_are_the_part():
    sample = tiny_part(3, sensors="xyz")
    alone = working_part(replace(sample, part=None), QuickLookConfig())
    assert alone.seen.sum() == sample.seen.sum()


def test_a_cloud_of_unknown_unit_gives_the_same_part_at_any_scale():
    sample = replace(tiny_part(3, sensors="xyz"), is_metric=False)
    assert sample.xyz is not None
    larger = replace(sample, xyz=sample.xyz * np.float32(1000))
    one, other = (working_part(found, QuickLookConfig()) for found in (sample, larger))
    assert one.height is not None
    assert other.height is not None
    np.testing.assert_allclose(one.height, other.height, atol=1e-3)


def test_a_handful_of_points_is_not_a_part():
    xyz = np.full((SIZE, SIZE, 3), np.nan, np.float32)
    xyz[:3, :3] = 0.1
    with pytest.raises(DataError, match="few"):
        working_part(Sample("few", xyz=xyz), QuickLookConfig())
