"""Point histograms against a plain loop over points and pairs, CPU seconds of one run: the ratio counts.

python -m benchmarks.bench_fpfh [points]
"""

from __future__ import annotations

import math
import sys

import numpy as np
import torch
from numpy.typing import NDArray

from benchmarks.timing import timed
from core.descriptors.fpfh import Reach, describe_points, fpfh
from core.descriptors.neighbours import Neighbours, points_around
from core.descriptors.normals import estimate_normals

Array = NDArray[np.float32]
Vector = tuple[float, float, float]


def main() -> None:
    """Print times and the ratio, on one thread."""
    torch.set_num_threads(1)
    points = made_up(int(sys.argv[1]) if len(sys.argv) > 1 else 1500)
    reach = Reach()
    around, searching = timed(lambda: points_around(points, reach.points, reach.radius_mm))
    normals, normal_time = timed(lambda: estimate_normals(points, around.within(reach.normal_points)))
    ours, our_time = timed(lambda: fpfh(points, normals, around))
    theirs, plain_time = timed(lambda: plain_fpfh(points, normals, around))
    print(f"{len(points)} points, {reach.points} neighbours each")
    print(f"  neighbours          {searching:8.3f} s")
    print(f"  normals             {normal_time:8.3f} s")
    print(f"  histograms, ours    {our_time:8.3f} s")
    print(f"  histograms, plain   {plain_time:8.3f} s")
    print(f"  ratio               {plain_time / our_time:8.1f}")
    print(f"  equal to 0.01       {(np.abs(ours - theirs) < 1e-2).mean():8.2%}")
    scan = made_up(27_000)
    _, whole = timed(lambda: describe_points(scan))
    print(f"  everything for {len(scan)} points: {whole:.2f} s")


def plain_fpfh(points: Array, normals: Array, around: Neighbours) -> NDArray[np.float64]:
    """The definition, pair by pair."""
    own = np.zeros((len(points), 33))
    for here, neighbours in enumerate(around.index):
        others = [there for there in neighbours if there != here]
        for there in others:
            for block, place in enumerate(pair(points, normals, here, there)):
                own[here, block * 11 + min(10, max(0, math.floor(11 * place)))] += 100 / len(others)
    found = own.copy()
    for here, neighbours in enumerate(around.index):
        total = np.zeros(33)
        for there, squared in zip(neighbours, around.squared[here], strict=True):
            if squared > 0:
                total += own[there] / squared
        for block in range(3):
            part = total[block * 11 : block * 11 + 11]
            found[here, block * 11 : block * 11 + 11] += 100 * part / max(part.sum(), 1e-300)
    return found


def pair(points: Array, normals: Array, here: int, there: int) -> Vector:
    """The three angles of a pair as shares of their range."""
    line = [float(b) - float(a) for a, b in zip(points[here], points[there], strict=True)]
    length = math.sqrt(dot(line, line))
    line = [value / length for value in line]
    base, other = [float(v) for v in normals[here]], [float(v) for v in normals[there]]
    slope, counter = dot(base, line), dot(other, line)
    if abs(counter) > abs(slope):
        base, other, slope, line = other, base, -counter, [-value for value in line]
    across = cross(line, base)
    size = math.sqrt(dot(across, across))
    across = [value / size for value in across]
    turn = math.atan2(dot(cross(base, across), other), dot(base, other))
    return turn / (2 * math.pi) + 0.5, (dot(across, other) + 1) / 2, (slope + 1) / 2


def dot(left: list[float], right: list[float]) -> float:
    """Inner product of two vectors."""
    return left[0] * right[0] + left[1] * right[1] + left[2] * right[2]


def cross(left: list[float], right: list[float]) -> list[float]:
    """Vector product of two vectors."""
    return [
        left[1] * right[2] - left[2] * right[1],
        left[2] * right[0] - left[0] * right[2],
        left[0] * right[1] - left[1] * right[0],
    ]


def made_up(count: int) -> Array:
    """A wavy, slightly noisy patch of 10 cm."""
    rng = np.random.default_rng(0)
    flat = rng.uniform(-0.05, 0.05, (count, 2))
    height = 0.003 * np.sin(90 * flat[:, 0]) * np.cos(70 * flat[:, 1]) + 2e-5 * rng.standard_normal(count)
    return np.column_stack([flat, 0.5 + height]).astype(np.float32)


if __name__ == "__main__":
    main()
