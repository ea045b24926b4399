"""The parameters of BTF, with the published program's values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from core.sample import Sensor

Variant = Literal["rgb", "depth", "raw", "hog", "sift", "fpfh", "rgb+fpfh"]


@dataclass(frozen=True)
class BtfConfig:
    """`variant` says which features are remembered; "rgb+fpfh" is the method called BTF in the paper."""

    variant: Variant = "rgb+fpfh"
    keep_fraction: float = 0.1
    coreset_eps: float = 0.9
    n_reweight: int = 3
    blur: Literal["float", "8bit"] = "float"
    map_size: int = 224
    colour_weights: Literal["wide_resnet50_2_racm", "wide_resnet50_2_tv"] = "wide_resnet50_2_racm"
    normal_points: int = 30
    normal_radius_mm: float = 100.0
    fpfh_points: int = 100
    fpfh_radius_mm: float = 250.0
    normals_face_sensor: bool = False
    seed: int = 0
    device: str = "cpu"

    @property
    def sensors_needed(self) -> frozenset[Sensor]:
        """The sensors that this variant cannot do without."""
        if self.variant == "rgb":
            return frozenset({"rgb"})
        return frozenset({"rgb", "xyz"}) if self.variant == "rgb+fpfh" else frozenset({"xyz"})

    @property
    def weights_needed(self) -> tuple[str, ...]:
        """Keys of the weights library that this variant cannot do without."""
        return (self.colour_weights,) if self.variant in {"rgb", "depth", "rgb+fpfh"} else ()
