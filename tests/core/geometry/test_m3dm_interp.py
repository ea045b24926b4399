"""From groups to the grid, against the exact values of the reference's interpolation."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from core.geometry.grouping import group_points
from core.geometry.to_pixels import interpolation, patch_map
from tests.core.backbones.stand_in import features, golden_groups
from tests.golden import fill
from tests.golden_vectors import sizes, vectors

pytestmark = pytest.mark.golden


@pytest.mark.parametrize("case", ["", "cam_"])
def test_m3dm_interp_points_take_the_mean_of_their_three_nearest_groups(case: str) -> None:
    size, expected = sizes("m3dm"), vectors("m3dm_interp")
    points = fill.points(size["points_cloud"], "m3dm.cloud", size["salt"])
    groups = golden_groups(size["num_group"], size["group_size"])
    values = features("point_mae", groups, "running").T
    if case:
        points = np.float32(np.float64(points) * 0.12 + (0.01, -0.02, 0.6))
    rows = expected["rows"]
    weights = interpolation(points, points[groups.centre_index])[rows]
    check_rows(weights @ values, expected[f"{case}exact"])
    nearest = expected[f"{case}nn_idx"] if case else expected["nn_idx"][rows]
    assert [set(row.indices) for row in weights] == [set(row) for row in nearest.astype(int)]


def test_m3dm_chain_from_cloud_to_patches_agrees() -> None:
    size, expected = sizes("m3dm"), vectors("m3dm_chain")
    cloud = fill.cloud(size["organised_h"], size["organised_w"], "m3dm.organised", size["salt"])
    rows, columns = (np.arange(224) * side // 224 for side in cloud.shape[:2])
    flat = cloud[rows[:, None], columns].reshape(-1, 3)
    pixels = np.flatnonzero((flat != 0).all(axis=1))
    assert len(pixels) == expected["n_points"]
    groups = group_points(flat[pixels], size["num_group"], size["group_size"])
    np.testing.assert_array_equal(groups.centre_index, expected["center_idx"])
    values = features("point_mae", groups, "running").T
    patches = patch_map(pixels, flat[pixels], groups.centres) @ values
    check_rows(patches[expected["rows"]][:, :32], expected["row_first32"], expected["row_norm"])
    zero = np.unpackbits(expected["zero_rows"])[: len(patches)].astype(bool)
    np.testing.assert_array_equal((patches == 0).all(axis=1), zero)
    np.testing.assert_array_equal(
        (patches == 0).any(axis=1), np.unpackbits(expected["any_zero_rows"])[: len(patches)].astype(bool)
    )
    typical = np.linalg.norm(patches) / np.sqrt(patches.size)
    np.testing.assert_allclose(patches.ravel()[expected["idx"]], expected["val"], atol=1e-3 * typical)


def check_rows(
    found: NDArray[np.float32], exact: NDArray[np.float32], norms: NDArray[np.float32] | None = None
) -> None:
    """Each row within 1e-4 of its norm."""
    norms = np.linalg.norm(exact, axis=1) if norms is None else norms
    assert (np.linalg.norm(found - exact, axis=1) <= 1e-4 * norms + 1e-12).all()
