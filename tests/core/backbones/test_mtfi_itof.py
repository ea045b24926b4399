"""Input to feature against the published program: the trunk as published, and the network it disables."""

from __future__ import annotations

from typing import Any

import pytest
import torch

from core.backbones.distilled import input_to_feature_of
from core.training.distillation_loss import distillation_loss
from tests.golden_vectors import vectors
from tests.mtfi_inputs import assert_close, assert_like, files, normal, rgb, weights, xyz

pytestmark = pytest.mark.golden
LARGE = 10**8


def cases() -> list[Any]:
    """Every file that is there; those of the largest networks are slow."""
    known = [(name, int(vectors(name).get("parameters", 0))) for name in files("mtfi_itof")]
    return [pytest.param(name, marks=pytest.mark.slow) if count > LARGE else name for name, count in known]


@pytest.mark.parametrize("name", cases())
@torch.inference_mode()
def test_mtfi_itof_imagines_the_features_of_the_published_network(name: str) -> None:
    golden = vectors(name)
    _, family, variant, direction = name.split("_", 3)
    built = input_to_feature_of(weights(f"{family}_{variant}"), name).eval()
    if "parameters" in golden:
        assert sum(entry.numel() for entry in built.parameters()) == int(golden["parameters"])
    raster = (xyz if direction.startswith("xyz") else rgb)(f"mtfi_itof_{direction}_input")
    imagined = built(raster[None])
    assert_like(imagined, golden, "hallucination", 1e-3)
    real = normal(f"mtfi_itof_{direction}_feature", 1, 3136, 768)
    loss = distillation_loss(imagined.flatten(2).transpose(1, 2), real)
    assert_close(float(loss), golden["loss_eval"], 1e-4)
