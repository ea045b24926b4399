"""Scores and maps against the published programs'."""

from __future__ import annotations

from math import isqrt

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from core.memory.bank import MemoryBank
from core.scoring.decision import DecisionHead
from core.scoring.reweight import Reweighting, whole_score
from core.scoring.smooth import Blur, smooth
from core.scoring.upsample import upsample
from tests.golden_inputs import bank_queries, bank_rows, low_rank
from tests.golden_vectors import sizes, vectors

pytestmark = pytest.mark.golden
MAP = (224, 224)


def prepared(normalised: bool = False) -> tuple[MemoryBank, torch.Tensor]:
    mean, deviation = vectors("m3dm_score")["mean_std"].astype(np.float32) if normalised else (0.0, 1.0)
    bank, queries = (torch.from_numpy((rows - mean) / deviation) for rows in (bank_rows(), bank_queries()))
    return MemoryBank(bank.float()), queries.float()


def score_map(blur: Blur | None, normalised: bool = False) -> NDArray[np.float32]:
    bank, queries = prepared(normalised)
    side = isqrt(sizes("m3dm")["queries"])
    pixels = upsample(bank.nearest(queries)[0], (side, side), MAP)
    return pixels if blur is None else smooth(pixels, blur=blur)


def test_m3dm_score_nearest_rows_are_the_exact_ones() -> None:
    bank, queries = prepared()
    distances, indices = bank.nearest(queries)
    np.testing.assert_array_equal(indices.numpy(), vectors("m3dm_score")["nn_idx"])
    np.testing.assert_allclose(distances.numpy(), vectors("m3dm_score")["nn_dist"], rtol=1e-6)


@pytest.mark.parametrize(
    ("name", "how", "normalised"),
    [
        ("dino_s", Reweighting(offset=1e-5), True),
        ("point_s", Reweighting(offset=1e-5), False),
        ("fusion_s", Reweighting(), False),
        ("double_s", Reweighting(divisor=1000), False),
        ("add_s", Reweighting(), False),
        ("triple_s", Reweighting(), False),
    ],
)
def test_m3dm_score_of_a_part_is_the_published_one(name: str, how: Reweighting, normalised: bool) -> None:
    bank, queries = prepared(normalised)
    score = whole_score(bank, queries, *bank.nearest(queries), how)
    assert score == pytest.approx(float(vectors("m3dm_score")[name]), rel=1e-4)


def test_m3dm_score_is_spread_to_pixels_between_cell_centres() -> None:
    np.testing.assert_allclose(
        score_map(None)[::32], vectors("m3dm_score")["bilinear_rows"], rtol=1e-5, atol=1e-5
    )


@pytest.mark.parametrize(("name", "normalised"), [("dino_map", True), ("point_map", False)])
def test_m3dm_score_maps_of_256_levels_are_the_published_ones(name: str, normalised: bool) -> None:
    expected = vectors("m3dm_score")[name]
    pixels = score_map("8bit", normalised)
    within = np.abs(pixels - expected) <= expected.max() / 255 * 1.001
    assert within.mean() >= 0.999


@pytest.mark.parametrize("name", ["double_map_max", "add_map_max", "triple_map_max"])
def test_m3dm_score_maps_have_the_published_maximum(name: str) -> None:
    pixels = score_map("8bit")
    assert pixels.max() == pytest.approx(float(vectors("m3dm_score")[name]), abs=float(pixels.max()) / 255)


def test_m3dm_score_float_blur_is_close_to_a_gaussian() -> None:
    expected = vectors("m3dm_score")["point_map_float_gauss"]
    np.testing.assert_allclose(score_map("float")[::16, ::16], expected, atol=0.02 * expected.max())


@pytest.mark.parametrize(
    ("prefix", "name", "rows", "offset"),
    [("detect", "m3dm.late.s", 60, 0.5), ("seg", "m3dm.late.m", 4000, 0.2)],
)
def test_m3dm_score_decision_layer_learns_the_published_weights(
    prefix: str, name: str, rows: int, offset: float
) -> None:
    columns = (np.abs(low_rank(name, rows, 3, 3, 0.1)) + np.float32(offset)).astype(np.float32)
    head, expected = DecisionHead.fit(columns), vectors("m3dm_score")
    np.testing.assert_allclose(head.weights, expected[f"{prefix}_coef"], rtol=1e-4)
    assert head.offset == pytest.approx(float(expected[f"{prefix}_offset"][0]), rel=1e-4)
    assert head.rounds == expected[f"{prefix}_n_iter"]
    first = expected[f"{prefix}_scores"]
    np.testing.assert_allclose(head(columns)[: len(first)], first, rtol=1e-4)
