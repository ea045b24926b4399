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

_POINTS, _PICTURE, _RASTER = 56 * 56 * 768, 28 * 28 * 768, 3 * 224 * 224
_SHAPE, _COLOUR = 56 * 56 * 33, 56 * 56 * 36
"""Hand-made features of one part."""


class FeatureWriter(Protocol):
    """Writes what a training needs of one part; `identities` tell what the features are made with."""

    @property
    def identities(self) -> dict[str, str]: ...

    def write(self, path: Path, sample: Sample, shelf: Shelf, *, is_half: bool) -> None: ...


@dataclass(frozen=True)
class FeatureKind:
    """One row: the method whose networks see the parts, parameters of it, and numbers kept of one part.

    `where` is called with config and monitor and gives a FeatureWriter; it imports the heavy libraries.
    """

    key: str
    method: str
    where: str
    numbers_a_part: int
    values: Mapping[str, Any] = field(default_factory=dict)


_MTFI = "core.methods.mtfi.feature_writer"

FEATURE_KINDS: tuple[FeatureKind, ...] = (
    FeatureKind(
        "uff",
        "m3dm",
        "core.methods.m3dm.feature_writer:open_writer",
        56 * 56 * 1152 + _PICTURE,
        {"method_name": "DINO+Point_MAE"},
    ),
    FeatureKind("ftof", "mtfi", f"{_MTFI}:ftof", _POINTS + _PICTURE),
    FeatureKind("frgb_xyz", "mtfi", f"{_MTFI}:frgb_xyz", _PICTURE + _RASTER, {"method_name": "DINO"}),
    FeatureKind("rgb_fxyz", "mtfi", f"{_MTFI}:rgb_fxyz", _POINTS + _RASTER, {"method_name": "Point_MAE"}),
    FeatureKind("mtfi", "mtfi", f"{_MTFI}:everything", _POINTS + _PICTURE + 2 * _RASTER),
    FeatureKind("ftof_hand_made", "mtfi", f"{_MTFI}:ftof", _SHAPE + _COLOUR, {"features": "descriptors"}),
    FeatureKind(
        "frgb_xyz_hand_made",
        "mtfi",
        f"{_MTFI}:frgb_xyz",
        _COLOUR + _RASTER,
        {"method_name": "DINO", "features": "descriptors"},
    ),
    FeatureKind(
        "rgb_fxyz_hand_made",
        "mtfi",
        f"{_MTFI}:rgb_fxyz",
        _SHAPE + _RASTER,
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
