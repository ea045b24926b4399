"""Sizes of regions against shapes of known size."""

from __future__ import annotations

import numpy as np
import pytest

from core.measure.region_size import measure_regions
from core.measurement import RegionSize
from tests.core.measure.shapes import FLAT, PITCH_MM, RADIUS, X, Y, bowl, cloud_of, disc, region_of


def _size(height: np.ndarray, mask: np.ndarray, noise: float = 0.0, **given: object) -> RegionSize:
    (found,) = measure_regions([region_of(mask)], cloud_of(height, noise), **given)
    return found


def test_the_area_of_a_disc_is_that_of_a_disc():
    assert _size(FLAT, disc(5.0)).area == pytest.approx(np.pi * 25, rel=0.01)


def test_the_area_of_a_thin_stripe_loses_nothing_at_its_outline():
    stripe = (np.abs(Y) < 0.5) & (np.abs(X) < 8)
    assert _size(FLAT, stripe).area == pytest.approx(np.count_nonzero(stripe) * PITCH_MM**2, rel=0.01)


def test_a_slope_has_more_area_than_it_shows_from_above():
    found = _size(0.75 * X, disc(4.0))
    assert found.area == pytest.approx(np.pi * 16 * 1.25, rel=0.02)


@pytest.mark.parametrize("sign", [-1, 1])
def test_depth_carries_the_sign_of_the_change(sign):
    found = _size(sign * -bowl(5.0, 1.2), disc(5.0), 0.03)
    assert found.depth is not None
    assert found.depth.mean == pytest.approx(sign * 0.6, abs=0.02)
    assert found.depth.extreme == pytest.approx(sign * 1.2, abs=0.12)
    assert found.kind == ("raised" if sign > 0 else "sunk")


def test_the_volume_of_a_bowl_is_half_that_of_its_cylinder():
    assert _size(bowl(5.0, 1.2), disc(5.0)).volume == pytest.approx(-np.pi * 25 * 0.6, rel=0.02)


def test_a_dent_in_a_curved_surface_is_measured_from_the_curve():
    curved = -((X**2 + Y**2) / 120)
    found = _size(curved + bowl(4.0, 0.8), disc(4.0), 0.02)
    assert found.surface == "quadric"
    assert found.depth is not None
    assert found.depth.mean == pytest.approx(-0.4, abs=0.05)


def test_a_flat_surface_is_not_called_curved():
    assert _size(bowl(4.0, 0.8), disc(4.0), 0.03).surface == "plane"


def test_a_step_beside_the_region_does_not_tilt_its_reference():
    found = _size(bowl(4.0, 0.8) + np.where(X > 7.5, 3.0, 0.0), disc(4.0), 0.02)
    assert found.depth is not None
    assert found.depth.mean == pytest.approx(-0.4, abs=0.05)


def test_another_region_in_the_ring_is_no_surrounding():
    other = np.hypot(X - 8, Y) < 3.5
    height = bowl(4.0, 0.8) + np.where(other, 2.0, 0.0)
    both = [region_of(disc(4.0)), region_of(other)]
    found = measure_regions(both, cloud_of(height, 0.02))[0]
    assert found.fit_error == pytest.approx(0.02, abs=0.005)


def test_a_stain_is_colour_only():
    assert _size(FLAT, disc(4.0), 0.03).kind == "colour"


def test_length_and_width_follow_the_region_and_not_the_raster():
    turned = (np.abs(X + Y) < 12 / np.sqrt(2)) & (np.abs(X - Y) < 4 / np.sqrt(2))
    found = _size(FLAT, turned)
    assert found.length == pytest.approx(12 / 1, abs=0.6)
    assert found.width == pytest.approx(4 / 1, abs=0.6)


@pytest.mark.parametrize(("lost", "trust"), [(0.5, "at_least"), (0.8, "too_few"), (0.1, "full")])
def test_missing_points_are_said_by_coverage(lost, trust):
    height = np.where(disc(5.0) & (np.random.default_rng(0).random(X.shape) < lost), np.nan, bowl(5.0, 1.0))
    found = _size(height, disc(5.0))
    assert found.coverage == pytest.approx(1 - lost, abs=0.05)
    assert found.trust == trust
    assert (found.depth is None) == (trust == "too_few")


def test_a_step_between_neighbours_is_not_area():
    block = disc(3.0)
    assert _size(np.where(block, 6.0, 0.0), disc(4.0)).area == pytest.approx(np.pi * 16, rel=0.15)


def test_the_flat_reference_is_the_plane_of_the_whole_part():
    found = _size(np.where(RADIUS < 9, -0.5, 0.0), disc(3.0), 0.02, reference="flat")
    assert found.depth is not None
    assert found.depth.mean == pytest.approx(-0.5, abs=0.02)


def test_without_a_cloud_sizes_are_pixels_unless_a_scale_is_given():
    region = region_of(disc(5.0))
    (plain,) = measure_regions([region], None)
    (scaled,) = measure_regions([region], None, mm_per_pixel=PITCH_MM)
    assert (plain.trust, plain.area) == ("pixels", region.pixels)
    assert scaled.trust == "image_scale"
    assert scaled.area == pytest.approx(np.pi * 25, rel=0.01)


def test_a_region_of_one_pixel_is_too_few_points():
    single = (Y == 0) & (X == 0)
    assert _size(FLAT, single).trust == "too_few"
