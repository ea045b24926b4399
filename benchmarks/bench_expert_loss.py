"""The shape expert's loss, step by step, by the published recipe: 32 patches, 500 points, rate 0.0001.

Ours has its gradients written out; beside it, for the first steps, the plain form that differentiates twice.
Both start from the same weights and see the same batches. FOLDER holds patches that `inspector features
--kind sdf` cut; without it made-up domes are cut, and few steps are taken.

python -m benchmarks.bench_expert_loss [FOLDER [STEPS [PLAIN_STEPS]]]
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from benchmarks.bench_shape_guided import dome
from core.backbones.sdf_net import SdfNetwork
from core.methods.shape_guided.batches import Batch, LearningPatches, batches_of, learning_files
from core.methods.shape_guided.cut import Cutting, cut_patches
from core.methods.shape_guided.expert_training import ExpertTraining
from core.methods.shape_guided.noise import spread_of
from core.monitor import Monitor
from core.training.processes import Team

RECIPE = ExpertTraining()
MARKS = (1, 2, 5, 10, 20, 30, 50, 75, 100, 150, 200, 250, 300)


def main() -> None:
    """Print losses at a few steps, the plain form's beside them, and the time of a step."""
    torch.set_num_threads(1)
    words = sys.argv[1:]
    patches = read(Path(words[0])) if words else made_up()
    steps = int(words[1]) if len(words) > 1 else 300 if words else 10
    plain_steps = int(words[2]) if len(words) > 2 else min(steps, 15)
    print(f"{len(patches)} patches, {len(patches) // RECIPE.batch_size} steps are one pass")
    plain, slow = losses_of(patches, plain_steps, plain_loss)
    ours, quick = losses_of(patches, steps, lambda network, batch: network.pull_loss(*batch))
    gap = max(abs(a - b) / b for a, b in zip(ours, plain, strict=False))
    print(f"largest difference of a loss in {len(plain)} steps: {gap:.1e} of it")
    print(f"a step: {quick:.2f} s, the plain form {slow:.2f} s, ratio {slow / quick:.1f}")
    for mark in (mark for mark in MARKS if mark <= len(ours)):
        recent = ours[max(0, mark - 10) : mark]
        beside = f"   plain form {plain[mark - 1]:.4f}" if mark <= len(plain) else ""
        print(f"  step {mark:4}: {ours[mark - 1]:.4f}, of ten {sum(recent) / len(recent):.4f}{beside}")


def read(folder: Path) -> LearningPatches:
    """Patches of parts."""
    return LearningPatches.read(learning_files(folder), RECIPE, Monitor())


def made_up() -> LearningPatches:
    """Patches of a dome."""
    patches = cut_patches(dome(0), Cutting(group_mul=5)).points
    spread = np.stack([spread_of(patch) for patch in patches])
    return LearningPatches(torch.from_numpy(patches), torch.from_numpy(spread.astype(np.float32)))


def losses_of(
    patches: LearningPatches, steps: int, loss_of: Callable[[SdfNetwork, Batch], Tensor]
) -> tuple[list[float], float]:
    """The loss of every step from the same start, and the CPU seconds of one."""
    torch.manual_seed(RECIPE.seed)
    network = SdfNetwork().train()
    optimiser = torch.optim.Adam(network.parameters(), lr=RECIPE.learning_rate)
    batches, losses = endless(patches), []
    before = time.process_time()
    for _ in range(steps):
        optimiser.zero_grad()
        loss = loss_of(network, next(batches))
        loss.backward()  # type: ignore[no-untyped-call]  # torch leaves it untyped
        optimiser.step()
        losses.append(loss.item())
    return losses, (time.process_time() - before) / steps


def plain_loss(network: SdfNetwork, batch: Batch) -> Tensor:
    """Differentiated twice, as the published program does."""
    targets, queries, _ = batch
    pulled = network.pulled(network.encoder(targets), queries)
    apart: Tensor = torch.linalg.vector_norm(pulled - targets, dim=2)
    return apart.mean()


def endless(patches: LearningPatches) -> Iterator[Batch]:
    """Pass after pass."""
    epoch = 0
    while True:
        yield from batches_of(patches, RECIPE, Team(), epoch)
        epoch += 1


if __name__ == "__main__":
    main()
