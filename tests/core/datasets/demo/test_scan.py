"""What the sensors report of a demo part."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
from scipy import ndimage

from core.datasets.demo.plan import DemoPlan, known_classes, parts_of
from core.datasets.demo.scan import scan_part

PLAN = DemoPlan(train=3, validation=0, test=0, size=240)


@pytest.fixture(scope="module", params=known_classes())
def good_scans(request):
    return [scan_part(PLAN, part) for part in parts_of(PLAN, request.param)]


def test_picture_and_cloud_share_the_raster_and_are_of_the_promised_types(good_scans):
    for scan in good_scans:
        assert (scan.rgb.shape, scan.rgb.dtype) == ((240, 240, 3), np.uint8)
        assert (scan.xyz.shape, scan.xyz.dtype) == ((240, 240, 3), np.float32)
        assert (scan.mask.shape, scan.mask.dtype, scan.mask.any()) == ((240, 240), bool, False)


def test_the_cloud_lies_half_a_metre_away_in_metres(good_scans):
    for scan in good_scans:
        depth = scan.xyz[..., 2]
        assert 0.5 < np.nanmin(depth) < np.nanmax(depth) < 0.7
        assert 0.09 < np.nanmax(scan.xyz[..., 0]) - np.nanmin(scan.xyz[..., 0]) < 0.15


def test_the_border_is_one_tilted_plane_more_than_5_mm_below_most_of_the_part(good_scans):
    for scan in good_scans:
        inner = np.zeros(scan.mask.shape, bool)
        inner[4:-4, 4:-4] = True
        edge = scan.exact[~inner].astype(float)
        design = np.c_[edge[:, :2], np.ones(len(edge))]
        plane, *_ = np.linalg.lstsq(design, edge[:, 2], rcond=None)
        residual = edge[:, 2] - design @ plane
        assert np.median(np.abs(residual)) < 2e-4
        assert np.abs(plane[:2]).max() > 1e-3
        x, y, z = np.moveaxis(scan.exact.astype(float), -1, 0)
        raised = plane[0] * x + plane[1] * y + plane[2] - z > 0.005
        assert 0.25 < raised.mean() < 0.75


def test_the_noise_is_a_few_hundredths_of_a_millimetre(good_scans):
    for scan in good_scans:
        error = (scan.xyz - scan.exact)[..., 2] * 1000
        assert 0.02 < np.nanstd(error) < 0.06
        assert abs(np.nanmean(error)) < 0.003


def test_points_are_lost_mostly_at_steep_edges(good_scans):
    for scan in good_scans:
        lost = np.isnan(scan.xyz[..., 2])
        down, across = np.gradient(scan.exact[..., 2] * 1000)
        steep = np.hypot(down, across) > 2
        assert 0.001 < lost.mean() < 0.12
        assert lost[steep].mean() > 5 * lost[~steep].mean()
        np.testing.assert_array_equal(lost, np.isnan(scan.xyz).all(-1))


def test_each_point_lies_on_the_ray_of_its_pixel(good_scans):
    for scan in good_scans:
        rays = scan.camera.rays()
        np.testing.assert_allclose(scan.exact[..., :2] / scan.exact[..., 2:], rays[..., :2], atol=1e-6)


def test_good_parts_differ_in_pose_and_texture(good_scans):
    first, second, third = (scan.rgb.astype(int) for scan in good_scans)
    assert np.abs(first - second).mean() > 3
    assert np.abs(second - third).mean() > 3


def test_a_shape_defect_leaves_the_rest_of_the_cloud_as_it_was():
    plan = replace(PLAN, test=10)
    dent = next(part for part in parts_of(plan, "cap") if part.label == "dent")
    bad, twin = scan_part(plan, dent), scan_part(replace(plan, strength=1e-6), dent)
    moved = np.abs(bad.exact - twin.exact).max(-1) > 1e-4
    assert moved.any()
    assert not (moved & ~ndimage.binary_dilation(bad.mask)).any()


def test_another_process_makes_the_same_part():
    code = (
        "import hashlib\n"
        "from core.datasets.demo.plan import DemoPlan, parts_of\n"
        "from core.datasets.demo.scan import scan_part\n"
        "plan = DemoPlan(train=1, validation=0, test=0, size=64)\n"
        "scan = scan_part(plan, parts_of(plan, 'bagel')[0])\n"
        "print(hashlib.sha256(scan.rgb.tobytes() + scan.xyz.tobytes()).hexdigest())"
    )
    runs = {
        subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout for _ in "ab"
    }
    assert len(runs) == 1
    assert len(runs.pop()) > 60
