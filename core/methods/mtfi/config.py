"""The parameters of MTFI under the names of the published program, with the decisions on its quirks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Literal

from core.backbones.weights import POINT_KEYS
from core.errors import WrongUse
from core.methods.mtfi.flags import SETTLED_ELSEWHERE
from core.phrase import Phrase, say
from core.sample import Sensor

MethodName = Literal[
    "DINO", "Point_MAE", "DINO+Point_MAE", "WithHallucination", "WithHallucinationFromFeature"
]
Family = Literal["ftof", "ftoi", "itof"]
"""Feature to feature, feature to input, input to feature."""
Stream = Literal["xyz", "rgb", "imagined"]
"""A kind of patches with a memory of its own."""

REAL: dict[str, tuple[Sensor, ...]] = {
    "DINO": ("rgb",),
    "Point_MAE": ("xyz",),
    "DINO+Point_MAE": ("xyz", "rgb"),
}
Metric = Literal["l2", "l2_single", "l1", "cos_dist"]
OTHER: dict[Sensor, Sensor] = {"xyz": "rgb", "rgb": "xyz"}
BOTH: frozenset[Sensor] = frozenset({"xyz", "rgb"})
RGB_SIZES = {"vit_base_patch14_dinov2.lvd142m": 518}
"""Sides of the picture that a backbone needs, where it is not 224."""
SMALL_VIT = "vit_small_patch8_224_dino"

RERUN: Mapping[str, Any] = {
    "blur": "8bit",
    "statistics": "reference",
    "point_norm": "batch",
    "coreset_dtype": "FP16",
    "distance_rounding": "published",
}
"""The choices of the published program."""
HAND_MADE: Mapping[str, Any] = {
    "features": "descriptors",
    "statistics": "per_stream",
    "rgb_s_lambda": 1.0,
    "rgb_smap_lambda": 1.0,
    "calibration": "left_out",
    "background_radius": 0.1,
}
"""Without weights; both memories are on their own scale and count alike."""


@dataclass(frozen=True)
class MtfiConfig:
    """A variant is `method_name`, `main_modality` and the family; quirks of the reference are fields below.

    `features` "descriptors" puts hand-made shape and colour features in place of the networks' and needs no
    weights; the imagining network is then trained with every model, as `distil` "own_parts" does too.
    `distil` "library" takes one that was trained here on hand-made features of all classes. `own_network`
    "small" is one of our own for hand-made features, "published" has the structure of the published ones.
    `calibration` "left_out" weighs the memories by good parts whose own rows are left out of them.
    """

    settled_elsewhere: ClassVar[Mapping[str, str]] = SETTLED_ELSEWHERE
    presets: ClassVar[Mapping[str, Mapping[str, Any]]] = {"rerun": RERUN, "hand_made": HAND_MADE}

    method_name: MethodName = "DINO+Point_MAE"
    main_modality: Literal["", "xyz", "rgb"] = ""
    use_hn: bool | None = None
    use_hrnet: bool | None = None
    use_hn_from_rgb_conv: bool | None = None
    c_hrnet: int = 0
    fusion_module_path: str = ""
    features: Literal["networks", "descriptors"] = "networks"
    distil: Literal["pretrained", "own_parts", "library"] = "pretrained"
    own_network: Literal["small", "published"] = "small"
    own_epochs: int = 40
    own_lr: float = 0.001
    max_sample: int = 500
    train_with_validation: bool = False
    rgb_backbone_name: Literal[
        "vit_base_patch8_224_dino",
        "vit_base_patch8_224",
        "vit_base_patch8_224_in21k",
        "vit_small_patch8_224_dino",
        "vit_base_patch14_dinov2.lvd142m",
    ] = "vit_base_patch8_224_dino"
    xyz_backbone_name: Literal["Point_MAE", "Point_Bert"] = "Point_MAE"
    rgb_size: Literal[224, 518] = 224
    xyz_size: Literal[224] = 224
    gt_size: Literal[224] = 224
    group_size: int = 128
    num_group: int = 1024
    random_state: int = 0
    f_coreset: float = 0.1
    coreset_eps: float = 0.9
    coreset_dtype: Literal["TF32", "FP16"] = "TF32"
    dist_method_s: Literal["l2", "l1", "cos_dist"] = "l2"
    dist_method_coreset: Literal["l2", "l1", "cos_dist"] = "l2"
    distance_rounding: Literal["exact", "published"] = "exact"
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
    statistics: Literal["reference", "per_stream"] = "reference"
    calibration: Literal["published", "left_out"] = "published"
    background_radius: float = 0.0
    blur: Literal["float", "8bit"] = "float"
    skip_origin: bool = True
    device: str = "cpu"

    def __post_init__(self) -> None:
        if self.imagines:
            self._refuse_wrong_imagination()
        elif self.main_modality:
            _refuse(
                say("{method} has no main sensor.", method=self.method_name),
                say(
                    "Leave {key} empty, or set {other}.",
                    key="main_modality",
                    other="method_name=WithHallucination",
                ),
            )
        for flag, value in self._flags.items():
            wanted = flag == self._flag_of_family
            if value is not None and value != wanted:
                _refuse(
                    say(
                        "{method} does not go with {flag} {given}.",
                        method=self.method_name,
                        flag=flag,
                        given=value,
                    ),
                    say("Set {key}={value}.", key=flag, value=str(wanted).lower()),
                )
        size = RGB_SIZES.get(self.rgb_backbone_name, 224)
        if self.features == "networks" and self.rgb_size != size:
            _refuse(
                say("{name} takes pictures of {size} pixels only.", name=self.rgb_backbone_name, size=size),
                say("Set {key}={value}.", key="rgb_size", value=size),
            )

    def _refuse_wrong_imagination(self) -> None:
        if not self.main_modality:
            _refuse(
                say("{method} must know which sensor is there at inspection.", method=self.method_name),
                say("Set {key}={value}.", key="main_modality", value="xyz"),
            )
        if self.rgb_backbone_name == SMALL_VIT and self.family != "ftof" and not self.trains_itself:
            _refuse(
                say("The narrow patches of {name} go with feature to feature only.", name=SMALL_VIT),
                say("Set {key}={value}.", key="rgb_backbone_name", value="vit_base_patch8_224_dino"),
            )

    @property
    def _flags(self) -> dict[str, bool | None]:
        return {
            "use_hn": self.use_hn,
            "use_hrnet": self.use_hrnet,
            "use_hn_from_rgb_conv": self.use_hn_from_rgb_conv,
        }

    @property
    def _flag_of_family(self) -> str:
        return {"ftof": "use_hn", "itof": "use_hrnet", "ftoi": "use_hn_from_rgb_conv"}.get(
            self.family or "", ""
        )

    @property
    def seed(self) -> int:
        """Where chance begins, under the name that all methods share."""
        return self.random_state

    @property
    def imagines(self) -> bool:
        """Whether one sensor is imagined from the other."""
        return self.method_name not in REAL

    @property
    def family(self) -> Family | None:
        """How the missing sensor is imagined; None where nothing is."""
        if self.method_name == "WithHallucinationFromFeature":
            return "ftoi"
        if self.method_name == "WithHallucination":
            return "itof" if self.use_hrnet else "ftof"
        return None

    @property
    def main(self) -> Sensor:
        """The sensor that is there at inspection, of a variant that imagines the other one."""
        assert self.main_modality, "only a variant that imagines has a main sensor"
        return self.main_modality

    @property
    def streams(self) -> tuple[Stream, ...]:
        """The memories of this variant, in the order of the decision layer's columns."""
        return (self.main, "imagined") if self.imagines else REAL[self.method_name]

    @property
    def metric(self) -> Metric:
        """How patches are compared with a memory."""
        if self.dist_method_s == "l2" and self.distance_rounding == "published":
            return "l2_single"
        return self.dist_method_s

    @property
    def trains_itself(self) -> bool:
        """Whether the imagining network is trained on the parts of the class, with every model."""
        hand_made = self.features == "descriptors" and self.distil != "library"
        own = hand_made or self.distil == "own_parts"
        return self.imagines and own and not self.fusion_module_path

    @property
    def is_small(self) -> bool:
        """Whether that network is one of our own; feature to feature is small as it is."""
        is_own = self.features == "descriptors" and self.own_network == "small" and not self.c_hrnet
        return self.trains_itself and is_own and self.family != "ftof"

    @property
    def sensors_needed(self) -> frozenset[Sensor]:
        """The sensors that an inspection cannot do without."""
        return frozenset({self.main}) if self.imagines else frozenset(REAL[self.method_name])

    @property
    def sensors_imagined(self) -> frozenset[Sensor]:
        """The sensors that an inspection imagines."""
        return frozenset({OTHER[self.main]}) if self.imagines else frozenset()

    @property
    def sensors_to_train(self) -> frozenset[Sensor]:
        """The sensors that the training parts must have."""
        if self.imagines and (self.statistics == "reference" or self.trains_itself):
            return BOTH
        return self.sensors_needed

    @property
    def distilled_weights(self) -> str:
        """The key of the imagining network in the library; empty where it is found elsewhere."""
        if not self.imagines or self.trains_itself or self.fusion_module_path:
            return ""
        if self.features == "networks":
            return f"mtfi_{self.family}_{self.main}"
        # both directions of feature to feature lie in one file
        main = "" if self.family == "ftof" else f"_{self.main}"
        return f"mtfi_{self.family}{main}_hand_made"

    @property
    def weights_needed(self) -> tuple[str, ...]:
        """Keys of the weights library that a training cannot do without."""
        return self.weights_for(self.sensors_to_train)

    @property
    def weights_to_inspect(self) -> tuple[str, ...]:
        """Keys of the weights library that an inspection cannot do without."""
        return self.weights_for(self.sensors_needed)

    def weights_for(self, sensors: frozenset[Sensor]) -> tuple[str, ...]:
        """Keys of the weights library for these sensors, with the network that imagines."""
        keys: list[str] = []
        if self.features == "networks":
            # an imagined raster goes through the missing sensor's own network
            sensors |= self.sensors_imagined if self.family == "ftoi" else frozenset()
            keys += [self.rgb_backbone_name] if "rgb" in sensors else []
            keys += [POINT_KEYS[self.xyz_backbone_name]] if "xyz" in sensors else []
        return (*keys, self.distilled_weights) if self.distilled_weights else tuple(keys)

    @property
    def files_needed(self) -> tuple[Path, ...]:
        """Files of weights outside the library that must be present."""
        return (Path(self.fusion_module_path),) if self.imagines and self.fusion_module_path else ()


def _refuse(message: Phrase, remedy: Phrase) -> None:
    raise WrongUse(message, remedy=remedy)
