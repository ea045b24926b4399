"""The parameters of preparing a part, with their units."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PreprocessConfig:
    """Distances are millimetres on the part, `edge_strip` and padding are pixels of the source.

    A plane is fitted to the points within `edge_strip` of the picture's edge that lie within `plane_fit_mm`
    of it; what is nearer to it than `plane_distance_mm` is background. Of the rest the largest piece is kept:
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


DEFAULTS = PreprocessConfig()
