"""Takes a trained model out of the program, and compares what left with what stayed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from core.deployed.manifest import Manifest
from core.deployed.runner import Runner
from core.device import Compute, apply_threads
from core.errors import InspectionError, WrongUse
from core.exporting.write_export import ExportFacts, write_export
from core.methods import registry
from core.methods.detector import Detector
from core.monitor import Monitor
from core.phrase import say
from core.project.project import Project
from core.project.records import ModelRecord
from core.project.trail import now
from core.sample import Sample, Sensor
from core.tasks.inspect_class import load_detector
from core.tasks.provenance import product_version

TOLERANCE = 1e-4
"""Largest difference allowed, as a share of the largest value of the map."""
COMPARED_PARTS = 3
_STEPS = 2.02
"""A map that is rounded to few grey values before and after its blur may take a value so many steps away."""


@dataclass(frozen=True)
class ExportOutcome:
    """The folder, its manifest, and the largest relative difference on so many compared parts."""

    folder: Path
    manifest: Manifest
    compared: int
    difference: float


def export_model(
    project: Project, model: ModelRecord, folder: Path, compute: Compute, monitor: Monitor
) -> ExportOutcome:
    """Export, run what was written on a few parts, and refuse it where it says something else.

    Raise WrongUse for a method that has no export, and where `folder` holds something that is none.
    """
    if folder.exists() and not (folder / "manifest.json").is_file() and any(folder.iterdir()):
        raise WrongUse(
            say("{path} is there already.", path=folder), remedy=say("Choose an empty or a new folder.")
        )
    apply_threads(compute)
    on_processor = Compute("cpu", compute.threads)
    detector = load_detector(project, model, on_processor)
    plan = registry.export_plan(model.method, detector, monitor)
    manifest = write_export(folder, plan, _facts(project, model), monitor.at_stage(1, 2, say("Export")))
    samples = _some_samples(project, model, frozenset(plan.sensors))
    difference = compare(
        detector,
        folder,
        samples,
        monitor.at_stage(2, 2, say("Compare")),
        threads=compute.threads,
        levels=plan.levels,
    )
    return ExportOutcome(folder, manifest, len(samples), difference)


def compare(
    detector: Detector,
    folder: Path,
    samples: Sequence[Sample],
    monitor: Monitor,
    *,
    threads: int = 1,
    levels: int = 0,
) -> float:
    """The largest difference of maps and scores, as a share of the map's largest value.

    `levels` is the number of grey values that maps are rounded to, 0 where they are not. Raise
    InspectionError where the difference exceeds the tolerance.
    """
    runner = Runner.open(folder, threads)
    largest = 0.0
    for index, sample in enumerate(samples):
        monitor.tick(index, len(samples), say("Comparing {name}", name=sample.name))
        stayed = detector.predict(sample, Monitor())
        left = runner.inspect([sample])[0].score_map
        scale = max(float(np.abs(stayed.pixels).max()), 1e-12)
        apart = np.abs(stayed.pixels - left.pixels).max() / scale
        apart = max(float(apart) - (_STEPS / levels if levels else 0.0), 0.0)
        largest = max(largest, apart, abs(stayed.whole - left.whole) / max(abs(stayed.whole), 1e-12))
    if not largest <= TOLERANCE:
        raise InspectionError(
            say("The exported model differs by {share} from the one in the program.", share=f"{largest:.2g}"),
            remedy=say("Do not use it; report this with the version of onnxruntime."),
        )
    return largest


def _facts(project: Project, model: ModelRecord) -> ExportFacts:
    image, pixel = project.threshold(model.id, "image"), project.threshold(model.id, "pixel")
    records = project.samples(model.class_name)
    some = _some_samples(project, model, frozenset())
    return ExportFacts(
        model.class_name,
        model.method,
        model.name,
        product_version(),
        now().isoformat(timespec="seconds"),
        line=image.value if image else None,
        lower=image.lower if image else None,
        pixel_line=pixel.value if pixel else None,
        is_prepared=any(sample.part is not None for sample in some),
        preparation=model.provenance.get("preprocess") or asdict(project.preprocess_config(model.class_name)),
        metres_per_unit=records[0].ref.metres_per_unit if records else 1.0,
        config=model.config,
    )


def _some_samples(project: Project, model: ModelRecord, sensors: frozenset[Sensor]) -> list[Sample]:
    """A few parts with these sensors, those of the test first."""
    records = [
        record
        for split in ("test", "train")
        for record in project.samples(model.class_name, split)
        if sensors <= record.ref.sensors
    ]
    step = max(1, len(records) // COMPARED_PARTS)
    return [project.prepared(record) for record in records[::step][:COMPARED_PARTS]]
