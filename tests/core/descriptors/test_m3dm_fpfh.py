"""Normals and histograms against the published program's."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from core.descriptors.fpfh import Reach, describe_points, fpfh
from core.descriptors.neighbours import points_around
from core.descriptors.normals import estimate_normals
from core.descriptors.pooling import pooled
from tests.golden_inputs import organised_cloud
from tests.golden_vectors import vectors

pytestmark = pytest.mark.golden
SIDE = 112
REACH = Reach()
Array = NDArray[np.float32]


def scene() -> tuple[Array, NDArray[np.bool_]]:
    picture = organised_cloud(SIDE)
    seen = (picture != 0).all(2)
    return picture[seen], seen


@cache
def with_published_normals() -> Array:
    points, _ = scene()
    around = points_around(points, REACH.points, REACH.radius_mm)
    return fpfh(points, vectors("m3dm_fpfh")["normals"], around)


def test_m3dm_fpfh_normals_are_the_published_ones_but_for_their_sign() -> None:
    points, _ = scene()
    normals = estimate_normals(points, points_around(points, REACH.normal_points, REACH.normal_radius_mm))
    cosines = np.abs((normals * vectors("m3dm_fpfh")["normals"]).sum(1))
    assert (cosines > 0.999).mean() >= 0.99


def test_m3dm_fpfh_histograms_given_the_normals_are_the_published_ones() -> None:
    expected, (_, seen) = vectors("m3dm_fpfh"), scene()
    rank_of_pixel = np.cumsum(seen.ravel()) - 1
    found = with_published_normals()[rank_of_pixel[expected["point_rows"]]]
    assert (np.abs(found - expected["fpfh_rows"]) < 1e-2).mean() >= 0.95


def test_m3dm_fpfh_patches_are_the_published_ones() -> None:
    _, seen = scene()
    picture = np.zeros((*seen.shape, 33), np.float32)
    picture[seen] = with_published_normals()
    expected = vectors("m3dm_fpfh")["patch"]
    patches = pooled(torch.from_numpy(picture).permute(2, 0, 1)).values.numpy()
    assert np.linalg.norm(patches - expected) <= 0.01 * np.linalg.norm(expected)


def test_m3dm_fpfh_from_points_alone_keeps_most_histograms() -> None:
    points, _ = scene()
    close = np.abs(describe_points(points) - with_published_normals()) < 1e-2
    assert close.mean() >= 0.95
