"""Feature to input against the published program."""

from __future__ import annotations

import pytest
import torch

from core.backbones.raster_decoder import RasterDecoder
from core.training.distillation_loss import distillation_loss
from tests.golden_vectors import vectors
from tests.mtfi_inputs import assert_close, assert_like, files, normal, rgb, weights, xyz

pytestmark = pytest.mark.golden


@pytest.mark.parametrize("name", files("mtfi_ftoi"))
@torch.inference_mode()
def test_mtfi_ftoi_imagines_the_raster_of_the_published_network(name: str) -> None:
    golden, built = vectors(name), RasterDecoder()
    built.load_state_dict(weights("ftoi"), strict=True)
    patches = normal(f"{name}_feature", 1, 3136, 768)
    imagined = built.eval()(patches.transpose(1, 2).reshape(1, 768, 56, 56))
    assert_like(imagined, golden, "hallucination", 1e-4)
    target = (rgb if name.endswith("to_rgb") else xyz)(f"{name}_target")
    loss = distillation_loss(imagined.flatten(2).transpose(1, 2), target.flatten(1).T[None])
    assert_close(float(loss), golden["loss"], 1e-5)
