"""The parameters of preparing a part, with their units."""

from __future__ import annotations

from dataclasses import dataclass

from core.errors import WrongUse
from core.phrase import say

MOST_CROP = 90
"""Percent of a side that two crops together may take."""


@dataclass(frozen=True)
class PreprocessConfig:
    """Distances are millimetres on the part, `edge_strip` and padding are pixels of the source.

    First the crop takes its share, in percent of the picture's height or width, away from each side. A plane
    is fitted to the points within `edge_strip` of the edge that is left which lie within `plane_fit_mm` of
    it; what is nearer to it than `plane_distance_mm` is background. Of the rest the largest piece is kept:
    points with at least `cluster_points` points within `cluster_distance_mm` hold a piece together. Then the
    picture is padded to a square whose side is a multiple of `pad_multiple`.
    """

    remove_background: bool = True
    edge_strip: int = 10
    plane_fit_mm: float = 4.0
    plane_distance_mm: float = 5.0
    plane_trials: int = 1000
    plane_trial_points: int = 3
    keep_largest_piece: bool = True
    cluster_distance_mm: float = 6.0
    cluster_points: int = 30
    pad_to_square: bool = True
    pad_multiple: int = 100
    seed: int = 0
    crop_top: int = 0
    crop_bottom: int = 0
    crop_left: int = 0
    crop_right: int = 0

    @property
    def is_cropping(self) -> bool:
        """Whether anything of the rim is taken away."""
        return any((self.crop_top, self.crop_bottom, self.crop_left, self.crop_right))

    def __post_init__(self) -> None:
        pairs = ((self.crop_top, self.crop_bottom), (self.crop_left, self.crop_right))
        if any(min(pair) < 0 or sum(pair) > MOST_CROP for pair in pairs):
            raise WrongUse(
                say(
                    "The crop takes {top} + {bottom} % of the height and {left} + {right} % of the width.",
                    top=self.crop_top,
                    bottom=self.crop_bottom,
                    left=self.crop_left,
                    right=self.crop_right,
                ),
                remedy=say(
                    "Leave at least {rest} % of each, and take no less than 0 %.", rest=100 - MOST_CROP
                ),
            )


DEFAULTS = PreprocessConfig()
