"""Graphs of networks: their opset, any number of pictures and rows, and the norms of a cloud's groups."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
import torch
from torch import nn

from core.backbones.feature_translator import FeatureTranslator
from core.backbones.point_transformer import PointNorm, PointTransformer
from core.backbones.raster_decoder import RasterDecoder
from core.backbones.xyz_patches import PointPatching
from core.errors import WrongUse
from core.exporting.onnx_graph import OPSET, write_graph
from core.memory.bank import MemoryBank
from core.memory.scale import Scale
from core.methods.export_plan import GraphPlan
from core.methods.graphs import cloud_graph, memory_files, picture_graph, rows_graph
from core.methods.mtfi.config import MtfiConfig
from core.methods.mtfi.export import Translating, _imagined


def run(path: Path, *given: np.ndarray) -> list[np.ndarray]:
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    names = [entry.name for entry in session.get_inputs()]
    found: list[np.ndarray] = session.run(None, dict(zip(names, given, strict=True)))
    return found


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, nn.Module]:
    torch.manual_seed(0)
    network = nn.Sequential(nn.Conv2d(3, 5, 3, stride=2), nn.BatchNorm2d(5), nn.ReLU(), nn.Flatten(2)).eval()
    path = tmp_path_factory.mktemp("graph") / "pictures.onnx"
    write_graph(picture_graph(network, 32), path)
    return path, network


def test_a_graph_is_of_the_told_opset(pictures: tuple[Path, nn.Module]) -> None:
    told = onnx.load(pictures[0]).opset_import
    assert [entry.version for entry in told if entry.domain == ""] == [OPSET]


@pytest.mark.parametrize("count", [1, 2, 7])
def test_a_graph_takes_any_number_of_pictures(pictures: tuple[Path, nn.Module], count: int) -> None:
    path, network = pictures
    given = torch.randn(count, 3, 32, 32)
    (found,) = run(path, given.numpy())
    np.testing.assert_allclose(found, network(given).detach(), rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("main", ["xyz", "rgb"])
def test_one_direction_of_a_translator_takes_any_number_of_rows(main: str, tmp_path: Path) -> None:
    torch.manual_seed(0)
    network = FeatureTranslator(12, 20).eval()
    one_way = Translating(network, main)  # type: ignore[arg-type]  # one of two
    write_graph(rows_graph(one_way, one_way.width), tmp_path / "rows.onnx")
    rows = torch.randn(31, one_way.width)
    (found,) = run(tmp_path / "rows.onnx", rows.numpy())
    expected = network.rgb_from_xyz(rows) if main == "xyz" else network.xyz_from_rgb(rows)
    np.testing.assert_allclose(found, expected.detach(), rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("norm", ["batch", "running"])
@pytest.mark.parametrize("kind", ["point_mae", "point_bert"])
def test_groups_are_normed_as_in_the_network(norm: PointNorm, kind: str, tmp_path: Path) -> None:
    torch.manual_seed(0)
    network = PointTransformer(kind).eval()  # type: ignore[arg-type]  # one of two
    plan = cloud_graph(network, PointPatching(16, 8, norm))
    offsets, centres = plan.inputs.values()
    with torch.inference_mode():
        expected = network(offsets / 10, centres, norm)
        found = plan.network(offsets / 10, centres)
    torch.testing.assert_close(found, expected, rtol=1e-4, atol=1e-5)
    assert isinstance(plan, GraphPlan)
    assert plan.any_number == ()


def test_small_groups_keep_their_digits() -> None:
    torch.manual_seed(0)
    network = PointTransformer().eval()
    offsets, centres = torch.randn(16, 8, 3) / 1000, torch.randn(16, 3) / 10
    with torch.inference_mode():
        single = network(offsets, centres)
        double = network.double()(offsets.double(), centres.double())
    assert float((single - double).abs().max()) < 2e-5


@pytest.mark.parametrize(
    ("config", "reason"),
    [
        (MtfiConfig("WithHallucinationFromFeature", "rgb"), "last digits"),
        (MtfiConfig("WithHallucinationFromFeature", "rgb", features="descriptors"), "hand-made"),
        (MtfiConfig("WithHallucinationFromFeature", "xyz", features="descriptors"), "hand-made"),
    ],
    ids=["cloud", "hand-made cloud", "hand-made picture"],
)
def test_a_raster_that_cannot_be_imagined_outside_is_refused_with_a_reason(
    config: MtfiConfig, reason: str
) -> None:
    with pytest.raises(WrongUse, match=reason):
        _imagined(config, RasterDecoder(8))


@pytest.mark.parametrize("metric", ["l1", "l2_single"])
def test_distances_that_cannot_be_repeated_are_refused(metric: str) -> None:
    bank = MemoryBank(torch.randn(4, 3), metric)  # type: ignore[arg-type]  # one of several
    with pytest.raises(WrongUse, match="cannot be exported"):
        memory_files({"rgb": (Scale(), bank)})
