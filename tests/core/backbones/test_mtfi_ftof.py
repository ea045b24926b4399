"""Feature to feature against the published program."""

from __future__ import annotations

from typing import get_args

import pytest
import torch

from core.backbones.feature_translator import FeatureTranslator
from core.training.distillation_loss import Distance, distillation_loss
from tests.golden_vectors import vectors
from tests.mtfi_inputs import assert_close, assert_like, files, normal, weights

pytestmark = pytest.mark.golden


def network(name: str) -> FeatureTranslator:
    filled = weights(name)
    built = FeatureTranslator(len(filled["xyz_norm.weight"]), len(filled["rgb_norm.weight"]))
    built.load_state_dict(filled, strict=True)
    return built.eval()


@pytest.mark.parametrize("name", files("mtfi_ftof"))
@torch.inference_mode()
def test_mtfi_ftof_imagines_the_patches_of_the_published_network(name: str) -> None:
    golden, built = vectors(name), network(name.removeprefix("mtfi_"))
    patches = int(golden["hall_rgb_from_xyz.shape"][1])
    xyz = normal(f"{name}_fxyz", 1, patches, built.xyz_norm.normalized_shape[0])
    rgb = normal(f"{name}_frgb", 1, patches, built.rgb_norm.normalized_shape[0])
    imagined_rgb, imagined_xyz = built(xyz, rgb)
    assert_like(imagined_rgb, golden, "hall_rgb_from_xyz", 1e-4)
    assert_like(imagined_xyz, golden, "hall_xyz_from_rgb", 1e-4)


@pytest.mark.parametrize("distance", get_args(Distance))
@torch.inference_mode()
def test_mtfi_ftof_losses_are_those_of_the_published_program(distance: Distance) -> None:
    golden, built = vectors("mtfi_ftof"), network("ftof")
    batch, patches = golden["loss_batch"].tolist()
    xyz = normal("mtfi_ftof_loss_fxyz", batch, patches, 768)
    rgb = normal("mtfi_ftof_loss_frgb", batch, patches, 768)
    imagined_rgb, imagined_xyz = built(xyz, rgb)
    found = [
        float(distillation_loss(imagined_xyz, xyz, distance)),
        float(distillation_loss(imagined_rgb, rgb, distance)),
    ]
    assert_close(found, golden[f"loss_{distance}"], 1e-5)
