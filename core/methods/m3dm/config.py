"""The parameters of M3DM under the names of the published program, with its defaults."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Literal

from core.backbones.weights import POINT_KEYS
from core.errors import WrongUse
from core.phrase import say
from core.sample import Sensor

MethodName = Literal[
    "DINO", "Point_MAE", "Fusion", "DINO+Point_MAE", "DINO+Point_MAE+add", "DINO+Point_MAE+Fusion"
]
Stream = Literal["xyz", "rgb", "fused"]
"""A kind of patches with a memory of its own."""

STREAMS: dict[str, tuple[Stream, ...]] = {
    "DINO": ("rgb",),
    "Point_MAE": ("xyz",),
    "Fusion": ("fused",),
    "DINO+Point_MAE": ("xyz", "rgb"),
    "DINO+Point_MAE+add": ("xyz", "rgb"),
    "DINO+Point_MAE+Fusion": ("xyz", "rgb", "fused"),
}

FUSION_WEIGHTS = "uff"

SETTLED_ELSEWHERE = {
    "save_preds": "inspector inspect PROJECT --out DIR",
    "save_feature": "inspector features PROJECT --kind uff --out DIR",
    "save_feature_path": "inspector features PROJECT --kind uff --out DIR",
    "dataset_type": "inspector import SRC --layout mvtec_3d --out PROJECT",
    "dataset_path": "inspector import SRC --out PROJECT",
}
"""Flags of the published program that are commands of ours."""

RERUN: Mapping[str, Any] = {
    "method_name": "DINO+Point_MAE+Fusion",
    "blur": "8bit",
    "statistics": "shared",
    "coreset_base": "thinned_xyz",
    "empty_cells": "as_features",
    "point_norm": "batch",
}
"""The published program as it was run again, with its fusion block trained for five epochs."""


@dataclass(frozen=True)
class M3dmConfig:
    """A variant is `method_name`; the quirks of the reference are fields below, with the spec's decisions."""

    settled_elsewhere: ClassVar[Mapping[str, str]] = SETTLED_ELSEWHERE
    presets: ClassVar[Mapping[str, Mapping[str, Any]]] = {"rerun": RERUN}

    method_name: MethodName = "DINO+Point_MAE+Fusion"
    memory_bank: Literal["as_method", "single", "multiple"] = "as_method"
    use_uff: bool | None = None
    max_sample: int = 400
    rgb_backbone_name: Literal[
        "vit_base_patch8_224_dino",
        "vit_base_patch8_224",
        "vit_base_patch8_224_in21k",
        "vit_small_patch8_224_dino",
    ] = "vit_base_patch8_224_dino"
    xyz_backbone_name: Literal["Point_MAE", "Point_Bert"] = "Point_MAE"
    fusion_module_path: str = ""
    img_size: Literal[224] = 224
    group_size: int = 128
    num_group: int = 1024
    random_state: int = 0
    f_coreset: float = 0.1
    coreset_eps: float = 0.9
    asy_memory_bank: int | None = None
    rm_zero_for_project: bool = False
    n_reweight: int = 3
    xyz_s_lambda: float = 1.0
    xyz_smap_lambda: float = 1.0
    rgb_s_lambda: float = 0.1
    rgb_smap_lambda: float = 0.1
    fusion_s_lambda: float = 1.0
    fusion_smap_lambda: float = 1.0
    ocsvm_nu: float = 0.5
    ocsvm_maxiter: int = 1000
    point_norm: Literal["batch", "running"] = "batch"
    statistics: Literal["shared", "per_stream"] = "shared"
    coreset_base: Literal["thinned_xyz", "own"] = "thinned_xyz"
    empty_cells: Literal["as_features", "left_out"] = "as_features"
    blur: Literal["float", "8bit"] = "float"
    skip_origin: bool = True
    feature_storage: Literal["float32", "float16"] = "float32"
    device: str = "cpu"

    def __post_init__(self) -> None:
        own = "multiple" if self.has_several_memories else "single"
        if self.memory_bank not in ("as_method", own):
            raise WrongUse(
                say(
                    "{method} does not go with memory_bank {given}.",
                    method=self.method_name,
                    given=self.memory_bank,
                ),
                remedy=say("Set {key}={value}.", key="memory_bank", value=own),
            )
        fuses = "fused" in self.streams
        if self.use_uff is not None and self.use_uff != fuses:
            raise WrongUse(
                say(
                    "{method} does not go with use_uff {given}.", method=self.method_name, given=self.use_uff
                ),
                remedy=say("Set {key}={value}.", key="use_uff", value=str(fuses).lower()),
            )
        if fuses and self.rgb_backbone_name == "vit_small_patch8_224_dino":
            raise WrongUse(
                say("The fusion block takes the wide picture patches of a ViT-B only."),
                remedy=say("Set {key}={value}.", key="rgb_backbone_name", value="vit_base_patch8_224_dino"),
            )

    @property
    def seed(self) -> int:
        """Where chance begins, under the name that all methods share."""
        return self.random_state

    @property
    def streams(self) -> tuple[Stream, ...]:
        """The memories of this variant, in the order of the decision layer's columns."""
        return STREAMS[self.method_name]

    @property
    def has_several_memories(self) -> bool:
        """Whether the scores of several memories are brought together."""
        return len(self.streams) > 1

    @property
    def sensors_needed(self) -> frozenset[Sensor]:
        """The sensors that this variant cannot do without."""
        if self.method_name == "DINO":
            return frozenset({"rgb"})
        return frozenset({"xyz"}) if self.method_name == "Point_MAE" else frozenset({"rgb", "xyz"})

    @property
    def weights_needed(self) -> tuple[str, ...]:
        """Keys of the weights library that must be present."""
        keys: list[str] = []
        if "rgb" in self.sensors_needed:
            keys.append(self.rgb_backbone_name)
        if "xyz" in self.sensors_needed:
            keys.append(POINT_KEYS[self.xyz_backbone_name])
        if "fused" in self.streams and not self.fusion_module_path:
            keys.append(FUSION_WEIGHTS)
        return tuple(keys)

    @property
    def files_needed(self) -> tuple[Path, ...]:
        """Files of weights outside the library that must be present."""
        uses_own = "fused" in self.streams and self.fusion_module_path
        return (Path(self.fusion_module_path),) if uses_own else ()
