"""Preparing a scan against a k-d-tree DBSCAN of the same points, CPU seconds of one run.

python -m benchmarks.bench_preprocess [side]
"""

from __future__ import annotations

import sys
import time

import numpy as np
from numpy.typing import NDArray
from sklearn.cluster import DBSCAN

from benchmarks.timing import timed
from core.preprocess.clusters import NOISE, clusters
from core.preprocess.config import DEFAULTS
from core.preprocess.plane import edge_points, fit_plane
from core.preprocess.prepare import prepare
from core.sample import Sample

DISTANCE = DEFAULTS.cluster_distance_mm / 1000


def main() -> None:
    """Print times and the ratio."""
    side = int(sys.argv[1]) if len(sys.argv) > 1 else 800
    sample = made_up(side)
    points = above_the_table(sample)
    print(f"{side} x {side}, {np.count_nonzero(sample.seen)} points, {len(points)} above the table")
    started = time.perf_counter()
    _, whole = timed(lambda: prepare(sample))
    print(
        f"prepare, everything          {whole:8.3f} s CPU, {time.perf_counter() - started:.3f} s on the clock"
    )
    found, ours = timed(lambda: clusters(points, DISTANCE, DEFAULTS.cluster_points))
    tree = DBSCAN(eps=DISTANCE, min_samples=DEFAULTS.cluster_points, algorithm="kd_tree")
    expected, theirs = timed(lambda: tree.fit_predict(points.astype(np.float64)))
    same = np.mean((found == NOISE) == (expected == NOISE))
    print(f"pieces                       {ours:8.3f} s CPU")
    print(f"k-d-tree DBSCAN              {theirs:8.3f} s CPU, same survivors: {same:.4%}")
    print(f"ratio of the pieces          {theirs / ours:8.1f}")
    print(f"ratio of preparing it all    {theirs / whole:8.1f}")


def made_up(side: int) -> Sample:
    """A dome of 5 cm radius on a tilted table, 16 cm wide, with noise and lost points."""
    rng = np.random.default_rng(0)
    rows, columns = np.mgrid[0:side, 0:side]
    x, y = (columns / (side - 1) - 0.5) * 0.16, (rows / (side - 1) - 0.5) * 0.16
    dome = np.sqrt(np.clip(0.05**2 - x**2 - y**2, 0, None))
    z = 0.6 + 0.15 * x - dome + rng.normal(0, 1e-4, x.shape)
    xyz = np.stack([x, y, z], axis=-1).astype(np.float32)
    xyz[rng.random(x.shape) < 0.02] = np.nan
    return Sample("dome", rgb=rng.integers(0, 256, (side, side, 3)).astype(np.uint8), xyz=xyz)


def above_the_table(sample: Sample) -> NDArray[np.float32]:
    """What is left once the plane is gone: the points that are clustered."""
    assert sample.xyz is not None
    plane = fit_plane(edge_points(sample.xyz, sample.seen, DEFAULTS.edge_strip), DEFAULTS)
    assert plane is not None
    points = sample.xyz[sample.seen]
    return points[np.abs(plane.heights(points)) >= DEFAULTS.plane_distance_mm / 1000]


if __name__ == "__main__":
    main()
