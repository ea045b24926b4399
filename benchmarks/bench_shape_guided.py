"""The steps of Shape-Guided against the way its published program goes, CPU seconds of one thread in one run.

That way is written here anew from its description: one patch, one cell and one pixel after the other, all
distances at once and sorted in full. Both ways get the same expert, trained for a minute, and the same
made-up memory.

python -m benchmarks.bench_shape_guided
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor

from benchmarks.timing import timed
from core.backbones.sdf_net import NormedLinear, SdfNetwork
from core.methods.shape_guided.batches import LearningPatches, batches_of
from core.methods.shape_guided.cells import Cells, cells_of
from core.methods.shape_guided.config import ShapeGuidedConfig
from core.methods.shape_guided.cut import Cutting, Patches, cut_patches, normalised, seen_points, unit_cloud
from core.methods.shape_guided.expert import ShapeExpert
from core.methods.shape_guided.expert_training import ExpertTraining
from core.methods.shape_guided.memories import Memories, Remembered
from core.methods.shape_guided.noise import noisy_copies, spread_of
from core.methods.shape_guided.scores import ShapeScore, least_on_pixels, score_colour, score_shape
from core.sample import Sample
from core.training.processes import Team

SIDE, PARTS, WIDTH, STEPS = 800, 10, 768, 300
CONFIG = ShapeGuidedConfig()


@dataclass(frozen=True, eq=False)
class Bench:
    """A part, its patches and colours, the expert, and what it remembers."""

    sample: Sample
    patches: Patches
    cells: list[Cells]
    colours: Tensor
    network: SdfNetwork
    memories: Memories


def main() -> None:
    """Print times and ratios."""
    torch.set_num_threads(1)
    sample = dome(0)
    cut, slow_cut = cutting(sample)
    bench = prepared(sample)
    print(
        f"{bench.patches.pixels.size} points in {len(bench.patches)} patches,"
        f" {len(bench.memories.codes)} rows"
    )
    ours, plain = cut, slow_cut
    for step in (encoding, explaining, field, onto_pixels, colouring):
        quick, slow = step(bench)
        ours, plain = ours + quick, plain + slow
    print(
        f"  {'one part end to end':<26}{ours:8.3f} s   the plain way {plain:8.3f} s"
        f"   ratio {plain / ours:6.1f}"
    )
    adding_noise(bench)


def cutting(sample: Sample) -> tuple[float, float]:
    """Patches around farthest points."""
    ours, quick = timed(lambda: cut_patches(sample, Cutting()), 2)
    plain, slow = timed(lambda: plain_cut(sample))
    alike = np.mean([np.intersect1d(*pair).size for pair in zip(ours.pixels, plain, strict=True)])
    return tell("cut patches", quick, slow, f"{alike / 500:.2%} of the points alike")


def plain_cut(sample: Sample) -> NDArray[np.int64]:
    """One loop for the centres, one table of all differences, sorted in full."""
    cloud = seen_points(sample, 224)
    points, _ = unit_cloud(cloud.points)
    count = round(len(points) * 10 / 500)
    pick = int(np.random.default_rng(0).integers(len(points)))
    nearest, picks = np.full(len(points), 1e10, np.float32), []
    for _ in range(count):
        picks.append(pick)
        squared = ((points - points[pick]) ** 2).sum(-1)
        closer = squared < nearest
        nearest[closer] = squared[closer]
        pick = int(nearest.argmax())
    groups = [
        ((points[None] - points[part][:, None]) ** 2).sum(-1).argsort(axis=1)[:, :500]
        for part in np.array_split(np.array(picks), 6)  # all at once would take 54 MB and several times that
    ]
    return np.asarray(cloud.pixels[np.concatenate(groups)])


def prepared(sample: Sample) -> Bench:
    """A network of a few steps of training, and memories of a few parts that differ by noise."""
    network = trained(cut_patches(sample, Cutting()).points)
    expert, remembered = ShapeExpert(network), Remembered()
    chance = torch.Generator().manual_seed(0)
    base = torch.randn(784, WIDTH, generator=chance)
    for number in range(1, PARTS + 1):
        patches = cut_patches(dome(number), Cutting())
        colours = base + 0.3 * torch.randn(784, WIDTH, generator=chance)
        remembered.take(expert.encode(normalised(patches.points)), cells_in(patches), colours)
    patches = cut_patches(sample, Cutting())
    colours = base + 0.3 * torch.randn(784, WIDTH, generator=chance)
    return Bench(sample, patches, cells_in(patches), colours, network, remembered.memories(is_scaled=False))


def trained(patches: NDArray[np.float32]) -> SdfNetwork:
    """A network that has learnt for a while: half of its units rest, as in one that learnt to the end."""
    spread = np.stack([spread_of(patch) for patch in patches])
    rows = LearningPatches(torch.from_numpy(patches), torch.from_numpy(spread.astype(np.float32)))
    config = ExpertTraining(batch_size=8, learning_rate=1e-3, loss_points=48, least_noise=0.02)
    torch.manual_seed(0)
    network = SdfNetwork().train()
    optimiser = torch.optim.Adam(network.parameters(), lr=config.learning_rate)
    losses = []
    for epoch in range(STEPS // (len(patches) // config.batch_size) + 1):
        for batch in batches_of(rows, config, Team(), epoch):
            optimiser.zero_grad()
            loss = network.pull_loss(*batch)
            loss.backward()  # type: ignore[no-untyped-call]  # torch leaves it untyped
            optimiser.step()
            losses.append(loss.item())
    print(f"an expert of {len(losses)} steps, loss {np.mean(losses[-20:]):.3f}")
    return network.eval()


def cells_in(patches: Patches) -> list[Cells]:
    """The cells of every patch."""
    return [cells_of(pixels) for pixels in patches.pixels]


def encoding(bench: Bench) -> tuple[float, float]:
    """Codes of all patches, against one patch after the other."""
    points = normalised(bench.patches.points)
    expert = ShapeExpert(bench.network)
    ours, quick = timed(lambda: expert.encode(points), 2)

    def plain() -> Tensor:
        with torch.inference_mode():
            return torch.cat([bench.network.encoder(torch.from_numpy(patch)[None]) for patch in points])

    other, slow = timed(plain)
    return tell("encoder", quick, slow, gap(ours, other))


def explaining(bench: Bench) -> tuple[float, float]:
    """Neighbours and sparse codes, against full tables and one fit after the other."""
    codes = codes_of(bench)
    ours, quick = timed(lambda: score_shape(bench.memories, codes, CONFIG), 2)
    plain, slow = timed(lambda: plain_codes(bench.memories.codes, codes, 10))
    return tell("nearest rows, sparse codes", quick, slow, gap(ours.codes, plain))


def plain_codes(rows: Tensor, wanted: Tensor, count: int) -> Tensor:
    """All distances sorted in full, then one fit for each row."""
    from sklearn.decomposition import sparse_encode

    index = torch.cdist(wanted, rows, compute_mode="donot_use_mm_for_euclid_dist").argsort(dim=1)[:, :count]
    found = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for row, near in zip(wanted.numpy(), index, strict=True):
            atoms = rows[near].numpy()
            code = sparse_encode(row[None], atoms, algorithm="omp", n_nonzero_coefs=3)
            found.append(code @ atoms)
    return torch.from_numpy(np.concatenate(found))


def field(bench: Bench) -> tuple[float, float]:
    """Distances of all points of all patches, against patch after patch and all layers for each point."""
    points, codes = normalised(bench.patches.points), codes_of(bench)
    expert = ShapeExpert(bench.network)
    ours, quick = timed(lambda: expert.distances(codes, points))

    def plain() -> Tensor:
        with torch.inference_mode():
            parts = zip(codes, torch.from_numpy(points), strict=True)
            return torch.stack([plain_field(bench.network, code, patch) for code, patch in parts])

    other, slow = timed(plain)
    return tell("distance function", quick, slow, gap(torch.from_numpy(ours), other))


def plain_field(network: SdfNetwork, code: Tensor, points: Tensor) -> Tensor:
    """Every layer as it stands, with the code repeated for each point and weights normalised anew."""
    net = network.NIF
    steered = F.relu(net.fc1(code.expand(len(points), -1)))
    rows = F.relu(net.fc3(torch.cat([F.relu(net.fc2(points)), steered], dim=1)))
    for layer in net.children():
        if isinstance(layer, NormedLinear):
            rows = F.relu(layer(rows))
    last: Tensor = net.fc5(rows)[:, 0]
    return last


def onto_pixels(bench: Bench) -> tuple[float, float]:
    """The least distance of each pixel, against one point after the other."""
    drawn = np.random.default_rng(0).random(bench.patches.pixels.shape).astype(np.float32)

    ours, quick = timed(lambda: least_on_pixels(drawn, bench.patches.pixels, 224), 2)

    def plain() -> NDArray[np.float32]:
        pixels = np.zeros(224 * 224, np.float32)
        for values, where in zip(drawn, bench.patches.pixels, strict=True):
            for value, place in zip(values, where, strict=True):
                if pixels[place] == 0 or value < pixels[place]:
                    pixels[place] = value
        return pixels

    other, slow = timed(plain)
    return tell(
        "points to pixels", quick, slow, "identical" if (ours.ravel() == other).all() else "DIFFERENT"
    )


def colouring(bench: Bench) -> tuple[float, float]:
    """The colour cells explained by the guided dictionary, against one fit after the other."""
    shape: ShapeScore = score_shape(bench.memories, codes_of(bench), CONFIG)
    ours, quick = timed(
        lambda: score_colour(bench.memories, shape.neighbours, bench.cells, bench.colours, CONFIG), 2
    )

    def plain() -> float:
        assert bench.memories.colours is not None
        asked = np.unique(np.concatenate(bench.cells))
        dictionary = np.unique(np.concatenate([bench.memories.guided(rows) for rows in shape.neighbours]))
        wanted = bench.colours[torch.from_numpy(asked)]
        explained = plain_codes(bench.memories.colours[torch.from_numpy(dictionary)], wanted, 5)
        return float((wanted - explained).norm(dim=1).max())

    whole, slow = timed(plain)
    return tell("colour cells", quick, slow, f"score {ours.whole:.5f} and {whole:.5f}")


def adding_noise(bench: Bench) -> None:
    """Noisy copies of a few patches for the training; the spread is taken once, not for every copy."""
    patches, rng = bench.patches.points[:20], np.random.default_rng(0)
    draws = rng.standard_normal((20, 500, 3))

    def plain() -> None:
        for patch in patches:
            for draw in draws:
                noisy_copies(patch, spread_of(patch), draw[None])

    _, quick = timed(lambda: [noisy_copies(patch, spread_of(patch), draws) for patch in patches])
    _, slow = timed(plain)
    tell("noise of 20 patches", quick, slow, "")


def codes_of(bench: Bench) -> Tensor:
    """Codes that are near to those of the memory, as those of a part are."""
    rows = bench.memories.codes[: len(bench.patches)]
    return rows + 0.01 * torch.randn(rows.shape, generator=torch.Generator().manual_seed(1)) * rows.std()


def dome(number: int) -> Sample:
    """A part on a raster of 800 x 800 that fills a third of it, half a metre away."""
    rows, columns = np.mgrid[:SIDE, :SIDE] / (SIDE - 1) * 2 - 1
    radius = rows**2 + columns**2
    noise = 1e-5 * np.random.default_rng(number).standard_normal(rows.shape)
    height = 0.05 * np.sqrt(np.clip(0.5 - radius, 0, None)) + 0.002 * np.sin(9 * columns) * np.cos(11 * rows)
    xyz = np.stack([0.06 * columns, 0.06 * rows, 0.5 - height + noise], -1).astype(np.float32)
    xyz[radius >= 0.38] = np.nan
    return Sample("dome", None, xyz)


def gap(ours: Tensor, other: Tensor) -> str:
    """How far two answers are apart."""
    return f"largest gap {float((ours - other).abs().max()):.1e}"


def tell(what: str, quick: float, slow: float, agreement: str) -> tuple[float, float]:
    """One line; gives both times back."""
    print(
        f"  {what:<26}{quick:8.3f} s   the plain way {slow:8.3f} s   ratio {slow / quick:6.1f}   {agreement}"
    )
    return quick, slow


if __name__ == "__main__":
    main()
