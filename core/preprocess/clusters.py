"""The pieces of a cloud: DBSCAN, exact, without a list of neighbours for every point.

Ester et al., "A density-based algorithm for discovering clusters", KDD 1996. All points of a cube whose
diagonal is the distance are neighbours of each other: a full cube needs no distance at all, and pieces grow
cube by cube. Only points of thin cubes are compared with their surroundings, until the answer is known.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from core.geometry.joined_pieces import joined_pieces
from core.preprocess.cubes import AROUND, HALF_AROUND, Cubes, Indices, Offset, sort_into_cubes

NOISE = -1
_STAGES = (HALF_AROUND[:3], HALF_AROUND[3:9], HALF_AROUND[9:13], HALF_AROUND[13:])
"""Cubes that share a face, an edge, a corner; then those one cube apart."""


def clusters(points: NDArray[np.floating], distance: float, least: int) -> Indices:
    """The piece (P,) of each point (P, 3), -1 for noise; pieces are numbered by their first core point.

    A point with `least` points within `distance`, itself included, is core; core points within the distance
    share a piece, others join a core point within it. One that could join several joins any, always the same.
    """
    labels = np.full(len(points), NOISE, np.int64)
    if not len(points):
        return labels
    cubes = sort_into_cubes(points, distance)
    is_core = _core_points(cubes, least)
    if not is_core.any():
        return labels
    core = cubes.only(is_core)
    piece_of_cube = _numbered_by_first(core, _connected(core))
    labels[core.order] = piece_of_cube[core.cube_of]
    border, joined = _borders(cubes, ~is_core, core)
    labels[border] = np.where(joined < 0, NOISE, piece_of_cube[joined])
    return labels


def largest_piece(points: NDArray[np.floating], distance: float, least: int) -> NDArray[np.bool_] | None:
    """Which points (P,) belong to the piece of most points, of equal ones the first; None without any."""
    labels = clusters(points, distance, least)
    sizes = np.bincount(labels[labels != NOISE])
    return labels == np.argmax(sizes) if sizes.size else None


def _core_points(cubes: Cubes, least: int) -> NDArray[np.bool_]:
    counts = cubes.sizes[cubes.cube_of]
    open_points = np.flatnonzero(counts < least)
    for offset in AROUND:
        beside = cubes.beside(offset)[cubes.cube_of[open_points]]
        asking = open_points[beside >= 0]
        for rows, points in cubes.members(beside[beside >= 0]):
            is_near = cubes.near(cubes.columns[:, asking[rows]], points)
            counts += np.bincount(asking[rows[is_near]], minlength=counts.size)
        open_points = open_points[counts[open_points] < least]
    enough: NDArray[np.bool_] = counts >= least
    return enough


def _connected(core: Cubes) -> Indices:
    """The piece of each cube: a cheap test joins nearly all, the exact one settles what is left."""
    pieces = np.arange(core.keys.size)
    for stage in _STAGES:
        pieces = _joined(pieces, *_probably_near(core, *_apart(core, pieces, stage)))
    return _joined(pieces, *_surely_near(core, *_apart(core, pieces, HALF_AROUND)))


def _apart(core: Cubes, pieces: Indices, offsets: Sequence[Offset]) -> tuple[Indices, Indices]:
    """Pairs of neighbouring cubes that do not yet belong together."""
    ones, others = [], []
    for offset in offsets:
        beside = core.beside(offset)
        one = np.flatnonzero((beside >= 0) & (pieces != pieces[beside]))
        ones.append(one)
        others.append(beside[one])
    return np.concatenate(ones), np.concatenate(others)


def _joined(pieces: Indices, one: Indices, other: Indices) -> Indices:
    """The pieces after these pairs of cubes were found to belong together."""
    return joined_pieces(pieces.size, pieces[one], pieces[other])[pieces]


def _probably_near(core: Cubes, one: Indices, other: Indices) -> tuple[Indices, Indices]:
    """Pairs proven near by two points alone: in each cube the one nearest to the other's middle."""
    middles = np.stack([np.add.reduceat(column, core.first[:-1]) for column in core.columns]) / core.sizes
    here = _nearest_member(core, one, middles[:, other])
    there = _nearest_member(core, other, middles[:, one])
    is_near = core.near(core.columns[:, here], there)
    return one[is_near], other[is_near]


def _nearest_member(core: Cubes, cubes: Indices, places: NDArray[np.float64]) -> Indices:
    """The point of each cube (N,) that is nearest to its place (3, N)."""
    nearest = np.empty(cubes.size, np.int64)
    for rows, points in core.members(cubes):
        distance = np.zeros(points.size)
        for place, column in zip(places, core.columns, strict=True):
            distance += (place[rows] - column[points]) ** 2
        starts = np.flatnonzero(np.diff(rows, prepend=-1))
        least = np.minimum.reduceat(distance, starts)
        hits = np.flatnonzero(distance == np.repeat(least, np.diff(starts, append=rows.size)))
        nearest[rows[hits[::-1]]] = points[hits[::-1]]
    return nearest


def _surely_near(core: Cubes, one: Indices, other: Indices) -> tuple[Indices, Indices]:
    """Pairs with two points within reach; only points that reach the other cube's box meet its points."""
    low = np.stack([np.minimum.reduceat(column, core.first[:-1]) for column in core.columns])
    high = np.stack([np.maximum.reduceat(column, core.first[:-1]) for column in core.columns])
    found = np.zeros(one.size, bool)
    for pairs, points in core.members(one):
        boxes, places = other[pairs], core.columns[:, points]
        outside = np.maximum(np.maximum(low[:, boxes] - places, places - high[:, boxes]), 0)
        reaching = (outside**2).sum(axis=0) <= core.reach**2
        pairs, places = pairs[reaching], places[:, reaching]
        for rows, partners in core.members(other[pairs]):
            found[pairs[rows[core.near(places[:, rows], partners)]]] = True
    return one[found], other[found]


def _borders(cubes: Cubes, is_open: NDArray[np.bool_], core: Cubes) -> tuple[Indices, Indices]:
    """The points that are not core, as places in the original list, and the core cube each joins, or -1."""
    keys, columns = cubes.keys[cubes.cube_of[is_open]], cubes.columns[:, is_open]
    joined = core.find(keys)
    for offset in AROUND:
        alone = np.flatnonzero(joined < 0)
        beside = core.find(keys[alone] + core.step(offset))
        asking, beside = alone[beside >= 0], beside[beside >= 0]
        for rows, points in core.members(beside):
            is_near = core.near(columns[:, asking[rows]], points)
            joined[asking[rows[is_near]]] = beside[rows[is_near]]
    return cubes.order[is_open], joined


def _numbered_by_first(core: Cubes, pieces: Indices) -> Indices:
    """The same pieces (C,), numbered in the order of their first core points."""
    by_first = np.argsort(core.order[core.first[:-1]])
    _, first, place = np.unique(pieces[by_first], return_index=True, return_inverse=True)
    numbered = np.empty_like(pieces)
    numbered[by_first] = np.argsort(np.argsort(first))[place]
    return numbered
