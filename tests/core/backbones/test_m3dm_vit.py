"""The vision transformers against the reference, with stand-in weights."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from core.backbones.dino_vit import PatchTransformer, from_jax
from core.backbones.picture import network_input
from tests.golden import fill
from tests.golden_vectors import layout, sizes, vectors

pytestmark = pytest.mark.golden


def picture() -> torch.Tensor:
    size = sizes("m3dm")
    return network_input(fill.image(size["image_h"], size["image_w"], "m3dm.rgb", size["salt"]))


def grid_of(flag: str, weights: dict[str, torch.Tensor]) -> NDArray[np.float32]:
    """(D, 28, 28) as the reference lays it out."""
    network = PatchTransformer(flag)
    network.net.load_state_dict(weights, strict=True)
    with torch.inference_mode():
        tokens: NDArray[np.float32] = network.eval()(picture())[0].T.reshape(-1, 28, 28).numpy()
    return tokens


def jax_weights(name: str, shape: list[int], salt: str) -> NDArray[np.float32]:
    if not name.endswith(("/scale", "/kernel")):
        return fill.fill({name: shape}, salt)[name]
    drawn = fill._rng(name, salt).standard_normal(tuple(shape)).astype(np.float32)
    if name.endswith("/scale"):
        return np.float32(1) + np.float32(0.1) * drawn
    is_split = any(part in name for part in ("query", "key", "value"))
    outputs = shape[-1] * shape[-2] if is_split else shape[-1]
    return drawn / np.float32(np.sqrt(np.prod(shape) / outputs))


def check(found: NDArray[np.float32], key: str) -> None:
    expected = vectors("m3dm_vit")
    np.testing.assert_allclose(found.ravel()[expected[f"{key}_idx"]], expected[f"{key}_val"], atol=5e-4)
    np.testing.assert_allclose(found[:, 0, 0], expected[f"{key}_patch0"], atol=5e-4)
    if f"{key}_patch_13_20" in expected:
        np.testing.assert_allclose(found[:, 13, 20], expected[f"{key}_patch_13_20"], atol=5e-4)


def test_m3dm_vit_pictures_are_prepared_as_the_reference_does() -> None:
    expected = vectors("m3dm_vit")
    found = picture().numpy().ravel()[expected["input_idx"]]
    np.testing.assert_allclose(found, expected["input_val"], atol=1e-5)


@pytest.mark.parametrize(
    ("flag", "name", "key"),
    [
        ("vit_base_patch8_224_dino", "m3dm_vitb8", "vitb8"),
        ("vit_small_patch8_224_dino", "m3dm_vits8", "vits8"),
    ],
)
def test_m3dm_vit_with_dino_names_agrees(flag: str, name: str, key: str) -> None:
    filled = fill.fill(layout(name), sizes("m3dm")["salt"])
    weights = {name: torch.from_numpy(np.asarray(value)) for name, value in filled.items()}
    check(grid_of(flag, weights), key)


def test_m3dm_vit_with_the_names_of_the_jax_file_agrees() -> None:
    salt = sizes("m3dm")["salt"]
    arrays = {name: jax_weights(name, shape, salt) for name, shape in layout("m3dm_vitb8_supervised").items()}
    check(grid_of("vit_base_patch8_224", from_jax(arrays)), "sup")
