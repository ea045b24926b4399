"""What leaves the program: nothing heavy among its modules, and the same numbers without torch."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
from torch.nn import functional

from core.deployed.nearest import MEMORY, NearestPatches
from core.errors import DataError
from core.exporting.runner_archive import ROOT, modules_of
from core.memory.bank import MemoryBank
from core.methods.btf.config import BtfConfig
from core.methods.btf.export import PooledLayers
from core.methods.btf.extractors import colour_patches
from core.sample import Sample
from core.scoring.cosine_maps import cosine_gap
from core.scoring.linear_maps import gaussian, spread, stretched
from core.scoring.reweight import Reweighting, whole_score
from core.scoring.smooth import smooth
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
def test_a_memory_says_the_same_without_torch(
    tmp_path: Path, blur: str, offset: float, divisor: float, rows: int
) -> None:
    drawn = torch.Generator().manual_seed(0)
    bank = MemoryBank(torch.randn(rows, 16, generator=drawn))
    patches = torch.randn(64, 16, generator=drawn) * 2 + 1
    np.save(tmp_path / MEMORY, bank.rows.numpy())
    settings = {"mean": 0.3, "deviation": 1.7, "divisor": divisor, "offset": offset}
    settings |= {"neighbours": 3, "map_size": 56, "blur": blur}  # type: ignore[dict-item]  # words and numbers
    found = NearestPatches.open(tmp_path, settings).score(patches.numpy())
    queries = (patches - 0.3) / 1.7
    distances, indices = bank.nearest(queries)
    whole = whole_score(bank, queries, distances, indices, Reweighting(3, offset, divisor))
    assert found.whole == pytest.approx(whole, rel=1e-5)
    pixels = smooth(upsample(distances, (8, 8), (56, 56)), blur=blur)  # type: ignore[arg-type]  # one of two
    levels = 1 / 255 if blur == "8bit" else 1e-5
    np.testing.assert_allclose(found.pixels, pixels, rtol=0, atol=levels * float(pixels.max()) * 1.01)


def test_a_memory_that_is_no_array_is_refused(tmp_path: Path) -> None:
    (tmp_path / MEMORY).write_bytes(b"x")
    with pytest.raises(DataError, match="is not the file that was exported"):
        NearestPatches.open(tmp_path, {})


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
    found = PooledLayers(Layers())(network_input(sample.rgb, 224))[0]
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
