"""The adapter to the optional CUDA operations, against stand-ins with the same call signatures."""

from __future__ import annotations

import sys
from types import ModuleType

import numpy as np
import pytest
import torch
from torch import Tensor

from core.geometry.cuda_ops import CudaOps
from core.geometry.farthest_points import farthest_points
from core.geometry.grouping import group_points
from core.geometry.neighbours import nearest_points

POINTS = np.random.default_rng(0).random((300, 3), np.float32)


def furthest_point_sample(xyz: Tensor, npoint: int) -> Tensor:
    picks = farthest_points(xyz[0].cpu().numpy(), npoint)
    return torch.from_numpy(picks.astype(np.int32))[None]


class KNN:
    def __init__(self, k: int, transpose_mode: bool = False) -> None:
        assert transpose_mode, "points come as (batch, points, 3)"
        self.k = k

    def __call__(self, ref: Tensor, query: Tensor) -> tuple[Tensor, Tensor]:
        distance, index = nearest_points(ref[0].cpu().numpy(), query[0].cpu().numpy(), self.k)
        return torch.from_numpy(distance)[None], torch.from_numpy(index)[None]


@pytest.fixture
def stand_ins(monkeypatch: pytest.MonkeyPatch) -> None:
    package, utils, knn = (ModuleType(name) for name in ("pointnet2_ops", "pointnet2_utils", "knn_cuda"))
    utils.furthest_point_sample = furthest_point_sample  # type: ignore[attr-defined]  # a stand-in
    knn.KNN = KNN  # type: ignore[attr-defined]  # a stand-in
    monkeypatch.setitem(sys.modules, "pointnet2_ops", package)
    monkeypatch.setitem(sys.modules, "pointnet2_ops.pointnet2_utils", utils)
    monkeypatch.setitem(sys.modules, "knn_cuda", knn)


def test_without_the_packages_there_are_no_operations(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pointnet2_ops", None)
    assert CudaOps.find() is None


@pytest.mark.usefixtures("stand_ins")
def test_the_adapter_gives_what_the_definition_gives() -> None:
    found = CudaOps.find()
    assert found is not None
    np.testing.assert_array_equal(found.farthest_points(POINTS, 20, "cpu"), farthest_points(POINTS, 20))
    _, expected = nearest_points(POINTS, POINTS[:7], 9)
    np.testing.assert_array_equal(found.nearest_points(POINTS, POINTS[:7], 9, "cpu"), expected)


@pytest.mark.gpu
def test_the_real_operations_give_what_the_definition_gives() -> None:
    assert CudaOps.find() is not None, "pointnet2_ops and knn_cuda are not installed"
    ours = group_points(POINTS, 64, 16)
    theirs = group_points(POINTS, 64, 16, device="cuda")
    np.testing.assert_array_equal(theirs.centre_index, ours.centre_index)
    assert (theirs.member_index == ours.member_index).mean() > 0.999
