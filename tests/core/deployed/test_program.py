"""What leaves the program: nothing heavy among its modules, and the same numbers without torch."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
from torch.nn import functional

from core.deployed.nearest import Judging, Memory, read_rows
from core.errors import DataError
from core.exporting.runner_archive import ROOT, modules_of
from core.geometry.group_grid import grid_of_groups
from core.geometry.grouping import group_points
from core.geometry.to_pixels import patch_map
from core.geometry.working_cloud import working_cloud
from core.memory.bank import MemoryBank
from core.memory.metrics import Metric
from core.methods.btf.config import BtfConfig
from core.methods.btf.extractors import colour_patches
from core.methods.graphs import PooledLayers
from core.sample import Sample
from core.scoring.cosine_maps import cosine_gap
from core.scoring.linear_maps import gaussian, spread, stretched
from core.scoring.reweight import Reweighting, whole_score
from core.scoring.smooth import Blur, smooth
from core.scoring.upsample import upsample
from tests.core.methods.parts import good


def imports_of(module: str) -> set[str]:
    place = ROOT.joinpath(*module.split("."))
    file = place / "__init__.py" if place.is_dir() else place.with_suffix(".py")
    tree = ast.parse(file.read_text(encoding="utf-8"))
    at_once = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    names = {alias.name for node in at_once if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in at_once if isinstance(node, ast.ImportFrom)}
    return {name.partition(".")[0] for name in names}


def test_the_deployed_program_imports_four_libraries_and_its_own_modules() -> None:
    modules = modules_of("core.deployed.program")
    assert {"core.deployed.runner", "core.backbones.picture", "core.errors"} <= modules
    found = {name for module in modules for name in imports_of(module)}
    assert found - set(sys.stdlib_module_names) - {"numpy", "PIL", "tifffile", "core"} == set()


@pytest.mark.parametrize("blur", ["float", "8bit"])
@pytest.mark.parametrize(
    ("offset", "divisor", "rows"), [(0.0, 1.0, 300), (1e-5, 1.0, 300), (0.0, 1000.0, 2), (0.0, 1.0, 1)]
)
def test_a_memory_says_the_same_without_torch(blur: Blur, offset: float, divisor: float, rows: int) -> None:
    drawn = torch.Generator().manual_seed(0)
    bank = MemoryBank(torch.randn(rows, 16, generator=drawn))
    patches = torch.randn(64, 16, generator=drawn) * 2 + 1
    how = Judging(3, offset, divisor, 56, blur)
    found = Memory(bank.rows.numpy(), 0.3, 1.7).score(patches.numpy(), (8, 8), how)
    queries = (patches - 0.3) / 1.7
    distances, indices = bank.nearest(queries)
    whole = whole_score(bank, queries, distances, indices, Reweighting(3, offset, divisor))
    assert found.whole == pytest.approx(whole, rel=1e-5)
    pixels = smooth(upsample(distances, (8, 8), (56, 56)), blur=blur)
    levels = 1 / 255 if blur == "8bit" else 1e-5
    np.testing.assert_allclose(found.pixels, pixels, rtol=0, atol=levels * float(pixels.max()) * 1.01)


@pytest.mark.parametrize("metric", ["l2", "cos_dist"])
def test_the_nearest_row_is_that_of_the_program_even_among_near_ones(metric: Metric) -> None:
    drawn = torch.Generator().manual_seed(0)
    middle = 1000 * torch.randn(40, 1, 24, generator=drawn)
    rows = (middle + 1e-3 * torch.randn(40, 30, 24, generator=drawn)).reshape(-1, 24)
    queries = torch.cat([rows[::7] + 1e-4, rows[:3], rows[:3]])
    bank = MemoryBank(rows, metric)
    distances, indices = bank.nearest(queries)
    found, index = Memory(rows.numpy(), metric=metric).nearest(queries.numpy())  # type: ignore[arg-type]
    np.testing.assert_allclose(found, distances, rtol=1e-6, atol=1e-6)
    if metric == "l2":
        np.testing.assert_array_equal(index, indices)


def test_empty_cells_can_be_left_out() -> None:
    patches = np.zeros((4, 3), np.float32)
    patches[0] = 5
    rows = np.ones((2, 3), np.float32)
    how = Judging(map_size=2)
    assert (Memory(rows, skips_empty=True).score(patches, (2, 2), how).pixels[1] < 1e-3).sum() == 0
    plain = Memory(rows).score(patches, (2, 2), how).pixels
    assert (Memory(rows, skips_empty=True).score(patches, (2, 2), how).pixels < plain).all()


def test_features_that_are_no_numbers_are_refused() -> None:
    with pytest.raises(DataError, match="are not numbers"):
        Memory(np.ones((2, 3), np.float32)).score(np.full((4, 3), np.nan, np.float32), (2, 2), Judging())


def test_a_memory_that_is_no_array_is_refused(tmp_path: Path) -> None:
    (tmp_path / "memory.npy").write_bytes(b"x")
    with pytest.raises(DataError, match="is not the file that was exported"):
        read_rows(tmp_path / "memory.npy")


def test_groups_come_to_the_grid_as_by_the_sparse_map() -> None:
    sample = good(0)
    assert sample.xyz is not None
    cloud = working_cloud(sample.xyz)
    groups = group_points(cloud.points, 64, 32)
    features = np.random.default_rng(0).random((64, 9)).astype(np.float32)
    expected = patch_map(cloud.pixels, cloud.points, groups.centres) @ features
    np.testing.assert_allclose(
        grid_of_groups(cloud, groups.centres, features, 56), expected, rtol=1e-5, atol=1e-6
    )


def test_pooling_as_a_graph_gives_the_patches_of_the_method() -> None:
    class Layers(torch.nn.Module):
        def forward(self, pictures: torch.Tensor) -> list[torch.Tensor]:
            return [functional.avg_pool2d(pictures, 8).sin(), functional.avg_pool2d(pictures, 16).cos()]

        def parameters(self, recurse: bool = True):  # type: ignore[no-untyped-def]  # as torch has it
            return iter([torch.zeros(1)])

    from core.backbones.picture import network_input

    sample = good(0)
    assert isinstance(sample, Sample)
    assert sample.rgb is not None
    expected = colour_patches(sample, Layers()).values
    found = PooledLayers(Layers(), 224)(network_input(sample.rgb, 224))[0]
    torch.testing.assert_close(found, expected, rtol=1e-4, atol=1e-6)
    assert BtfConfig().map_size == 224


def test_gaps_without_torch_are_those_of_torch() -> None:
    drawn = torch.Generator().manual_seed(0)
    left, right = torch.randn(2, 1, 64, 9, 9, generator=drawn)
    left[0, :, 0, 0] = 0
    expected = (1 - functional.cosine_similarity(left, right, dim=1, eps=1e-8))[0]
    np.testing.assert_allclose(cosine_gap(left[0].numpy(), right[0].numpy()), expected, atol=1e-6)


@pytest.mark.parametrize(("count", "side"), [(7, 56), (16, 16), (1, 8), (64, 20)])
def test_enlarging_is_that_of_torch(count: int, side: int) -> None:
    cells = np.random.default_rng(0).random((count, count)).astype(np.float32)
    given = torch.from_numpy(cells)[None, None]
    corner = functional.interpolate(given, size=side, mode="bilinear", align_corners=True)[0, 0]
    centre = functional.interpolate(given, size=side, mode="bilinear", align_corners=False)[0, 0]
    np.testing.assert_allclose(stretched(cells, side), corner, atol=1e-5)
    np.testing.assert_allclose(spread(cells, side), centre, atol=1e-5)


@pytest.mark.parametrize(
    ("shape", "sigma"), [((64, 64), 4.0), ((20, 31), 4.0), ((16, 16), 0.7), ((8, 8), 0.0)]
)
def test_the_blur_is_scipy_s(shape: tuple[int, int], sigma: float) -> None:
    from scipy.ndimage import gaussian_filter

    pixels = np.random.default_rng(0).random(shape)
    np.testing.assert_allclose(gaussian(pixels, sigma), gaussian_filter(pixels, sigma), atol=1e-12)
