from __future__ import annotations

import numpy as np
import pytest

from core.methods.quick_look.memory import PartMemory, Scale


@pytest.fixture
def memory() -> PartMemory:
    rng = np.random.default_rng(0)
    calm, restless = rng.normal(0, 0.1, (200, 2)), rng.normal(6, 1.0, (200, 2))
    rows = np.concatenate([calm, restless]).astype(np.float32)
    return PartMemory.build(rows, np.tile(np.arange(4), 100))


def test_a_row_of_the_memory_is_not_strange_to_it_but_is_to_the_other_parts(memory):
    rows = np.random.default_rng(0).normal(0, 0.1, (200, 2)).astype(np.float32)
    origins = np.tile(np.arange(4), 50)
    assert memory.scores(rows).max() < 0.2 * np.median(memory.left_out_scores(rows, origins))


def test_the_same_step_away_is_stranger_in_a_calm_place_than_in_a_restless_one(memory):
    calm, restless = np.array([[0.8, 0.8]], np.float32), np.array([[8.6, 8.6]], np.float32)
    assert memory.scores(calm)[0] > memory.scores(restless)[0]


def test_steep_edges_do_not_make_a_faint_change_of_a_plain_surface_small():
    rng = np.random.default_rng(0)
    plain = rng.normal(0, 0.01, (950, 1))
    few_edges, more_edges = rng.normal(0, 5, (50, 1)), rng.normal(0, 500, (50, 1))
    faint = np.array([[0.0], [0.3]], np.float32)
    gaps = []
    for edges in (few_edges, more_edges):
        zero, away = Scale.of(np.concatenate([plain, edges]).astype(np.float32))(faint)
        gaps.append(float(np.abs(away - zero).max()))
    assert gaps[1] > 0.5 * gaps[0]
