"""The parameters of Shape-Guided under the names of the published program, with its defaults."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Literal

from core.errors import WrongUse
from core.phrase import say
from core.sample import Sensor

Experts = Literal["RGB_SDF", "SDF", "RGB"]
PartScore = Literal["experts", "map", "product"]
ColourFeatures = Literal["wide_resnet50_2_racm", "wide_resnet50_2_tv", "hand_made"]
SDF_WEIGHTS = "sdf_expert"

SETTLED_ELSEWHERE = {
    "datasets_path": "inspector import SRC --layout mvtec_3d --out PROJECT",
    "save_grid_path": "inspector features PROJECT --kind patches --out DIR",
    "pretrain": "inspector features PROJECT --kind sdf --out DIR",
    "sample_num": "inspector features PROJECT --kind sdf --out DIR --parts 20",
    "sampled_size": "inspector pretrain sdf --data DIR --out FILE --set sampled_size=20",
    "output_dir": "inspector inspect PROJECT --out DIR",
    "viz": "inspector inspect PROJECT --out DIR",
    "CUDA": "inspector train PROJECT --method shape_guided --device cuda:0",
}
"""Flags of the published program that are commands of ours."""


@dataclass(frozen=True)
class ShapeGuidedConfig:
    """`experts` says whose map counts; the quirks of the reference are fields, with the spec's decisions.

    `ckpt_path` is a file of the shape expert outside the library, `grid_path` a folder of patches that were
    cut before. Ours, not the publication's: `colour` "hand_made" does without a colour network; `part_score`
    "map" takes the highest value of the map for the score of the part, "product" that times the published
    score; `place_weight` other than 0 looks for similar patches at about the same place of the part, which
    suits parts that always lie the same way.
    """

    settled_elsewhere: ClassVar[Mapping[str, str]] = SETTLED_ELSEWHERE

    experts: Experts = "RGB_SDF"
    ckpt_path: str = ""
    grid_path: str = ""
    colour: ColourFeatures = "wide_resnet50_2_racm"
    image_size: int = 224
    point_num: int = 500
    group_mul: int = 10
    k_number: int = 10
    place_weight: float = 0.0
    dict_n_component: int = 3
    rgb_neighbours: int = 5
    rgb_method: Literal["sparse", "nearest"] = "sparse"
    align_images: int = 25
    blur_radius: float = 4.0
    cells: Literal["reference", "clean"] = "reference"
    dictionary: Literal["image", "patch"] = "image"
    alignment_leaves_out: Literal["nearest", "image"] = "nearest"
    blur: Literal["8bit", "float"] = "8bit"
    part_score: PartScore = "experts"
    seed: int = 0
    device: str = "cpu"

    def __post_init__(self) -> None:
        if self.image_size < 28:
            raise _out_of_range("image_size", 224)
        for name, usual in (("point_num", 500), ("group_mul", 10), ("k_number", 10), ("rgb_neighbours", 5)):
            if getattr(self, name) < 1:
                raise _out_of_range(name, usual)
        if self.dict_n_component < 1:
            raise _out_of_range("dict_n_component", 3)
        if self.align_images < 1:
            raise _out_of_range("align_images", 25)
        if self.place_weight < 0:
            raise _out_of_range("place_weight", 0)

    @property
    def uses_colour(self) -> bool:
        """Whether the picture counts."""
        return self.experts != "SDF"

    @property
    def sensors_needed(self) -> frozenset[Sensor]:
        """The sensors that this variant cannot do without; colour is always guided by shape."""
        return frozenset({"rgb", "xyz"}) if self.uses_colour else frozenset({"xyz"})

    @property
    def weights_needed(self) -> tuple[str, ...]:
        """Keys of the weights library that must be present."""
        keys = () if self.ckpt_path else (SDF_WEIGHTS,)
        return (*keys, self.colour) if self.uses_colour and self.colour != "hand_made" else keys

    @property
    def files_needed(self) -> tuple[Path, ...]:
        """Files of weights outside the library that must be present."""
        return (Path(self.ckpt_path),) if self.ckpt_path else ()


def _out_of_range(name: str, usual: int) -> WrongUse:
    return WrongUse(
        say("{key} is too small.", key=name), remedy=say("Set {key}={value}.", key=name, value=usual)
    )
