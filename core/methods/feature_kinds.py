"""All features that can be saved for a pretraining, as text: listing them loads nothing heavy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from core.errors import WrongUse
from core.monitor import Monitor
from core.phrase import say
from core.sample import Sample

if TYPE_CHECKING:
    from core.memory.feature_cache import Shelf


@dataclass(frozen=True)
class FeatureItem:
    """Something kept of a part: numbers, operations that they cost (measured), and weights they depend on.

    Items of one key are the same numbers whatever training asks for them.
    """

    key: str
    numbers: int
    operations: float = 0.0
    weights: tuple[str, ...] = ()


_POINTS = FeatureItem("points of two blocks", 56 * 56 * 768, 340e9, ("point_mae",))
_MORE_POINTS = FeatureItem("points of three blocks", 56 * 56 * 1152, 340e9, ("point_mae",))
_PICTURE = FeatureItem("picture", 28 * 28 * 768, 170e9, ("vit_base_patch8_224_dino",))
_SHAPE = FeatureItem("hand-made shape", 56 * 56 * 33, 3.5e9)
_COLOUR = FeatureItem("hand-made colour", 56 * 56 * 36, 3.5e9)
_CLOUD_RASTER = FeatureItem("raster of the cloud", 3 * 224 * 224, 1e9)
_PICTURE_RASTER = FeatureItem("raster of the picture", 3 * 224 * 224, 1e9)


class FeatureWriter(Protocol):
    """What a training needs of one part; `identities` tell what it is made with.

    `write` puts it into a file of its own, `keep` leaves each item in the store and says where it lies.
    """

    @property
    def identities(self) -> dict[str, str]: ...

    def write(self, path: Path, sample: Sample, shelf: Shelf, *, is_half: bool) -> None: ...

    def keep(self, sample: Sample, shelf: Shelf) -> dict[str, Path]: ...


@dataclass(frozen=True)
class FeatureKind:
    """One row: the method whose networks see the parts, parameters of it, and what is kept of one part.

    `where` is called with config and monitor and gives a FeatureWriter; it imports the heavy libraries.
    """

    key: str
    method: str
    where: str
    items: Mapping[str, FeatureItem]
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def numbers_a_part(self) -> int:
        """Of all items."""
        return sum(item.numbers for item in self.items.values())


_MTFI = "core.methods.mtfi.feature_writer"

FEATURE_KINDS: tuple[FeatureKind, ...] = (
    FeatureKind(
        "uff",
        "m3dm",
        "core.methods.m3dm.feature_writer:open_writer",
        {"xyz": _MORE_POINTS, "rgb": _PICTURE},
        {"method_name": "DINO+Point_MAE"},
    ),
    FeatureKind("ftof", "mtfi", f"{_MTFI}:ftof", {"xyz": _POINTS, "rgb": _PICTURE}),
    FeatureKind(
        "frgb_xyz",
        "mtfi",
        f"{_MTFI}:frgb_xyz",
        {"rgb": _PICTURE, "cloud": _CLOUD_RASTER},
        {"method_name": "DINO"},
    ),
    FeatureKind(
        "rgb_fxyz",
        "mtfi",
        f"{_MTFI}:rgb_fxyz",
        {"xyz": _POINTS, "picture": _PICTURE_RASTER},
        {"method_name": "Point_MAE"},
    ),
    FeatureKind(
        "mtfi",
        "mtfi",
        f"{_MTFI}:everything",
        {"xyz": _POINTS, "rgb": _PICTURE, "cloud": _CLOUD_RASTER, "picture": _PICTURE_RASTER},
    ),
    FeatureKind(
        "ftof_hand_made",
        "mtfi",
        f"{_MTFI}:ftof",
        {"xyz": _SHAPE, "rgb": _COLOUR},
        {"features": "descriptors"},
    ),
    FeatureKind(
        "frgb_xyz_hand_made",
        "mtfi",
        f"{_MTFI}:frgb_xyz",
        {"rgb": _COLOUR, "cloud": _CLOUD_RASTER},
        {"method_name": "DINO", "features": "descriptors"},
    ),
    FeatureKind(
        "rgb_fxyz_hand_made",
        "mtfi",
        f"{_MTFI}:rgb_fxyz",
        {"xyz": _SHAPE, "picture": _PICTURE_RASTER},
        {"method_name": "Point_MAE", "features": "descriptors"},
    ),
)


def feature_kind(key: str) -> FeatureKind:
    """The row of that key; raise WrongUse for an unknown one."""
    for row in FEATURE_KINDS:
        if row.key == key:
            return row
    known = ", ".join(row.key for row in FEATURE_KINDS)
    raise WrongUse(
        say('There are no features called "{key}".', key=key),
        remedy=say("Choose one of: {known}.", known=known),
    )


def open_writer(row: FeatureKind, config: Any, monitor: Monitor) -> FeatureWriter:
    """What writes that kind; raise WeightsMissing where its networks cannot be had."""
    module, _, name = row.where.partition(":")
    writer: FeatureWriter = getattr(import_module(module), name)(config, monitor)
    return writer
