"""Every step between networks and map against the reference."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from core.geometry.farthest_points import farthest_points
from core.methods.shape_guided.cells import cells_of
from core.methods.shape_guided.config import ShapeGuidedConfig
from core.methods.shape_guided.cut import Cutting, members_of, patch_count, seen_points, unit_cloud
from core.methods.shape_guided.expert import ShapeExpert
from core.methods.shape_guided.memories import CELLS, Memories, kept_cells
from core.methods.shape_guided.noise import near_copies, noisy_copies, spread_of
from core.methods.shape_guided.scores import least_on_pixels, score_colour, score_shape
from core.sample import Sample
from core.scoring.align import Alignment
from core.scoring.smooth import smooth
from tests.core.methods.shape_guided.stand_in import dome, ragged, sdf_network
from tests.golden_vectors import sizes, vectors

pytestmark = pytest.mark.golden


def test_shape_noise_is_the_reference_s_for_the_same_draws() -> None:
    expected = vectors("shape_noise")
    spread = spread_of(expected["patch"])
    np.testing.assert_allclose(spread, expected["sigma"], atol=1e-6)
    assert near_copies(len(expected["normals"])) == expected["n_half"]
    noisy = noisy_copies(expected["patch"], spread, expected["normals"])
    np.testing.assert_allclose(noisy.samples, expected["samples_normalised"], atol=1e-6)
    np.testing.assert_array_equal(noisy.nearest, expected["nearest"])


def test_shape_cut_keeps_the_points_counts_centres_and_patches_of_the_reference() -> None:
    expected, sized = vectors("shape_cut"), sizes("shape")
    xyz = dome(*expected["cloud_shape"].tolist(), "cut_cloud", float(expected["keep"]))
    cloud = seen_points(Sample("cut", None, xyz), 224)
    points, _ = unit_cloud(cloud.points)
    np.testing.assert_array_equal(cloud.pixels, expected["foreground"])
    first, last = expected["points_first"], expected["points_last"]
    np.testing.assert_allclose(points[: len(first)], first, atol=1e-6)
    np.testing.assert_allclose(points[-len(last) :], last, atol=1e-6)
    for key, name in (("group_mul", "n_groups"), ("group_mul_pretrain", "n_groups_pretrain")):
        assert patch_count(len(points), Cutting(sized["point_num"], sized[key])) == expected[name]
    count, start = int(expected["n_groups"]), int(expected["start"])
    centres = farthest_points(points, count, start=start, skip_origin=False)
    np.testing.assert_array_equal(centres, expected["fps"])
    members = members_of(points, count, sized["point_num"], start)
    pixels = cloud.pixels[members]
    common = [np.intersect1d(*pair).size for pair in zip(pixels, expected["groups_sorted"], strict=True)]
    assert np.mean(common) / sized["point_num"] >= 0.999
    assert set(pixels[0]) == set(expected["group_first"])
    reach = np.linalg.norm(points[members[:, -1]] - points[centres], axis=1)
    np.testing.assert_allclose(reach, expected["radius"], atol=1e-6)
    covered = np.bincount(pixels.ravel(), minlength=expected["coverage"].size)
    assert np.mean(covered == expected["coverage"]) >= 0.999


def test_shape_cells_of_each_patch_are_exactly_the_reference_s() -> None:
    expected = vectors("shape_cells")
    patches = ragged(expected["pixels"], expected["pixels_len"])
    for pixels, cells in zip(patches, ragged(expected["cells"], expected["cells_len"]), strict=True):
        np.testing.assert_array_equal(cells_of(pixels), cells)


@pytest.mark.parametrize("mode", ["testing", "alignment"])
def test_shape_sdf_memory_explains_codes_as_the_reference_does(mode: str) -> None:
    expected, sized = vectors("shape_sdf_memory"), sizes("shape")
    rows, codes = torch.from_numpy(expected["memory"]), torch.from_numpy(expected[f"{mode}_feature"])
    no_cells = np.zeros(len(rows), np.int64)
    memories = Memories(rows, no_cells[:0], no_cells, np.array([len(rows)]))
    config = ShapeGuidedConfig(k_number=sized["memory_k"], dict_n_component=sized["atoms"])
    found = score_shape(memories, codes, config, drops_first=mode == "alignment")
    np.testing.assert_array_equal(found.neighbours, expected[f"{mode}_knn"])
    np.testing.assert_allclose(found.codes.numpy(), expected[f"{mode}_sparse"], rtol=1e-5, atol=1e-5)
    off = (codes - found.codes).norm(dim=1).numpy()
    np.testing.assert_allclose(off, expected[f"{mode}_residual"], rtol=1e-5)
    assert found.whole == pytest.approx(float(expected[f"{mode}_score"]), rel=1e-5)


def test_shape_sdf_map_takes_the_least_distance_of_all_patches() -> None:
    expected = vectors("shape_sdf_map")
    expert, patches = ShapeExpert(sdf_network()), expected["patch_points"]
    np.testing.assert_allclose(expert.encode(patches).numpy(), expected["feature"], atol=1e-6)
    distances = np.abs(expert.distances(torch.from_numpy(expected["feature_used"]), patches))
    found = least_on_pixels(distances, expected["patch_index"].astype(np.int64), 224).ravel()
    np.testing.assert_array_equal(np.flatnonzero(found), expected["pixels"])
    np.testing.assert_allclose(found[expected["pixels"]], expected["values"], atol=1e-6)


@pytest.mark.parametrize("mode", ["testing", "alignment"])
@pytest.mark.parametrize("method", ["sparse", "nearest"])
def test_shape_rgb_map_and_score_are_the_reference_s(mode: str, method: str) -> None:
    expected, sized = vectors("shape_rgb_map"), sizes("shape")
    cells = ragged(expected["patch_cells"], expected["patch_cells_len"])
    row = kept_cells(cells, len(expected["train_rgb"]) * CELLS)
    np.testing.assert_array_equal(row, expected["cell_to_row"])
    colours = torch.from_numpy(expected["train_rgb"].reshape(-1, expected["train_rgb"].shape[-1])[row >= 0])
    assert list(colours.shape) == expected["kept"].tolist()
    memories = Memories(
        torch.zeros(len(cells), 1),
        np.concatenate([row[own] for own in cells]),
        np.cumsum([len(own) for own in cells]),
        np.array([len(cells)]),
        colours,
    )
    config = ShapeGuidedConfig(
        rgb_method="nearest" if method == "nearest" else "sparse",
        rgb_neighbours=sized["rgb_k"],
        dict_n_component=sized["atoms"],
    )
    asked = ragged(expected["test_cells"], expected["test_cells_len"])
    found = score_colour(
        memories,
        expected["neighbours"],
        asked,
        torch.from_numpy(expected["test_rgb"]),
        config,
        drops_first=mode == "alignment",
    )
    name = f"{mode}_{method}"
    assert found.whole == pytest.approx(float(expected[f"{name}_score"]), rel=1e-5)
    np.testing.assert_allclose(found.pixels[1::3, 1::3], expected[f"{name}_map"], rtol=1e-4, atol=1e-4)
    assert found.pixels.sum(dtype=np.float64) == pytest.approx(float(expected[f"{name}_map_sum"]), rel=1e-4)


def test_shape_blur_goes_through_the_levels_of_the_reference() -> None:
    expected = vectors("shape_blur")
    found = smooth(expected["map_in"], blur="8bit")
    largest = expected["map_in"].max()
    assert np.abs(found - expected["map_out"]).max() <= largest / 196
    assert np.mean(np.abs(found - expected["map_out"]) <= 1e-6) >= 0.99


def test_shape_align_brings_colour_to_the_scale_of_shape() -> None:
    expected = vectors("shape_align")
    found = Alignment.fit(list(expected["rgb_maps"]), onto=list(expected["sdf_maps"]))
    assert found.weight == pytest.approx(float(expected["weight"]), rel=1e-5)
    assert found.bias == pytest.approx(float(expected["bias"]), rel=1e-5)
    aligned = found(expected["test_rgb"])
    np.testing.assert_allclose(aligned, expected["rgb_aligned"], rtol=1e-5, atol=1e-7)
    np.testing.assert_allclose(np.maximum(aligned, expected["test_sdf"]), expected["fused"], rtol=1e-5)
