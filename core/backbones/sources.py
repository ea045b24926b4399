"""The published networks as sources of patches; each is opened when the first sample needs it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from core.backbones.published import image_network, point_network
from core.backbones.rgb_patches import RgbPatches
from core.backbones.weight_checks import fingerprint
from core.backbones.weights import POINT_KEYS
from core.backbones.xyz_patches import PointPatching, XyzPatches
from core.memory.kept_features import Source
from core.monitor import Monitor
from core.patches import PatchFeatures
from core.sample import Sample


def picture_source(flag: str, device: str, monitor: Monitor) -> Source:
    """The vision transformer of that flag."""
    return Source(
        _opened_late(lambda: RgbPatches(image_network(flag).network, device)),
        f"{flag} {fingerprint(flag, monitor)}",
    )


def point_source(flag: str, how: PointPatching, device: str, monitor: Monitor) -> Source:
    """The point transformer of that flag."""
    kind = POINT_KEYS[flag]
    return Source(
        _opened_late(lambda: XyzPatches(point_network(kind).network, how, device)),
        f"{flag} {fingerprint(kind, monitor)} {how}",
    )


def _opened_late(
    build: Callable[[], Callable[[Sample], PatchFeatures]],
) -> Callable[[Sample], PatchFeatures]:
    opened = cache(build)
    return lambda sample: opened()(sample)
