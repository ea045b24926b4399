"""The AU-PRO of reverse distillation, and the masks it is taken with, against the published program."""

from __future__ import annotations

import numpy as np
import pytest

from core.metrics.aupro import pixel_auroc
from core.metrics.aupro_rd import aupro_rd, mean_aupro_rd
from core.metrics.pixels import pixel_scores
from core.metrics.truth import truth_in_bilinear
from tests.golden_vectors import sizes, vectors


@pytest.mark.golden
def test_rd_pro_figures_are_those_of_the_program() -> None:
    expected = vectors("rd_pro")
    maps, masks = list(expected["maps"]), [mask > 0 for mask in expected["masks"]]
    count = sizes("rd")["thresholds"]
    each = [aupro_rd([pixels], [mask], thresholds=count) for pixels, mask in zip(maps, masks, strict=True)]
    np.testing.assert_allclose(each, expected["pro_each"], atol=1e-9)  # type: ignore[arg-type]  # none is None
    assert mean_aupro_rd(maps, masks) == pytest.approx(float(expected["pro_mean"]), abs=1e-9)
    together = aupro_rd(maps, masks, thresholds=count)
    assert together == pytest.approx(float(expected["pro_all_at_once"]), abs=1e-9)
    assert pixel_auroc(pixel_scores(maps, masks)) == pytest.approx(float(expected["pixel_auroc"]), abs=1e-9)


@pytest.mark.golden
def test_rd_preprocess_masks_are_those_of_the_program() -> None:
    expected = vectors("rd_preprocess")
    size = int(expected["size"])
    found = truth_in_bilinear(expected["mask"] > 0, size)
    np.testing.assert_array_equal(found, expected["mask_binary"][0] > 0)


def test_a_perfect_map_has_an_area_of_one() -> None:
    mask = np.zeros((32, 32), bool)
    mask[4:9, 5:11] = True
    background = np.random.default_rng(0).random((32, 32)) * 0.5
    found = aupro_rd([np.where(mask, 1.0, background)], [mask])
    assert found == pytest.approx(1.0)


@pytest.mark.parametrize("mask", [np.zeros((8, 8), bool), np.ones((8, 8), bool)])
def test_without_defect_or_background_there_is_no_figure(mask: np.ndarray) -> None:
    assert aupro_rd([np.random.default_rng(0).random((8, 8))], [mask]) is None


def test_a_map_without_contrast_has_no_figure() -> None:
    mask = np.zeros((8, 8), bool)
    mask[2, 2] = True
    assert aupro_rd([np.ones((8, 8))], [mask]) is None


def test_pictures_without_a_defect_are_left_out_of_the_mean() -> None:
    mask = np.zeros((16, 16), bool)
    mask[3:6, 3:6] = True
    pixels = np.random.default_rng(0).random((16, 16))
    assert mean_aupro_rd([pixels, pixels], [mask, ~mask & mask]) == aupro_rd([pixels], [mask])
    assert mean_aupro_rd([pixels], [~mask & mask]) is None
