"""The true sizes of demo defects."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from core.datasets.demo.place import table_raster
from core.datasets.demo.plan import DemoPart, DemoPlan, known_classes, parts_of
from core.datasets.demo.scan import DemoScan, scan_part
from core.datasets.demo.surface import Surface
from core.datasets.demo.truth import defect_extent, defect_size

PLAN = DemoPlan(train=0, validation=0, test=24, size=300)
MEASURABLE = [
    (family, label)
    for family, labels in {
        "flange": ("dent", "stain", "missing_hole"),
        "cap": ("dent", "burn", "contamination", "fading", "wrong_mark"),
        "bagel": ("burn", "dent"),
        "cushion": ("bump", "stain", "fading"),
    }.items()
    for label in labels
]


def _part(family: str, label: str) -> DemoPart:
    return next(part for part in parts_of(PLAN, family) if part.label == label)


def _area_mm2(scan: DemoScan) -> float:
    """Surface under the mask, from the points around each pixel of the noise-free cloud."""
    points = scan.exact.astype(float) * 1000
    down, across = np.gradient(points, axis=0), np.gradient(points, axis=1)
    return float(np.linalg.norm(np.cross(down, across), axis=-1)[scan.mask].sum())


def _plate(height: float = 10.0) -> tuple[Surface, np.ndarray]:
    place = table_raster(20, 0.1)
    flat = np.full(place.shape, height, np.float32)
    everywhere = np.ones(place.shape, bool)
    grey = np.full((*place.shape, 3), 0.3, np.float32)
    return Surface(flat, grey, flat * 0, everywhere, everywhere), place


@pytest.mark.parametrize(("family", "label"), MEASURABLE)
def test_the_area_told_is_the_area_under_the_mask_of_the_noise_free_cloud(family, label):
    scan = scan_part(PLAN, _part(family, label))
    assert scan.size is not None
    assert _area_mm2(scan) == pytest.approx(scan.size.area_mm2, rel=0.05)


def test_the_depth_told_is_the_distance_from_the_good_twins_cloud():
    for family, label in [("cap", "dent"), ("flange", "dent"), ("cushion", "bump"), ("cap", "burn")]:
        part = _part(family, label)
        scan, twin = scan_part(PLAN, part), scan_part(replace(PLAN, strength=1e-6), part)
        normal = scan.camera.axes[:, 2]
        depth = ((scan.exact - twin.exact).astype(float) @ normal)[scan.mask] * 1000
        assert scan.size is not None
        assert depth.mean() == pytest.approx(scan.size.depth_mean_mm, abs=0.05), label
        assert depth[np.abs(depth).argmax()] == pytest.approx(scan.size.depth_max_mm, abs=0.05), label


def test_a_block_on_a_plate_is_measured_exactly():
    good, place = _plate()
    block = (np.abs(place.x) < 4.0) & (np.abs(place.y) < 1.5)
    size = defect_size(good, replace(good, height=good.height + 2 * block.astype(np.float32)), place)
    assert size.sensors == "shape"
    assert (size.depth_max_mm, size.depth_mean_mm) == (2.0, 2.0)
    assert size.projected_area_mm2 == pytest.approx(24, rel=0.05)
    assert size.volume_mm3 == pytest.approx(2 * size.projected_area_mm2)
    assert (size.length_mm, size.width_mm) == pytest.approx((8, 3), abs=0.11)
    assert size.regions == 1


def test_the_rectangle_turns_with_the_defect():
    good, place = _plate()
    slanted = place.moved(0, 0, 0.5)
    bar = (np.abs(slanted.x) < 8) & (np.abs(slanted.y) < 1)
    size = defect_size(good, replace(good, height=good.height - bar.astype(np.float32)), place)
    assert (size.length_mm, size.width_mm) == pytest.approx((16, 2), abs=0.2)
    assert size.depth_max_mm == -1


def test_depth_on_a_slope_is_taken_along_its_normal():
    good, place = _plate()
    slope = replace(good, height=(10 + place.x).astype(np.float32))
    raised = replace(slope, height=slope.height + np.where(place.radius < 3, 1, 0).astype(np.float32))
    assert defect_size(slope, raised, place).depth_mean_mm == pytest.approx(np.sqrt(0.5), abs=0.01)


def test_a_change_of_colour_is_seen_by_the_camera_alone():
    good, place = _plate()
    spot = (place.radius < 3)[..., None]
    size = defect_size(good, replace(good, albedo=np.where(spot, good.albedo * 0.5, good.albedo)), place)
    assert size.sensors == "colour"
    assert size.depth_max_mm == size.volume_mm3 == 0
    assert size.area_mm2 == pytest.approx(np.pi * 9, rel=0.05)


def test_equal_surfaces_have_an_empty_mask_and_no_size():
    good, place = _plate()
    assert (defect_extent(good, good) == -1).all()
    size = defect_size(good, good, place)
    assert (size.sensors, size.area_mm2, size.length_mm, size.regions) == ("none", 0, 0, 0)


@pytest.mark.parametrize("family", known_classes())
def test_a_faint_defect_is_the_plain_one_scaled_down(family):
    for label in {part.label for part in parts_of(PLAN, family) if not part.is_good}:
        part = _part(family, label)
        plain, faint = (scan_part(replace(PLAN, size=160, strength=s), part) for s in (1.0, 0.35))
        assert plain.size is not None
        assert faint.size is not None
        assert faint.size.sensors == plain.size.sensors
        assert faint.size.depth_max_mm == pytest.approx(0.35 * plain.size.depth_max_mm, rel=0.02, abs=0.005)
        assert 0 < faint.size.projected_area_mm2 <= plain.size.projected_area_mm2
