"""The part apart from what it lies on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from core.geometry.joined_pieces import reached
from core.phrase import Phrase, say
from core.preprocess.clusters import largest_piece
from core.preprocess.config import PreprocessConfig
from core.preprocess.plane import Plane, edge_points, fit_plane
from core.sample import Sample

NoteKind = Literal[
    "no_cloud",
    "empty_cloud",
    "unknown_unit",
    "no_edge",
    "edge_not_flat",
    "nothing_left",
    "no_piece",
    "defect_cut",
]
_METRE = 0.001
_LEAST_SUPPORT = 0.5


@dataclass(frozen=True)
class Note:
    """Something about one part that its user should know; the work went on."""

    kind: NoteKind
    text: Phrase

    @property
    def is_warning(self) -> bool:
        """False where there simply was nothing to separate."""
        return self.kind not in ("no_cloud", "no_edge")


@dataclass(frozen=True, eq=False)
class Separation:
    """Which seen points (H, W) belong to the part, and the plane it lies on; None where nobody can tell."""

    kept: NDArray[np.bool_] | None = None
    plane: Plane | None = None
    notes: tuple[Note, ...] = ()


def separate(sample: Sample, config: PreprocessConfig) -> Separation:
    """Take away the plane that runs along the picture's edge, then all but the largest piece of the rest."""
    if sample.xyz is None:
        return _left("no_cloud", say("There is no cloud, so the background stays."))
    seen = sample.seen
    if not seen.any():
        return _left("empty_cloud", say("The cloud has not a single point, so nothing was separated."))
    if not sample.is_metric:
        return _left("unknown_unit", say("The cloud's unit is not known, so the background stays."))
    plane = fit_plane(edge_points(sample.xyz, seen, config.edge_strip), config)
    if plane is None:
        text = say("Too little is seen along the picture's edge; the background seems to be removed already.")
        return Separation(kept=seen, notes=(Note("no_edge", text),))
    return _above(plane, sample.xyz, seen, config)


def part_area(seen: NDArray[np.bool_], kept: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The part's pixels (H, W): its points, and unseen pixels that it encloses.

    A defect often costs the sensor some points; such gaps belong to the part unless they lead to the
    background or to the picture's edge.
    """
    outside = seen & ~kept
    outside[[0, -1], :] |= ~kept[[0, -1], :]
    outside[:, [0, -1]] |= ~kept[:, [0, -1]]
    return ~reached(outside, ~kept)


def _above(
    plane: Plane, xyz: NDArray[np.float32], seen: NDArray[np.bool_], config: PreprocessConfig
) -> Separation:
    notes = []
    if plane.support < _LEAST_SUPPORT:
        text = say(
            "Only {share:.0%} of the picture's edge lies on one plane; the part may reach the edge.",
            share=plane.support,
        )
        notes.append(Note("edge_not_flat", text))
    points = xyz[seen]
    is_above = np.abs(plane.heights(points)) >= config.plane_distance_mm * _METRE
    if not is_above.any():
        text = say(
            "Nothing rises {distance:g} mm above the background, so everything stays.",
            distance=config.plane_distance_mm,
        )
        return Separation(plane=plane, notes=(*notes, Note("nothing_left", text)))
    if config.keep_largest_piece:
        piece = largest_piece(points[is_above], config.cluster_distance_mm * _METRE, config.cluster_points)
        if piece is None:
            text = say("The points above the background hold no piece together, so all of them stay.")
            notes.append(Note("no_piece", text))
        else:
            is_above[is_above] = piece
    kept = np.zeros_like(seen)
    kept[seen] = is_above
    return Separation(kept, plane, tuple(notes))


def _left(kind: NoteKind, text: Phrase) -> Separation:
    return Separation(notes=(Note(kind, text),))
