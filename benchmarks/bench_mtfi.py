"""Training steps of MTFI against plain torch forms of them, CPU seconds of one thread in one run.

The plain form follows what is published: feature to feature translates every repeated patch. Reading the
files is told as a share of the step; in a training it happens meanwhile.

python -m benchmarks.bench_mtfi
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from benchmarks.timing import timed
from core.backbones.feature_translator import FeatureTranslator
from core.backbones.hrnet import HighResolutionNet
from core.backbones.raster_decoder import RasterDecoder
from core.backbones.residual_trunk import ResidualTrunk
from core.methods.mtfi.distillation_training import TrainMethod
from core.methods.mtfi.example_files import example_files, read_example, save_example
from core.methods.mtfi.lessons import Batch, lesson_losses, repeated

PARTS = 2
METHODS: dict[TrainMethod, Callable[[], nn.Module]] = {
    "HallucinationCrossModality": FeatureTranslator,
    "XYZFeatureToRGBInputConv": RasterDecoder,
    "XYZInputToRGBFeatureHRNET": ResidualTrunk,
    "RGBInputToXYZFeatureHRNET": HighResolutionNet,
}


def main() -> None:
    """Print times and ratios."""
    torch.set_num_threads(1)
    torch.manual_seed(0)
    with tempfile.TemporaryDirectory() as folder:
        write_parts(Path(folder))
        for method, build in METHODS.items():
            compare(Path(folder), method, build())


def write_parts(folder: Path) -> None:
    """Made-up features of real size."""
    for number in range(PARTS):
        items = {
            "xyz": torch.randn(3136, 768),
            "rgb": torch.randn(784, 768),
            "cloud": torch.randn(3, 224, 224),
            "picture": torch.randn(3, 224, 224),
        }
        save_example(folder / f"part_train_good_{number}.pt", items)  # type: ignore[arg-type]


def compare(folder: Path, method: TrainMethod, network: nn.Module) -> None:
    """One step of ours, one of the plain form, and the reading of its batch."""
    files = example_files(folder, "train", method)
    batch, reading = timed(lambda: stacked([read_example(file, method) for file in files]), repeats=2)
    ours, quick = timed(lambda: step(network, lambda: lesson_losses(network, batch).sum()), repeats=2)
    plain, slow = timed(lambda: step(network, lambda: plain_loss(network, batch)), repeats=2)
    print(
        f"  {method:<28}{quick:7.2f} s   plain {slow:7.2f} s   ratio {slow / quick:5.2f}   "
        f"reading {reading / quick:6.2%}   loss {ours:.6g} and {plain:.6g}"
    )


def stacked(pairs: list[Batch]) -> Batch:
    """One batch of the examples."""
    shown, wanted = zip(*pairs, strict=True)
    return torch.stack(shown), torch.stack(wanted)


def step(network: nn.Module, loss: Callable[[], Tensor]) -> float:
    """Forward, backward and an update of rate zero, so that both forms see the same weights."""
    optimiser = torch.optim.Adam(network.parameters(), lr=0.0)
    value = loss()
    value.backward()  # type: ignore[no-untyped-call]  # torch leaves it untyped
    optimiser.step()
    optimiser.zero_grad()
    return float(value.detach())


def plain_loss(network: nn.Module, batch: Batch) -> Tensor:
    """The formulas of the publication, word by word."""
    shown, wanted = batch
    if isinstance(network, FeatureTranslator):
        rgb = repeated(wanted) if len(wanted[0]) != len(shown[0]) else wanted
        apart = [network.xyz_from_rgb(rgb) - shown, network.rgb_from_xyz(shown) - rgb]
        return sum((torch.norm(one, dim=-1).sum() / len(shown) for one in apart), torch.zeros(()))
    if isinstance(network, RasterDecoder):
        picture = shown.permute(0, 2, 1).reshape(len(shown), -1, 56, 56)
        return torch.norm(network(picture) - wanted, dim=1).sum() / len(shown)
    found = network(shown).reshape(len(shown), 768, -1).permute(0, 2, 1)
    return F.pairwise_distance(found, wanted, eps=0).sum() / len(shown)


if __name__ == "__main__":
    main()
