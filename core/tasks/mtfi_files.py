"""Results, raw scores, maps and heat maps of MTFI as its published program writes them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from core.atomic import replacing, unwritable, write_text
from core.device import Compute
from core.errors import WrongUse
from core.exporting.result_tables import raw_csv
from core.exporting.seed_files import heat_panel, pipe_table, write_png
from core.methods.mtfi.config import MtfiConfig
from core.monitor import Monitor
from core.phrase import say
from core.project.project import Project
from core.project.records import ModelRecord, SampleRecord
from core.reporting.heat import base_picture
from core.tasks.evaluate import ClassEvaluation, evaluate_models
from core.tasks.method_config import with_values
from core.tasks.truth import judged

TABLES = {
    "image_rocauc_results": "image_auroc",
    "pixel_rocauc_results": "pixel_auroc",
    "aupro_results": "aupro_30",
}
"""Files of the published program, and the figure that each holds."""
PANEL = ("Point_MAE", "DINO", "main xyz", "main rgb")
"""Left to right, above the single memories, below those with one sensor imagined."""


def write_mtfi_files(
    project: Project, class_names: Sequence[str], folder: Path, note: str, compute: Compute, monitor: Monitor
) -> tuple[Path, ...]:
    """The newest model of every variant over the test parts; tables grow, nothing earlier is overwritten.

    Raise WrongUse where there is no model of the method.
    """
    models = _newest(project, class_names)
    if not models:
        raise WrongUse(
            say("There is no model of these methods and classes."), remedy=say("Train some models first.")
        )
    found = evaluate_models(project, models, compute, monitor).classes
    written = [_table(folder, name, key, class_names, found, note) for name, key in TABLES.items()]
    for entry in found:
        written += _raw(project, entry.model, folder, note)
    for name in class_names:
        _heat_maps(project, name, [m for m in models if m.class_name == name], folder, monitor)
    return tuple(written)


def variant_name(model: ModelRecord) -> str:
    """The variant under the flags of the published program."""
    config = with_values(MtfiConfig(), model.config)
    if not config.imagines:
        return config.method_name
    flag = {"ftof": "use_hn", "itof": "use_hrnet", "ftoi": "use_hn_from_rgb_conv"}[str(config.family)]
    return f"{config.method_name} {flag} main_modality {config.main}"


def _newest(project: Project, class_names: Sequence[str]) -> list[ModelRecord]:
    chosen: dict[tuple[str, str], ModelRecord] = {}
    for name in class_names:
        for model in project.models(name):
            if model.method == "mtfi":
                chosen.setdefault((name, variant_name(model)), model)
    return [chosen[key] for key in sorted(chosen)]


def _table(
    folder: Path, name: str, figure: str, classes: Sequence[str], found: Sequence[ClassEvaluation], note: str
) -> Path:
    rows: dict[str, dict[str, float | None]] = {}
    for entry in found:
        rows.setdefault(variant_name(entry.model), {})[entry.class_name] = getattr(
            entry.figures.overall, figure
        )
    path = folder / "results" / f"{name}.md"
    earlier = path.read_text(encoding="utf-8") + "\n" if path.is_file() else ""
    head = f"{note}\n\n" if note else ""
    write_text(path, earlier + head + pipe_table(rows, classes))
    return path


def _raw(project: Project, model: ModelRecord, folder: Path, note: str) -> list[Path]:
    """Scores as CSV, and every map as a tensor (1, H, W) where the data set has the picture."""
    import torch

    run = Path(note or "results") / variant_name(model).replace(" ", "_")
    entries = [entry for entry in judged(project, model, "test") if entry.is_scored]
    rows = [(e.score, 0 if e.record.ref.is_good else 1, e.record.name) for e in entries]
    scores = folder / "visualization" / run / f"{model.class_name}_raw_results.csv"
    write_text(scores, raw_csv(rows))
    for entry in entries:
        assert entry.inspection is not None
        ref = entry.record.ref
        place = (
            folder / "segmentation" / run / ref.class_name / ref.split / ref.label / "rgb" / f"{ref.id}.pt"
        )
        pixels = project.score_map(entry.inspection).pixels
        try:
            with replacing(place) as aside:
                torch.save(torch.from_numpy(pixels.copy())[None], aside)
        except OSError as problem:
            raise unwritable(place, problem) from problem
    return [scores]


def _heat_maps(
    project: Project, class_name: str, models: Sequence[ModelRecord], folder: Path, monitor: Monitor
) -> None:
    """Four runs on one scale: both single memories, and both main sensors."""
    chosen = {_place(model): model for model in reversed(models) if _place(model)}
    if not chosen:
        return
    records = project.samples(class_name, "test")
    known = {name: project.inspections(model.id) for name, model in chosen.items()}
    for number, record in enumerate(records):
        monitor.tick(number, len(records), say("Painting {name}", name=record.name))
        found = {name: of_model.get(record.id) for name, of_model in known.items()}
        maps: list[tuple[str, NDArray[np.float32] | None]] = []
        for name in PANEL:
            one = found.get(name)
            has_map = one is not None and one.score is not None
            maps.append((name, project.score_map(one).pixels if one is not None and has_map else None))
        sizes = [pixels.shape for _, pixels in maps if pixels is not None]
        if sizes:
            ref = record.ref
            place = folder / "heatmaps" / ref.class_name / f"{ref.label}_{ref.id}.png"
            write_png(place, heat_panel(maps, _picture(project, record, (sizes[0][0], sizes[0][1]))))


def _place(model: ModelRecord) -> str:
    config = with_values(MtfiConfig(), model.config)
    if config.imagines:
        return f"main {config.main}"
    return config.method_name if config.method_name in PANEL else ""


def _picture(project: Project, record: SampleRecord, size: tuple[int, int]) -> NDArray[np.uint8]:
    seen = Image.fromarray(base_picture(project.prepared(record)))
    return np.asarray(seen.resize((size[1], size[0]), Image.Resampling.BILINEAR))
