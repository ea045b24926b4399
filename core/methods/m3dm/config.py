"""The parameters of M3DM under the names of the published program, with its defaults."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

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

POINT_KEYS: dict[str, Literal["point_mae", "point_bert"]] = {
    "Point_MAE": "point_mae",
    "Point_Bert": "point_bert",
}
"""Flag values of the published program and their weights in the library."""
FUSION_WEIGHTS = "uff"


@dataclass(frozen=True)
class M3dmConfig:
    """A variant is `method_name`; the quirks of the reference are fields below, with the spec's decisions."""

    method_name: MethodName = "DINO+Point_MAE+Fusion"
    max_sample: int = 400
    rgb_backbone_name: Literal[
        "vit_base_patch8_224_dino",
        "vit_base_patch8_224",
        "vit_base_patch8_224_in21k",
        "vit_small_patch8_224_dino",
    ] = "vit_base_patch8_224_dino"
    xyz_backbone_name: Literal["Point_MAE", "Point_Bert"] = "Point_MAE"
    fusion_module_path: str = ""
    group_size: int = 128
    num_group: int = 1024
    random_state: int = 0
    f_coreset: float = 0.1
    coreset_eps: float = 0.9
    asy_memory_bank: int = 0
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
    device: str = "cpu"

    @property
    def streams(self) -> tuple[Stream, ...]:
        """The memories of this variant, in the order of the decision layer's columns."""
        return STREAMS[self.method_name]

    @property
    def memory_bank(self) -> Literal["single", "multiple"]:
        """Whether a decision over several memories has to be learnt."""
        return "single" if len(self.streams) == 1 else "multiple"

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
