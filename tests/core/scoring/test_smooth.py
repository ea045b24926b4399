"""The blur of score maps."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageFilter

from core.scoring.smooth import Blur, box_kernel, smooth


def waves(height: int = 60, width: int = 45) -> np.ndarray:
    y, x = np.mgrid[:height, :width]
    return (np.sin(x / 7) * np.cos(y / 5) + 1).astype(np.float32)


@pytest.mark.parametrize("blur", ["float", "8bit"])
def test_an_empty_map_stays_empty(blur: Blur) -> None:
    assert (smooth(np.zeros((9, 9), np.float32), blur=blur) == 0).all()


def test_a_level_map_stays_level_up_to_its_border() -> None:
    np.testing.assert_allclose(smooth(np.full((20, 30), 1.7, np.float32)), 1.7, rtol=1e-6)


def test_three_passes_have_the_variance_of_the_gaussian() -> None:
    kernel = box_kernel(4.0)
    offsets = np.arange(len(kernel)) - len(kernel) // 2
    assert 3 * (kernel * offsets**2).sum() == pytest.approx(16.0)


def test_the_exact_blur_follows_pillow_to_one_level() -> None:
    pixels = np.round(waves() / waves().max() * 255).astype(np.float32)
    pillow = Image.fromarray(pixels.astype(np.uint8)).filter(ImageFilter.GaussianBlur(4))
    np.testing.assert_allclose(smooth(pixels), np.asarray(pillow, np.float32), atol=1.5)


def test_the_blur_of_256_levels_is_pillows() -> None:
    pixels = waves()
    pixels *= 255 / pixels.max()
    expected = np.asarray(Image.fromarray(pixels.astype(np.uint8)).filter(ImageFilter.GaussianBlur(4)))
    np.testing.assert_allclose(smooth(pixels, blur="8bit"), expected, rtol=1e-5)


def test_a_scaled_map_is_blurred_to_a_scaled_map() -> None:
    np.testing.assert_allclose(smooth(waves() * 8), smooth(waves()) * 8, rtol=1e-6)


def test_a_map_of_one_pixel_stays() -> None:
    assert smooth(np.array([[2.0]], np.float32)).tolist() == [[2.0]]
