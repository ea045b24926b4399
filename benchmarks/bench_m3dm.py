"""The steps of M3DM against the plain ways of doing the same, CPU seconds in one run.

The plain ways follow what is known of the published program: distances to everything, sorted in full, and a
picture of 1152 channels. faiss is compared where it is installed; the product does not need it.

python -m benchmarks.bench_m3dm [threads, 1]
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any, TypeVar

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray

from benchmarks.timing import timed
from core.backbones.fusion_block import FusionBlock
from core.device import Compute, apply_threads
from core.geometry.farthest_points import farthest_points
from core.geometry.grouping import group_points
from core.geometry.neighbours import nearest_points
from core.geometry.to_pixels import patch_map
from core.geometry.working_cloud import WorkingCloud, working_cloud
from core.memory.bank import MemoryBank

T = TypeVar("T")
GROUPS, GROUP_SIZE, WIDTH = 1024, 128, 1152


def main() -> None:
    """Print times and ratios."""
    threads = int((sys.argv[1:] or ["1"])[0])
    apply_threads(Compute("cpu", threads))
    cloud = working_cloud(dome())
    print(f"one cloud of {len(cloud.points)} points")
    sampling(cloud.points)
    grouping(cloud.points)
    projection(cloud)
    fusion_step()
    for name, rows, queries in (("near a subspace", *near_a_subspace()), ("without structure", *noise())):
        print(f"784 queries against 10,000 x {WIDTH}, {name}")
        bank_against_faiss(rows, queries, threads)


def sampling(points: NDArray[np.float32]) -> None:
    """Farthest points against a plain numpy loop."""
    ours, quick = timed(lambda: farthest_points(points, GROUPS), 3)
    plain, slow = timed(lambda: plain_farthest(points, GROUPS), 2)
    tell("farthest points", quick, slow, "plain numpy loop", bool((ours == plain).all()))


def plain_farthest(points: NDArray[np.float32], count: int) -> NDArray[np.int64]:
    """One pass over all points for each pick."""
    nearest = np.full(len(points), 1e10, np.float32)
    picks = np.zeros(count, np.int64)
    for step in range(1, count):
        apart = points - points[picks[step - 1]]
        squared = (apart[:, 0] ** 2 + apart[:, 1] ** 2) + apart[:, 2] ** 2
        nearest = np.minimum(nearest, squared)
        picks[step] = nearest.argmax()
    return picks


def grouping(points: NDArray[np.float32]) -> None:
    """The nearest of each centre against a full sort."""
    centres = points[farthest_points(points, GROUPS)]
    (_, ours), quick = timed(lambda: nearest_points(points, centres, GROUP_SIZE), 3)
    plain, slow = timed(lambda: full_sort(torch.from_numpy(centres), torch.from_numpy(points)))
    alike = np.mean([len(set(a) & set(b)) / GROUP_SIZE for a, b in zip(ours, plain.numpy(), strict=True)])
    tell("128 nearest points", quick, slow, "full sort", f"{alike:.2%}")


def full_sort(centres: torch.Tensor, points: torch.Tensor) -> torch.Tensor:
    """Distances to all points, sorted."""
    squared = centres.square().sum(1)[:, None] + points.square().sum(1) - 2 * centres @ points.T
    return squared.argsort(dim=1)[:, :GROUP_SIZE]


def projection(cloud: WorkingCloud) -> None:
    """Groups to patches as one sparse map against a picture of 1152 channels."""
    centres = group_points(cloud.points, GROUPS, GROUP_SIZE).centres
    features = np.random.default_rng(0).standard_normal((GROUPS, WIDTH)).astype(np.float32)
    ours, quick = timed(lambda: patch_map(cloud.pixels, cloud.points, centres) @ features, 3)
    plain, slow = timed(
        lambda: plain_projection(cloud, torch.from_numpy(centres), torch.from_numpy(features))
    )
    tell(
        "projection of one sample",
        quick,
        slow,
        "dense",
        f"largest gap {np.abs(ours - plain.numpy()).max():.1e}",
    )


def plain_projection(cloud: WorkingCloud, centres: torch.Tensor, features: torch.Tensor) -> torch.Tensor:
    """All distances sorted, then a picture, then both poolings."""
    points = torch.from_numpy(cloud.points)
    squared = points.square().sum(1)[:, None] + centres.square().sum(1) - 2 * points @ centres.T
    squared, index = squared.sort(dim=1)
    weights = 1 / (squared[:, :3].clamp(min=0) + 1e-8)
    weights = weights / weights.sum(1, keepdim=True)
    rows = (features[index[:, :3]] * weights[..., None]).sum(1)
    picture = torch.zeros(WIDTH, cloud.size**2)
    picture[:, torch.from_numpy(cloud.pixels)] = rows.T
    smooth = F.avg_pool2d(picture.reshape(1, WIDTH, cloud.size, cloud.size), 3, stride=1)
    return F.adaptive_avg_pool2d(smooth, (56, 56)).reshape(WIDTH, -1).T


def fusion_step() -> None:
    """One forward and backward pass of the fusion block, two parts, against all similarities at once."""
    network = FusionBlock()
    drawn = torch.Generator().manual_seed(0)
    xyz, rgb = torch.randn(2, 3136, 1152, generator=drawn), torch.randn(2, 3136, 768, generator=drawn)
    ours, quick = timed(lambda: backward(network, lambda: network.contrastive_loss(xyz, rgb)), 2)
    plain, slow = timed(lambda: backward(network, lambda: plain_loss(network, xyz, rgb)), 2)
    tell("fusion step", quick, slow, "full logits", f"loss {ours:.6f} and {plain:.6f}")


def backward(network: FusionBlock, loss: Callable[[], torch.Tensor]) -> float:
    """The loss, with gradients taken."""
    network.zero_grad()
    value = loss()
    value.backward()  # type: ignore[no-untyped-call]  # torch leaves it untyped
    return float(value.detach())


def plain_loss(network: FusionBlock, xyz: torch.Tensor, rgb: torch.Tensor) -> torch.Tensor:
    """The whole matrix of similarities."""
    fused = network(xyz, rgb).reshape(-1, 1920)
    queries = F.normalize(network.rgb_head(fused[:, 1152:]), dim=-1)
    keys = F.normalize(network.xyz_head(fused[:, :1152]), dim=-1)
    return 2 * F.cross_entropy(queries @ keys.T, torch.arange(len(queries)))


def bank_against_faiss(rows: NDArray[np.float32], queries: NDArray[np.float32], threads: int) -> None:
    """The nearest row of each query; what a memory learns of its rows at first is timed apart."""
    bank, asked = MemoryBank(torch.from_numpy(rows)), torch.from_numpy(queries)
    _, first = timed(lambda: bank.nearest(asked))
    (_, ours), quick = timed(lambda: bank.nearest(asked), 5)
    print(f"  the very first search     {first:8.3f} s")
    _, product = timed(lambda: queries @ rows.T, 5)
    tell("each further one", quick, product, "the product alone", "")
    _, torchs = timed(lambda: asked @ bank.rows.T, 5)
    tell("", quick, torchs, "torch's product", "")
    try:
        faiss: Any = import_module("faiss")
    except ImportError:
        print("  faiss is not installed")
        return
    faiss.omp_set_num_threads(threads)
    index = faiss.IndexFlatL2(WIDTH)
    index.add(rows)
    (_, theirs), slow = timed(lambda: index.search(queries, 1), 5)
    tell("", quick, slow, "faiss flat L2", f"{np.mean(ours.numpy() == theirs[:, 0]):.2%} alike")


def near_a_subspace() -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Rows and queries as features are: most of their spread in a few directions."""
    rng = np.random.default_rng(0)
    space = rng.standard_normal((12, WIDTH))
    rows, queries = (
        (rng.standard_normal((count, 12)) @ space + 0.2 * rng.standard_normal((count, WIDTH))).astype(
            np.float32
        )
        for count in (10_000, 784)
    )
    return rows, queries


def noise() -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """The worst rows and queries for whoever looks for structure."""
    rng = np.random.default_rng(0)
    return (
        rng.standard_normal((10_000, WIDTH)).astype(np.float32),
        rng.standard_normal((784, WIDTH)).astype(np.float32),
    )


def dome() -> NDArray[np.float32]:
    """An organised cloud (224, 224, 3) half a metre away."""
    rows, columns = np.mgrid[:224, :224] / 223 * 2 - 1
    radius = rows**2 + columns**2
    height = 0.05 * np.sqrt(np.clip(0.7 - radius, 0, None)) + 0.002 * np.sin(9 * columns) * np.cos(11 * rows)
    noise = 1e-5 * np.random.default_rng(0).standard_normal(rows.shape)
    xyz = np.stack([0.06 * columns, 0.06 * rows, 0.5 - height + noise], -1).astype(np.float32)
    xyz[radius >= 0.7] = np.nan
    return xyz


def tell(what: str, quick: float, slow: float, other: str, agreement: object) -> None:
    """One line."""
    print(f"  {what:<26}{quick:8.3f} s   {other:<18}{slow:8.3f} s   ratio {slow / quick:6.1f}   {agreement}")


if __name__ == "__main__":
    main()
