"""Measured sizes of demo dents and bumps against the true ones."""

from __future__ import annotations

import numpy as np
import pytest

from core.datasets.demo.plan import DemoPlan, parts_of
from core.datasets.demo.scan import DemoScan, scan_part
from core.measure.metric_cloud import metric_cloud
from core.measure.region_size import measure_regions
from core.measure.regions import regions_of
from core.measurement import RegionSize
from core.preprocess.config import PreprocessConfig
from core.preprocess.prepare import prepare
from core.sample import Sample

PLAN = DemoPlan(test=24, size=320)
DEFECTS = [("flange", "dent"), ("cap", "dent"), ("bagel", "dent"), ("bagel", "bump"), ("cushion", "bump")]


@pytest.fixture(scope="module", params=DEFECTS, ids=lambda pair: "-".join(pair))
def measured(request: pytest.FixtureRequest) -> tuple[DemoScan, RegionSize]:
    family, label = request.param
    scan = scan_part(PLAN, next(part for part in parts_of(PLAN, family) if part.label == label))
    sample = Sample(label, rgb=scan.rgb, xyz=scan.xyz)
    alone = prepare(sample, PreprocessConfig(pad_to_square=False)).sample
    (found,) = measure_regions(
        regions_of(scan.mask, scan.mask.astype(np.float32)), metric_cloud(sample, alone.part)
    )
    return scan, found


def test_the_area_is_within_five_per_cent(measured):
    scan, found = measured
    assert scan.size is not None
    assert found.area == pytest.approx(scan.size.area_mm2, rel=0.05)


def test_the_depth_is_within_twice_the_noise_and_its_sign_is_right(measured):
    scan, found = measured
    assert scan.size is not None
    assert found.depth is not None
    assert found.fit_error is not None
    assert abs(found.depth.mean - scan.size.depth_mean_mm) <= max(0.05, 2 * found.fit_error)
    assert np.sign(found.depth.mean) == np.sign(scan.size.depth_mean_mm)
