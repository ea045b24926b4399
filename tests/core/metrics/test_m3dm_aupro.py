"""AU-PRO and AUROC against the numbers of the published programs."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from core.metrics.aupro import Form, aupro, pixel_auroc, pro_curve
from core.metrics.auroc import auroc
from core.metrics.pixels import PixelScores, pixel_scores
from tests.golden_vectors import vectors

pytestmark = [pytest.mark.golden, pytest.mark.parametrize("kind", ["float", "quantised"])]
TOLERANCE = {"float": 1e-9, "quantised": 1e-6}


def _maps(kind: str) -> NDArray[np.float32]:
    maps: NDArray[np.float32] = vectors("m3dm_aupro")["maps"]
    if kind == "float":
        return maps
    top = maps.max(axis=(1, 2), keepdims=True)
    quantised: NDArray[np.float32] = np.floor(maps / top * np.float32(255)) / np.float32(255) * top
    return quantised


def _masks() -> NDArray[np.bool_]:
    given = vectors("m3dm_aupro")
    flat = np.unpackbits(given["gts"], count=given["maps"].size)
    return flat.reshape(given["maps"].shape).astype(bool)


def _pixels(kind: str) -> PixelScores:
    return pixel_scores(list(_maps(kind)), list(_masks()))


def _expected(kind: str, name: str) -> NDArray[Any]:
    return vectors("m3dm_aupro")[f"{kind}_{name}"]


@pytest.mark.parametrize(("form", "name"), [("reference", "aupro100"), ("cfm", "aupro99")])
def test_m3dm_aupro_has_the_published_programs_numbers(kind: str, form: Form, name: str) -> None:
    found = aupro(_pixels(kind), vectors("m3dm_aupro")["limits"], form)
    np.testing.assert_allclose(found, _expected(kind, name), rtol=0, atol=TOLERANCE[kind])


def test_m3dm_aupro_with_fine_thresholds_meets_the_fine_and_the_exact_figure(kind: str) -> None:
    pixels, limits = _pixels(kind), vectors("m3dm_aupro")["limits"]
    fine = [pro_curve(pixels, 5000).area(limit) for limit in limits]
    np.testing.assert_allclose(fine, _expected(kind, "aupro_fine"), rtol=0, atol=TOLERANCE[kind])
    if kind == "float":
        np.testing.assert_allclose(aupro(pixels, limits, "exact"), fine, rtol=0, atol=5e-3)


def test_m3dm_aupro_curve_passes_through_the_published_points(kind: str) -> None:
    curve = pro_curve(_pixels(kind))
    np.testing.assert_allclose(curve.false_alarms, _expected(kind, "fpr100"), atol=TOLERANCE[kind])
    np.testing.assert_allclose(curve.overlap, _expected(kind, "pro100"), atol=TOLERANCE[kind])


def test_m3dm_aupro_maps_have_the_published_pixel_and_image_auroc(kind: str) -> None:
    assert pixel_auroc(_pixels(kind)) == pytest.approx(
        float(_expected(kind, "pixel_auroc")), abs=TOLERANCE[kind]
    )
    whole, is_bad = _maps(kind).max(axis=(1, 2)), _masks().any(axis=(1, 2))
    assert auroc(whole, is_bad) == pytest.approx(float(_expected(kind, "image_auroc")), abs=TOLERANCE[kind])
