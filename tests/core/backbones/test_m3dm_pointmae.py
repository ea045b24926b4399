"""The point transformers against the reference, with stand-in weights."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from core.backbones.point_transformer import PointNorm
from core.geometry.grouping import Groups
from tests.core.backbones.stand_in import features, golden_groups, network
from tests.golden_vectors import sizes, vectors

pytestmark = pytest.mark.golden


def whole() -> Groups:
    return golden_groups(sizes("m3dm")["num_group"], sizes("m3dm")["group_size"])


def check_against(name: str, key: str, kind: str, groups: Groups, norm: PointNorm, atol: float) -> None:
    expected, found = vectors(name), features(kind, groups, norm)
    np.testing.assert_array_equal(groups.centre_index, expected["center_idx"])
    first = expected[f"{key}_first16"]
    np.testing.assert_allclose(found[:, : first.shape[1]], first, atol=atol)
    np.testing.assert_allclose(found.ravel()[expected[f"{key}_idx"]], expected[f"{key}_val"], atol=atol)
    for layer, stats in zip(
        np.split(found.astype(np.float64), 3), expected[f"{key}_layer_stats"], strict=True
    ):
        ours = [layer.mean(), layer.std(), np.linalg.norm(layer), layer.min(), layer.max()]
        np.testing.assert_allclose(ours, stats, rtol=1e-3, atol=atol)


def test_m3dm_pointmae_group_encoder_gives_the_reference_tokens() -> None:
    expected = vectors("m3dm_pointmae")["tokens_first16"]
    with torch.inference_mode():
        tokens = network("point_mae").encoder(torch.from_numpy(whole().offsets[: len(expected)]), "running")
    np.testing.assert_allclose(tokens.numpy(), expected, atol=2e-4)


def test_m3dm_pointmae_with_stored_statistics_agrees() -> None:
    check_against("m3dm_pointmae", "eval", "point_mae", whole(), "running", 2e-4)


def test_m3dm_pointmae_with_the_statistics_of_the_cloud_agrees() -> None:
    check_against("m3dm_pointmae", "bnbatch", "point_mae", whole(), "batch", 1e-3)


def test_m3dm_pointbert_agrees_without_its_class_token() -> None:
    groups = golden_groups(len(vectors("m3dm_pointbert")["center_idx"]), 32)
    check_against("m3dm_pointbert", "eval", "point_bert", groups, "running", 2e-4)


def test_the_statistics_of_a_cloud_leave_the_stored_ones_alone() -> None:
    before = {name: value.clone() for name, value in network("point_mae").named_buffers()}
    features("point_mae", golden_groups(256, 32), "batch")
    for name, value in network("point_mae").named_buffers():
        torch.testing.assert_close(value, before[name])
