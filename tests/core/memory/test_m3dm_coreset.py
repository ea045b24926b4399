"""The coreset against the published programs' rows, chosen in double precision."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from core.memory.coreset import coreset, covering_radius, greedy_cover, kept_rows, project
from core.monitor import Monitor
from tests.golden_inputs import coreset_rows
from tests.golden_vectors import sizes, vectors

pytestmark = pytest.mark.golden
SEED = 42


def rows() -> torch.Tensor:
    return torch.from_numpy(coreset_rows())


def count() -> int:
    return kept_rows(sizes("m3dm")["coreset_fraction"], len(rows()))


def test_m3dm_coreset_projection_is_the_published_one() -> None:
    projected = project(rows(), 0.9, SEED, Monitor()).numpy()
    expected = vectors("m3dm_coreset")
    assert projected.shape[1] == expected["proj_dim"]
    np.testing.assert_allclose(projected[:4], expected["proj_rows"], atol=1e-5)
    np.testing.assert_allclose(np.linalg.norm(projected, axis=1), expected["proj_norm"], rtol=1e-5)


@pytest.mark.parametrize(
    ("name", "eps", "start"),
    [("idx_exact", 0.9, 0), ("idx_exact_start7", 0.9, 7), ("idx_noproj", None, 0)],
)
def test_m3dm_coreset_picks_the_same_rows_in_the_same_order(name: str, eps: float | None, start: int) -> None:
    chosen = coreset(rows(), count(), Monitor(), eps=eps, seed=SEED, start=start)
    np.testing.assert_array_equal(chosen.numpy(), vectors("m3dm_coreset")[name])


def test_m3dm_coreset_covers_as_closely_as_the_exact_choice() -> None:
    projected = project(rows(), 0.9, SEED, Monitor())
    radius = covering_radius(projected, greedy_cover(projected, count(), Monitor()), Monitor())
    assert radius == pytest.approx(vectors("m3dm_coreset")["radius"][0], rel=1e-6)
