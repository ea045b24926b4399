"""The type scale: families by system, sizes by role, figures of equal width."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import Literal

from PySide6.QtGui import QFont

Role = Literal["caption", "small", "body", "title", "figure", "matrix", "display", "live"]


@dataclass(frozen=True)
class Face:
    """Size in points at 100 % and weight."""

    points: float
    weight: int


FACES: dict[Role, Face] = {
    "caption": Face(8.25, 500),
    "small": Face(9, 400),
    "body": Face(9.75, 400),
    "title": Face(11.25, 600),
    "figure": Face(13.5, 600),
    "matrix": Face(18, 600),
    "display": Face(21, 600),
    "live": Face(96, 700),
}
_FAMILIES = {
    "win32": ["Segoe UI", "Microsoft YaHei UI"],
    "darwin": [".AppleSystemUIFont", "PingFang SC"],
    "linux": ["Inter", "Noto Sans", "Noto Sans CJK SC", "DejaVu Sans"],
}


def families() -> list[str]:
    """Latin first, then Simplified Chinese by name: without it Han characters may take Japanese forms."""
    return _FAMILIES.get(sys.platform, _FAMILIES["linux"])


def font(role: Role = "body", percent: int = 100, weight: int | None = None) -> QFont:
    """The font of that role, scaled by the user's size."""
    made = QFont()
    made.setFamilies(families())
    made.setPointSizeF(FACES[role].points * percent / 100)
    made.setWeight(QFont.Weight(weight or FACES[role].weight))
    made.setFeature(QFont.Tag("tnum"), 1)
    return made
