"""Training step, inference, export and AU-PRO of reverse distillation against the plain ways, in one run.

The plain way follows the published programs: the teacher runs in every step, with gradients and its fourth
layer; every threshold of AU-PRO labels the regions again. Seconds are the processor's, of all threads.

python -m benchmarks.bench_reverse_distillation [TEACHER] [SIDE] [THREADS]
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from time import process_time
from typing import Any, TypeVar

import numpy as np
import torch
from numpy.typing import NDArray
from scipy import ndimage
from torch import Tensor, nn
from torch.nn import functional

from core.backbones.residual import residual_network
from core.deployed.runner import Runner
from core.exporting.write_export import ExportFacts, write_export
from core.methods.export_plan import ExportPlan
from core.methods.graphs import picture_graph
from core.methods.reverse_distillation.config import ReverseDistillationConfig
from core.methods.reverse_distillation.export import TeacherAndStudent
from core.methods.reverse_distillation.judge import Judge
from core.methods.reverse_distillation.loss import distillation_loss
from core.methods.reverse_distillation.student import Student, new_student
from core.methods.reverse_distillation.teacher import LAYERS
from core.methods.reverse_distillation.training import training_run
from core.methods.reverse_distillation.training_set import looking, training_set
from core.metrics.aupro_rd import aupro_rd
from core.monitor import Monitor
from core.sample import Sample
from core.training.loop import train

T = TypeVar("T")
BATCH, STEPS = 4, 3


def main(words: list[str]) -> None:
    """Print times and ratios."""
    teacher, side, threads = [*words, *("resnet18", "256", "2")[len(words) :]]
    torch.set_num_threads(int(threads))
    config = replace(
        ReverseDistillationConfig(),
        teacher=teacher,
        image_size=int(side),
        batch_size=BATCH,
        epochs=STEPS,
    )
    print(f"{teacher}, {side} pixels, {threads} threads, batches of {BATCH}")
    network = residual_network(teacher, (*LAYERS, "layer4"))
    student = new_student(config.form, config.bottleneck_widening, "fan_out", 0)
    training(config, network, student)
    inference(config, network, student.eval(), int(threads))
    area_under_curve()


def training(config: ReverseDistillationConfig, whole: nn.Module, student: Student) -> None:
    """The same steps with kept maps, and with the teacher in every step."""
    parts = [Sample(f"part{number}", picture(number, config.image_size)) for number in range(BATCH)]
    look = looking(cut(whole, config), config)
    learnt, once = timed(lambda: training_set(parts, range(BATCH), look, config, Monitor()))
    run, _ = training_run(student, learnt, config)
    begun = {key: value.clone() for key, value in student.state_dict().items()}
    losses, quick = timed(lambda: train(run, Monitor()))
    student.load_state_dict(begun)
    plain, slow = timed(lambda: plain_steps(whole, student, learnt.pictures, config))
    print(f"teacher's maps, once: {once / BATCH:.3f} s a part")
    tell("training step", quick / STEPS, slow / STEPS, "teacher in every step", losses[-1] - plain[-1])


def plain_steps(
    whole: nn.Module, student: Student, pictures: Tensor, config: ReverseDistillationConfig
) -> list[float]:
    """As the published programs train."""
    student.train()
    optimiser = torch.optim.Adam(student.parameters(), lr=config.lr, betas=(config.beta1, config.beta2))
    losses = []
    for _ in range(STEPS):
        seen = whole(pictures)[:3]
        loss = distillation_loss(seen, student(seen))
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]  # torch leaves it untyped
        optimiser.step()
        losses.append(float(loss.detach()))
    return losses


def inference(config: ReverseDistillationConfig, whole: nn.Module, student: Student, threads: int) -> None:
    """One part: plain, ours, and exported."""
    teacher = cut(whole, config)
    judge = Judge(looking(teacher, config), student, config)
    sample = Sample("part", picture(9, config.image_size))
    plain, slow = timed(lambda: plain_map(whole, student, sample, config), 5)
    ours, quick = timed(lambda: judge.score(sample), 5)
    tell("inference", quick, slow, "plain", float(np.abs(ours.pixels - plain).max()))
    with tempfile.TemporaryDirectory() as folder:
        export = Path(folder) / "export"
        write_export(export, plan(teacher, student, config), FACTS, Monitor())
        runner = Runner.open(export, threads)
        found, quickest = timed(lambda: runner.inspect([sample])[0], 5)
    apart = float(np.abs(found.score_map.pixels - ours.pixels).max())
    tell("exported", quickest, quick, "eager", apart)
    rates = f"plain {1 / slow:.2f}, eager {1 / quick:.2f}, exported {1 / quickest:.2f}"
    print(f"parts a second of one core: {rates}")
    print(found.seconds.line)


FACTS = ExportFacts("part", "reverse_distillation", "benchmark", "", "")


def plan(teacher: nn.Module, student: Student, config: ReverseDistillationConfig) -> ExportPlan:
    """What leaves the program."""
    names = tuple(f"{who}{level}" for who in ("teacher", "student") for level in range(3))
    settings = {"side": config.image_size, "combination": "sum", "sigma": config.blur_sigma}
    network = TeacherAndStudent(teacher, student).eval()
    graph = picture_graph(network, config.image_size, names)
    return ExportPlan(("rgb",), {"inference": graph}, "cosine_maps", settings)


def plain_map(
    whole: nn.Module, student: Student, sample: Sample, config: ReverseDistillationConfig
) -> NDArray[np.float32]:
    """As the published programs judge a picture."""
    from core.backbones.picture import network_input

    assert sample.rgb is not None
    side = config.image_size
    with torch.no_grad():
        seen = whole(network_input(sample.rgb, side, "bilinear"))[:3]
        total = np.zeros((side, side))
        for known, rebuilt in zip(seen, student(seen), strict=True):
            gap = (1 - functional.cosine_similarity(known, rebuilt))[:, None]
            larger = functional.interpolate(gap, size=side, mode="bilinear", align_corners=True)
            total += larger[0, 0].numpy()
    blurred: NDArray[np.float32] = ndimage.gaussian_filter(total, config.blur_sigma).astype(np.float32)
    return blurred


def cut(whole: nn.Module, config: ReverseDistillationConfig) -> nn.Module:
    """The same teacher up to its third layer."""
    network = residual_network(config.teacher, LAYERS)
    known = whole.state_dict()
    network.load_state_dict({key: known[key] for key in network.state_dict()})
    return network


def area_under_curve() -> None:
    """One picture: labelled once, and labelled for each threshold."""
    drawn = np.random.default_rng(0)
    pixels = ndimage.gaussian_filter(drawn.standard_normal((256, 256)), 4)
    mask = pixels + 0.3 * drawn.standard_normal((256, 256)) > 0.3
    ours, quick = timed(lambda: aupro_rd([pixels], [mask]), 3)
    plain, slow = timed(lambda: plain_area(pixels, mask))
    tell("AU-PRO of one picture", quick, slow, "labelled each time", abs((ours or 0) - plain))


def plain_area(pixels: NDArray[np.float64], mask: NDArray[np.bool_]) -> float:
    """One threshold after the other, as published."""
    low, high = pixels.min(), pixels.max()
    overlap, alarms = [], []
    for line in np.arange(low, high, (high - low) / 200):
        is_over = pixels > line
        labels, count = ndimage.label(mask, np.ones((3, 3)))
        overlap.append(np.mean([is_over[labels == number + 1].mean() for number in range(count)]))
        alarms.append((is_over & ~mask).sum() / (~mask).sum())
    kept = np.array(alarms) < 0.3
    rates, shares = np.array(alarms)[kept][::-1], np.array(overlap)[kept][::-1]
    return float(np.trapezoid(shares, rates / rates.max()))


def picture(seed: int, side: int) -> NDArray[np.uint8]:
    """Noise."""
    return np.random.default_rng(seed).integers(0, 255, (side, side, 3)).astype(np.uint8)


def timed(work: Callable[[], T], times: int = 1) -> tuple[T, float]:
    """The result, and the processor's seconds of the fastest of several runs."""
    seconds, result = [], None
    for _ in range(times):
        start = process_time()
        result = work()
        seconds.append(process_time() - start)
    found: Any = result
    return found, min(seconds)


def tell(name: str, quick: float, slow: float, other: str, apart: float) -> None:
    """One line."""
    print(f"{name}: {quick:.3f} s, {other} {slow:.3f} s, ratio {slow / quick:.2f}; apart {apart:.1e}")


if __name__ == "__main__":
    main(sys.argv[1:])
