"""Coreset and bank against the plain ways of doing the same, CPU seconds of one run: the ratios count.

The published programs choose rows by one broadcast subtraction a pick, in half precision; here that loop
makes only its first picks, because all picks cost the same.

python -m benchmarks.bench_memory [rows] [plain picks]
"""

from __future__ import annotations

import sys
from typing import TypeVar

import numpy as np
import sklearn.random_projection  # noqa: F401 - loaded before the clock starts
import torch

from benchmarks.timing import timed
from core.memory.bank import MemoryBank
from core.memory.coreset import coreset, covering_radius, greedy_cover, project
from core.monitor import Monitor

T = TypeVar("T")
WIDTH = 1152
KEEP = 0.1


def main() -> None:
    """Print times and ratios, on one thread."""
    torch.set_num_threads(1)
    rows_given, plain_given = (int(given) for given in (sys.argv[1:] + ["20000", "200"][len(sys.argv) - 1 :]))
    rows = made_up(rows_given, 0)
    choosing(rows, int(KEEP * rows_given), plain_given)
    scoring(rows[: min(10_000, rows_given)], made_up(784, 1))


def choosing(rows: torch.Tensor, count: int, plain_picks: int) -> None:
    """Time the coreset of `rows`."""
    projected, projecting = timed(lambda: project(rows, 0.9, 0, Monitor()))
    chosen, ours = timed(lambda: greedy_cover(projected, count, Monitor()))
    plain, single = timed(lambda: plain_cover(projected, plain_picks))
    _, half = timed(lambda: plain_cover(projected.half(), plain_picks))
    scale = (count - 1) / (plain_picks - 1)
    print(f"coreset of {len(rows)} x {WIDTH} to {count}, projected to {projected.shape[1]}")
    print(f"  projecting          {projecting:8.2f} s")
    print(f"  choosing, ours      {ours:8.2f} s")
    for name, few in (("single", single), ("half", half)):
        print(f"  plain, {name:6}       {few * scale:8.2f} s  ratio {few * scale / ours:.1f}")
    print(f"  first {plain_picks} picks equal: {chosen[:plain_picks].tolist() == plain}")
    whole = coreset(rows, count, Monitor())
    print(f"  covering radius     {covering_radius(projected, whole, Monitor()):8.3f}")


def scoring(rows: torch.Tensor, queries: torch.Tensor) -> None:
    """Time the distances of `queries` to `rows`."""
    bank = MemoryBank(rows)
    _, ours = timed(lambda: bank.nearest(queries), repeats=3)
    _, cdist = timed(lambda: torch.cdist(queries, rows).min(1), repeats=3)
    _, direct = timed(
        lambda: torch.cdist(queries[:49], rows, compute_mode="donot_use_mm_for_euclid_dist").min(1)
    )
    _, product = timed(lambda: queries @ rows.T, repeats=3)
    print(f"nearest of {len(rows)} x {WIDTH} for {len(queries)} queries")
    print(f"  ours, exact         {ours:8.3f} s")
    print(f"  cdist by product    {cdist:8.3f} s  ratio {cdist / ours:.2f}, figures to single precision")
    print(f"  cdist direct        {direct * 16:8.3f} s  ratio {direct * 16 / ours:.1f}")
    print(f"  the product alone   {product:8.3f} s  ours takes {ours / product:.2f} times as long")


def plain_cover(points: torch.Tensor, count: int) -> list[int]:
    """The loop of the published programs in single precision."""
    gaps = torch.linalg.norm(points - points[0], dim=1)
    chosen = [0]
    for _ in range(count - 1):
        chosen.append(int(gaps.argmax()))
        gaps = torch.minimum(gaps, torch.linalg.norm(points - points[chosen[-1]], dim=1))
    return chosen


def made_up(count: int, seed: int) -> torch.Tensor:
    """Rows (N, 1152) near a subspace of twelve dimensions, as features are."""
    rng, space = np.random.default_rng(seed), np.random.default_rng(99).standard_normal((12, WIDTH))
    rows = rng.standard_normal((count, 12)) @ space + 0.2 * rng.standard_normal((count, WIDTH))
    return torch.from_numpy(rows.astype(np.float32))


if __name__ == "__main__":
    main()
