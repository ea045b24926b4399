"""The library of published weights on this machine: which files are known, and where they lie."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from core.errors import WeightsMissing, WrongUse
from core.paths import home
from core.phrase import say

_SUFFIXES = (".pth", ".pt", ".safetensors")


@dataclass(frozen=True)
class WeightFile:
    """One row of the table: `names` are the published file names, `origin` says in words where it comes from.

    `network` ("module:function") builds the network that the file must fit; empty where nothing checks it.
    """

    key: str
    title: str
    methods: tuple[str, ...]
    names: tuple[str, ...]
    architecture: str
    origin: str
    address: str = ""
    network: str = ""

    @property
    def accepted_names(self) -> tuple[str, ...]:
        """The published names, then the key itself as a name."""
        return (*self.names, *(f"{self.key}{suffix}" for suffix in _SUFFIXES))


WEIGHTS: tuple[WeightFile, ...] = (
    WeightFile(
        "wide_resnet50_2_racm",
        "Colour network (wide ResNet-50-2, timm)",
        methods=("btf", "shape_guided"),
        names=("wide_resnet50_racm-8234f177.pth",),
        architecture="wide_resnet50_2",
        origin="timm, model wide_resnet50_2.racm_in1k",
        address="https://github.com/rwightman/pytorch-image-models/releases/download/v0.1-weights/"
        "wide_resnet50_racm-8234f177.pth",
        network="core.backbones.wide_resnet:wide_resnet",
    ),
    WeightFile(
        "wide_resnet50_2_tv",
        "Colour network (wide ResNet-50-2, torchvision)",
        methods=("btf", "rd4ad"),
        names=("wide_resnet50_2-95faca4d.pth",),
        architecture="wide_resnet50_2",
        origin="torchvision, model wide_resnet50_2, weights IMAGENET1K_V1",
        address="https://download.pytorch.org/models/wide_resnet50_2-95faca4d.pth",
        network="core.backbones.wide_resnet:wide_resnet",
    ),
)


def weights_folder() -> Path:
    """Where weights are looked for."""
    return home() / "weights"


def weight_file(key: str) -> WeightFile:
    """The row of that key; raise WrongUse for an unknown one."""
    for row in WEIGHTS:
        if row.key == key:
            return row
    raise WrongUse(
        say('There are no weights called "{key}".', key=key),
        remedy=say("Choose one of: {known}.", known=", ".join(row.key for row in WEIGHTS)),
    )


def find(key: str) -> Path:
    """The file of that key; raise WeightsMissing with its name, its origin and the place to put it."""
    row = weight_file(key)
    path = present(row)
    if path is None:
        raise WeightsMissing(
            say("The weights of {title} are not on this machine.", title=row.title),
            remedy=say(
                "Put {name} (from {origin}) into {folder}.",
                name=row.names[0],
                origin=row.origin,
                folder=weights_folder(),
            ),
        )
    return path


def present(row: WeightFile) -> Path | None:
    """The file of that row in the library, if there is one."""
    places = (weights_folder() / name for name in row.accepted_names)
    return next((place for place in places if place.is_file()), None)
