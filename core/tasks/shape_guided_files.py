"""Result files of Shape-Guided as its published program writes them: both experts and both together."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from core.atomic import write_text
from core.device import Compute, apply_threads
from core.errors import WrongUse
from core.exporting.seed_files import pipe_table, three_views, write_png
from core.metrics.aupro import aupro, pixel_auroc
from core.metrics.auroc import auroc
from core.metrics.pixels import PixelScores, part_pixels, pool
from core.monitor import Monitor
from core.phrase import say
from core.project.project import Project
from core.project.records import ModelRecord, SampleRecord
from core.reporting.heat import base_picture
from core.sample import Sample
from core.tasks.inspect_class import load_detector

EXPERTS = ("RGB", "SDF", "RGB_SDF")
LIMITS = (0.3, 0.2, 0.1, 0.07, 0.05, 0.03, 0.01)
_OPENING_RADIUS = 2


@dataclass(frozen=True)
class Shown:
    """The test parts of a class by one expert: scores and maps (N, H, W), with the truth on their raster."""

    scores: NDArray[np.float64]
    maps: NDArray[np.float32]
    bad: NDArray[np.bool_]
    truth: NDArray[np.bool_]

    def pixels(self) -> PixelScores:
        """All pixels of all parts."""
        pairs = zip(self.maps, self.truth, strict=True)
        return pool([part_pixels(pixels, mask if mask.any() else None) for pixels, mask in pairs])


def write_shape_guided_files(
    project: Project, class_names: Sequence[str], folder: Path, compute: Compute, monitor: Monitor
) -> tuple[Path, ...]:
    """results.txt, alignment.txt, and for each class its thresholds and pictures; parts are judged anew.

    Raise WrongUse where no class has a model of both experts.
    """
    apply_threads(compute)
    tables: dict[str, dict[str, dict[str, float | None]]] = {"image": {}, "pixel": {}, "pro": {}}
    alignments: list[str] = []
    done = [model for name in class_names if (model := _newest(project, name)) is not None]
    if not done:
        raise WrongUse(
            say("No class has a Shape-Guided model of both experts."),
            remedy=say("Train one with {setting}.", setting="experts=RGB_SDF"),
        )
    for turn, model in enumerate(done):
        stage = monitor.at_stage(turn + 1, len(done), say("Inspect {name}", name=model.class_name))
        shown, samples, alignment = _judged(project, model, compute, stage)
        alignments.append(f"'{model.class_name}'\t:[{alignment[0]:.16f}, {alignment[1]:.16f}],\n")
        for expert, found in shown.items():
            _note(tables, expert, model.class_name, found)
        _pictures(folder / model.class_name, shown["RGB_SDF"], samples)
        write_text(folder / model.class_name / "Congiguration.txt", json.dumps(model.config, indent=1) + "\n")
    names = [model.class_name for model in done]
    heads = {"image": "Image ROCAUC Results", "pixel": "Pixel ROCAUC Results", "pro": "AU PRO Results"}
    text = "\n".join(f"{heads[key]}\n\n{pipe_table(rows, names)}" for key, rows in tables.items())
    write_text(folder / "results.txt", text)
    write_text(folder / "alignment.txt", "".join(alignments))
    return folder / "results.txt", folder / "alignment.txt"


def _newest(project: Project, name: str) -> ModelRecord | None:
    of_both = [
        model
        for model in project.models(name)
        if model.method == "shape_guided" and model.config.get("experts") == "RGB_SDF"
    ]
    return of_both[0] if of_both else None


def _judged(
    project: Project, model: ModelRecord, compute: Compute, monitor: Monitor
) -> tuple[dict[str, Shown], list[tuple[SampleRecord, Sample]], tuple[float, float]]:
    from core.methods.shape_guided.detector import ShapeGuided
    from core.methods.shape_guided.judge import blurred, score_map

    detector = load_detector(project, model, compute)
    assert isinstance(detector, ShapeGuided)
    alignment, config = detector.learnt.alignment, detector.config
    records = [r for r in project.samples(model.class_name, "test") if r.ref.is_good is not None]
    samples: list[tuple[SampleRecord, Sample]] = []
    scores: dict[str, list[float]] = {expert: [] for expert in EXPERTS}
    maps: dict[str, list[NDArray[np.float32]]] = {expert: [] for expert in EXPERTS}
    truth = []
    for number, record in enumerate(records):
        monitor.tick(number, len(records), say("Inspecting {name}", name=record.name))
        sample = project.prepared(record)
        found = detector.judge(sample, Monitor())
        joined = score_map(found, alignment, config)
        for expert, score, pixels in (
            ("RGB", found.colour_score, blurred(found.colour_map, config)),
            ("SDF", found.shape_score, blurred(found.shape_map, config)),
            ("RGB_SDF", joined.whole, joined.pixels),
        ):
            scores[expert].append(float(score))
            maps[expert].append(np.asarray(pixels, np.float32))
        truth.append(_truth(sample, config.image_size))
        samples.append((record, sample))
    bad = np.array([not record.ref.is_good for record in records], bool)
    shown = {e: Shown(np.array(scores[e]), np.stack(maps[e]), bad, np.stack(truth)) for e in EXPERTS}
    return shown, samples, (alignment.weight, alignment.bias)


def _truth(sample: Sample, size: int) -> NDArray[np.bool_]:
    """Grey, nearest, above a half."""
    if sample.mask is None:
        return np.zeros((size, size), bool)
    grey = Image.fromarray(sample.mask.astype(np.uint8) * 255)
    return np.asarray(grey.resize((size, size), Image.Resampling.NEAREST)) > 127


def _note(
    tables: dict[str, dict[str, dict[str, float | None]]], expert: str, class_name: str, found: Shown
) -> None:
    pixels = found.pixels()
    tables["image"].setdefault(expert, {})[class_name] = auroc(found.scores, found.bad)
    tables["pixel"].setdefault(expert, {})[class_name] = pixel_auroc(pixels)
    areas = aupro(pixels, LIMITS)
    for number, limit in enumerate(LIMITS):
        value = areas[number] if areas is not None else None
        tables["pro"].setdefault(f"{expert}_{limit}", {})[class_name] = value


def _pictures(folder: Path, found: Shown, samples: Sequence[tuple[SampleRecord, Sample]]) -> None:
    from scipy.ndimage import binary_opening

    part, pixel = best_line(found.scores, found.bad), best_line(found.maps.ravel(), found.truth.ravel())
    told = f"Optimal DET Threshold: {part:.2f}\nOptimal SEG Threshold: {pixel:.2f}\n"
    write_text(folder / "testing_state.txt", told)
    highest, span = float(found.maps.max()), np.arange(-_OPENING_RADIUS, _OPENING_RADIUS + 1)
    disk = span[:, None] ** 2 + span[None] ** 2 <= _OPENING_RADIUS**2
    for number, (record, sample) in enumerate(samples):
        heat = found.maps[number]
        marked = np.asarray(binary_opening(heat > pixel, disk), bool)
        seen = Image.fromarray(base_picture(sample)).resize(heat.shape[::-1], Image.Resampling.BILINEAR)
        drawn = three_views(np.asarray(seen), heat, highest, found.truth[number], marked)
        write_png(folder / record.ref.label / f"{record.ref.id}.png", drawn)


def best_line(scores: NDArray[np.floating], bad: NDArray[np.bool_]) -> float:
    """The score from which on the F1 of "defective" is best; the greatest of several, NaN without any."""
    if not bad.any():
        return float("nan")
    order = np.argsort(-scores, kind="stable")
    ranked, hits = scores[order], np.cumsum(bad[order])
    last = np.r_[np.flatnonzero(np.diff(ranked)), len(ranked) - 1]
    f1 = 2 * hits[last] / (last + 1 + hits[-1])
    return float(ranked[last[int(np.argmax(f1))]])
