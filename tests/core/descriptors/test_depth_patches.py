"""Raw depth, HoG and SIFT on pictures that one can reckon by hand."""

from __future__ import annotations

import numpy as np
import torch

from core.descriptors.hog import hog_patches
from core.descriptors.pooling import averaged_array, joined, pooled, pooled_array
from core.descriptors.raster import depth_picture, rastered
from core.descriptors.raw import raw_patches
from core.descriptors.sift import dense_sift, sift_patches
from core.geometry.working_cloud import working_cloud


def slope(down: float, across: float, side: int = 64) -> torch.Tensor:
    rows, columns = torch.meshgrid(torch.arange(side), torch.arange(side), indexing="ij")
    return (down * rows + across * columns).float()


def test_raw_patches_are_runs_along_the_raster() -> None:
    patches = raw_patches(torch.arange(224.0 * 224).reshape(224, 224))
    assert patches.values.shape == (784, 64)
    assert patches.values[1].tolist() == list(range(64, 128))


def test_an_oriented_slope_fills_one_bin_of_the_gradient_histogram() -> None:
    across, down = hog_patches(slope(0, 1)).values[9], hog_patches(slope(1, 0)).values[9]
    assert across.argmax() == 0
    assert down.argmax() == 4
    assert (across > 1e-3).sum() == (down > 1e-3).sum() == 1


def test_the_gradient_histogram_of_a_level_picture_is_zero() -> None:
    patches = hog_patches(torch.full((64, 48), 3.0))
    assert patches.grid == (8, 6)
    assert (patches.values == 0).all()


def test_the_gradient_histogram_ignores_the_steepness() -> None:
    torch.testing.assert_close(hog_patches(slope(1, 3)).values, hog_patches(slope(5, 15)).values)


def test_a_gradient_histogram_caps_a_single_direction_before_it_is_scaled_again() -> None:
    noisy = torch.from_numpy(np.random.default_rng(0).random((64, 64)))
    lengths = hog_patches(noisy).values.norm(dim=1)
    torch.testing.assert_close(lengths, torch.ones(64), rtol=1e-4, atol=0)


def test_sift_describes_every_pixel_by_a_root_of_shares() -> None:
    described = dense_sift(np.random.default_rng(0).random((40, 50)).astype(np.float32))
    assert described.shape == (128, 40, 50)
    np.testing.assert_allclose(np.square(described).sum(0), 1, rtol=1e-4)


def test_sift_turns_its_angle_bins_with_the_picture() -> None:
    slopes = slope(0, 1).numpy(), slope(1, 0).numpy()
    across, down = (dense_sift(picture)[:, 30, 30].reshape(8, 16) for picture in slopes)
    assert across.sum(1).argmax() == 0
    assert down.sum(1).argmax() == 2


def test_sift_of_a_level_picture_is_level_and_finite() -> None:
    values = sift_patches(torch.zeros(224, 224)).values
    assert values.shape == (784, 128)
    torch.testing.assert_close(values, torch.full_like(values, 1e-5), rtol=1e-3, atol=0)


def test_pooling_averages_three_by_three_and_then_each_cell() -> None:
    picture = slope(1, 0, 30)[None]
    patches = pooled(picture, 28)
    torch.testing.assert_close(patches.values[:, 0].reshape(28, 28)[:, 5], torch.arange(1.0, 29))


def test_pooling_is_the_same_without_torch() -> None:
    picture = torch.rand(3, 61, 60)
    np.testing.assert_allclose(pooled_array(picture.numpy()), pooled(picture).values, rtol=1e-5, atol=1e-7)
    plain = torch.nn.functional.adaptive_avg_pool2d(picture, 7).flatten(1).T
    np.testing.assert_allclose(averaged_array(picture.numpy(), 7), plain, rtol=1e-5, atol=1e-7)


def test_joined_features_stand_side_by_side() -> None:
    patches = pooled(torch.rand(3, 60, 60))
    assert joined(patches, patches).values.shape == (784, 6)


def test_unseen_pixels_are_zero_on_the_raster() -> None:
    xyz = np.full((10, 10, 3), 0.5, np.float32)
    xyz[2, 3] = np.nan
    cloud = working_cloud(xyz, 10)
    depth = depth_picture(cloud)
    assert depth[2, 3] == 0
    assert (depth == 0.5).sum() == 99
    assert rastered(cloud, cloud.points).shape == (3, 10, 10)
