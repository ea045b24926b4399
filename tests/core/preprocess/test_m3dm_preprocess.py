"""Plane, survivors and padding against the published program's."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray

from core.preprocess.config import PreprocessConfig
from core.preprocess.plane import edge_points, fit_plane
from core.preprocess.prepare import Prepared, prepare
from core.sample import Sample
from tests.golden import fill
from tests.golden_vectors import sizes, vectors

pytestmark = pytest.mark.golden


def _cloud() -> NDArray[np.float32]:
    cloud: NDArray[np.float32] = vectors("m3dm_preprocess")["cloud"].astype(np.float32)
    return np.where((cloud == 0).any(axis=-1, keepdims=True), np.float32(np.nan), cloud)


def _sample() -> Sample:
    height, width, _ = vectors("m3dm_preprocess")["cloud"].shape
    rows, columns = np.mgrid[0:height, 0:width]
    x, y = (columns - width / 2) * 0.0007, (rows - height / 2) * 0.0007
    return Sample(
        "given",
        rgb=fill.image(height, width, "m3dm.preprocess.rgb", sizes("m3dm")["salt"]),
        xyz=_cloud(),
        mask=np.hypot(x - 0.005, y + 0.004) < 0.01,
    )


@cache
def _prepared() -> Prepared:
    return prepare(_sample())


def _expected_mask(name: str) -> NDArray[np.bool_]:
    given = vectors("m3dm_preprocess")
    height, width = (int(side) for side in given["out_shape"][:2])
    return np.unpackbits(given[name], count=height * width).reshape(height, width).astype(bool)


@pytest.mark.parametrize("trial_points", [3, 50])
def test_m3dm_preprocess_plane_is_the_published_one(trial_points: int) -> None:
    cloud = _cloud()
    config = PreprocessConfig(plane_trial_points=trial_points)
    plane = fit_plane(edge_points(cloud, np.isfinite(cloud).all(-1), config.edge_strip), config)
    assert plane is not None
    found = np.array([*plane.normal, plane.offset])
    for expected in vectors("m3dm_preprocess")["planes"]:
        signed = expected * np.sign(expected @ found)
        np.testing.assert_allclose(found, signed, rtol=0, atol=1e-3)


def test_m3dm_preprocess_keeps_the_same_points() -> None:
    expected, found = _expected_mask("keep"), _prepared().sample.seen
    assert found.shape == expected.shape
    assert (found & expected).sum() / (found | expected).sum() >= 0.995


def test_m3dm_preprocess_pads_all_pictures_alike() -> None:
    sample, given = _prepared().sample, vectors("m3dm_preprocess")
    assert sample.rgb is not None
    assert sample.xyz is not None
    assert sample.mask is not None
    assert sample.xyz.shape == sample.rgb.shape == tuple(given["out_shape"])
    assert sample.placing.from_source(0, 0) == tuple(given["pad"])
    assert sample.mask.sum() == given["gt_out_sum"]


def test_m3dm_preprocess_blackens_the_same_pixels() -> None:
    rgb = _prepared().sample.rgb
    assert rgb is not None
    expected, found = _expected_mask("rgb_out_zero"), (rgb == 0).all(axis=-1)
    assert (found & expected).sum() / (found | expected).sum() >= 0.995
