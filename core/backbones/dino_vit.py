"""Vision transformers: DINO (Caron et al., 2021), DINOv2 (Oquab et al., 2024) and supervised ones."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import timm
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

ARCHITECTURES = {
    "vit_base_patch8_224_dino": "vit_base_patch8_224",
    "vit_base_patch8_224": "vit_base_patch8_224",
    "vit_base_patch8_224_in21k": "vit_base_patch8_224",
    "vit_small_patch8_224_dino": "vit_small_patch8_224",
    "vit_base_patch14_dinov2.lvd142m": "vit_base_patch14_dinov2",
}
"""The published flag values and the shape of their network; which weights go in is decided elsewhere."""


class PatchTransformer(nn.Module):
    """Pictures (B, 3, size, size), normalised -> patches (B, N, D) after the final norm, row by row."""

    def __init__(self, flag: str) -> None:
        super().__init__()
        self.net = timm.create_model(ARCHITECTURES[flag], pretrained=False, num_classes=0)

    @property
    def size(self) -> int:
        """Pixels a side of the pictures: 224, of DINOv2 518."""
        side: int = self.net.patch_embed.img_size[0]
        return side

    @property
    def patch(self) -> int:
        """Pixels a side of a patch: 8, of DINOv2 14."""
        side: int = self.net.patch_embed.patch_size[0]
        return side

    @property
    def width(self) -> int:
        """D, the numbers per patch."""
        width: int = self.net.embed_dim
        return width

    def forward(self, pictures: Tensor) -> Tensor:
        tokens: Tensor = self.net.forward_features(pictures)
        return tokens[:, 1:]


_JAX_LAYERS = {
    "LayerNorm_0": "norm1",
    "LayerNorm_2": "norm2",
    "MlpBlock_3/Dense_0": "mlp.fc1",
    "MlpBlock_3/Dense_1": "mlp.fc2",
}
_ATTENTION = "MultiHeadDotProductAttention_1"


def from_jax(arrays: Mapping[str, NDArray[np.float32]]) -> dict[str, Tensor]:
    """The weights of a JAX `.npz` under the names of the torch network; the classifier head is left out."""
    found = {
        "cls_token": arrays["cls"],
        "pos_embed": arrays["Transformer/posembed_input/pos_embedding"],
        "patch_embed.proj.weight": arrays["embedding/kernel"].transpose(3, 2, 0, 1),
        "patch_embed.proj.bias": arrays["embedding/bias"],
        **_norm(arrays, "Transformer/encoder_norm", "norm"),
    }
    depth = sum(name.endswith("LayerNorm_0/scale") for name in arrays)
    for number in range(depth):
        found |= _block(arrays, f"Transformer/encoderblock_{number}", f"blocks.{number}")
    return {name: torch.from_numpy(np.ascontiguousarray(value)) for name, value in found.items()}


def _block(
    arrays: Mapping[str, NDArray[np.float32]], theirs: str, ours: str
) -> dict[str, NDArray[np.float32]]:
    found = _attention(arrays, f"{theirs}/{_ATTENTION}", f"{ours}.attn")
    for name, layer in _JAX_LAYERS.items():
        if name.startswith("LayerNorm"):
            found |= _norm(arrays, f"{theirs}/{name}", f"{ours}.{layer}")
        else:
            found[f"{ours}.{layer}.weight"] = arrays[f"{theirs}/{name}/kernel"].T
            found[f"{ours}.{layer}.bias"] = arrays[f"{theirs}/{name}/bias"]
    return found


def _norm(
    arrays: Mapping[str, NDArray[np.float32]], theirs: str, ours: str
) -> dict[str, NDArray[np.float32]]:
    return {f"{ours}.weight": arrays[f"{theirs}/scale"], f"{ours}.bias": arrays[f"{theirs}/bias"]}


def _attention(
    arrays: Mapping[str, NDArray[np.float32]], theirs: str, ours: str
) -> dict[str, NDArray[np.float32]]:
    kernels = [
        arrays[f"{theirs}/{part}/kernel"] for part in ("query", "key", "value")
    ]  # each (D, heads, D/heads)
    biases = [arrays[f"{theirs}/{part}/bias"] for part in ("query", "key", "value")]
    out = arrays[f"{theirs}/out/kernel"]  # (heads, D/heads, D)
    return {
        f"{ours}.qkv.weight": np.concatenate([kernel.reshape(len(kernel), -1).T for kernel in kernels]),
        f"{ours}.qkv.bias": np.concatenate([bias.ravel() for bias in biases]),
        f"{ours}.proj.weight": out.reshape(-1, out.shape[-1]).T,
        f"{ours}.proj.bias": arrays[f"{theirs}/out/bias"],
    }
