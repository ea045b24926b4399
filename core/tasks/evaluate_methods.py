"""All methods on all classes: the tables by which methods are compared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray

from core.device import Compute
from core.errors import WrongUse
from core.exporting.result_tables import MEAN, ResultRow, ResultTable, raw_csv
from core.metrics.aupro import Form, aupro
from core.metrics.aupro_rd import mean_aupro_rd
from core.metrics.pixels import part_pixels, pool
from core.monitor import Monitor
from core.phrase import Phrase, say
from core.project.project import Project
from core.project.records import ModelRecord
from core.tasks.evaluate import ClassEvaluation, Evaluation, evaluate_models
from core.tasks.published_figures import VARIANT_FIELDS, published_rows
from core.tasks.truth import judged, map_of, readable_truth_of

PER_IMAGE = "aupro_per_image"
Key = tuple[str, str]


@dataclass(frozen=True)
class TableWish:
    """Which methods (none: all that were trained), AU-PRO at which limits and in which form."""

    methods: tuple[str, ...] = ()
    limits: tuple[float, ...] = (0.3, 0.01)
    form: Form = "reference"
    with_published: bool = True

    def __post_init__(self) -> None:
        if not self.limits or not all(0 < limit <= 1 for limit in self.limits):
            raise WrongUse(
                say("A limit of AU-PRO lies outside 0 to 1."), remedy=say("Give limits such as 0.3 and 0.01.")
            )


def evaluate_methods(
    project: Project, class_names: Sequence[str], wish: TableWish, compute: Compute, monitor: Monitor
) -> tuple[Evaluation, tuple[ResultTable, ...]]:
    """Evaluate the newest model of every method and variant on every class; raise WrongUse without any."""
    models = newest_models(project, class_names, wish.methods)
    if not models:
        raise WrongUse(
            say("There is no model of these methods and classes."), remedy=say("Train some models first.")
        )
    found = evaluate_models(project, models, compute, monitor)
    return found, tuple(_tables(project, tuple(class_names), found, wish, monitor))


def newest_models(
    project: Project, class_names: Sequence[str], methods: Sequence[str] = ()
) -> list[ModelRecord]:
    """For each class the newest version of each method and variant, in the order of their names."""
    chosen: dict[tuple[str, Key], ModelRecord] = {}
    for name in class_names:
        for model in project.models(name):
            if not methods or model.method in methods:
                chosen.setdefault((name, key_of(model)), model)
    return [chosen[key] for key in sorted(chosen)]


def key_of(model: ModelRecord) -> Key:
    """Method and variant."""
    return model.method, str(model.config.get(VARIANT_FIELDS.get(model.method, ""), ""))


def raw_files(project: Project, models: Sequence[ModelRecord]) -> Iterator[tuple[str, str]]:
    """(file name, text) of the raw scores of every model over its test parts."""
    for model in models:
        rows = [
            (entry.score, 0 if entry.record.ref.is_good else 1, entry.record.name)
            for entry in judged(project, model, "test")
            if entry.is_scored and entry.record.ref.is_good is not None
        ]
        yield f"{model.class_name}_{'_'.join(filter(None, key_of(model)))}_raw_results.csv", raw_csv(rows)


def _tables(
    project: Project, classes: tuple[str, ...], found: Evaluation, wish: TableWish, monitor: Monitor
) -> Iterator[ResultTable]:
    figures = {entry.model.id: asdict(entry.figures.overall) for entry in found.classes}
    for entry in found.classes:
        figures[entry.model.id] |= _pixel_figures(project, entry, wish, monitor)
    titles: dict[str, Phrase] = {"image_auroc": say("Image AUROC"), "pixel_auroc": say("Pixel AUROC")}
    titles |= {limit_key(limit): say("AU-PRO to {limit:g} %", limit=100 * limit) for limit in wish.limits}
    if any(PER_IMAGE in values for values in figures.values()):
        titles[PER_IMAGE] = say("AU-PRO of each image, mean")
    for figure, title in titles.items():
        measured = _measured_rows(figure, found.classes, figures)
        shown = [(row.method, row.variant) for row in measured]
        others = [*shown, *((method, "") for method, _ in shown)]
        more = published_rows(project, figure, others) if wish.with_published else []
        yield ResultTable(figure, str(title), classes, (*measured, *more))


def _measured_rows(
    figure: str, entries: Sequence[ClassEvaluation], figures: dict[int, dict[str, float | None]]
) -> list[ResultRow]:
    rows: dict[Key, dict[str, float | None]] = {}
    for entry in entries:
        rows.setdefault(key_of(entry.model), {})[entry.class_name] = figures[entry.model.id].get(figure)
    return [ResultRow(*key, {**values, MEAN: _mean(values)}) for key, values in rows.items()]


def _mean(values: dict[str, float | None]) -> float | None:
    known = [value for value in values.values() if value is not None]
    return float(np.mean(known)) if known else None


def limit_key(limit: float) -> str:
    """The key of AU-PRO to a limit: aupro_30 for 0.3, aupro_05 for 0.05, aupro_2.5 for 0.025."""
    percent = 100 * limit
    return f"aupro_{percent:02.0f}" if abs(percent - round(percent)) < 1e-9 else f"aupro_{percent:g}"


def _pixel_figures(
    project: Project, entry: ClassEvaluation, wish: TableWish, monitor: Monitor
) -> dict[str, float | None]:
    """AU-PRO where the evaluation has not got it already: other limits, or the exact form."""
    known = asdict(entry.figures.overall)
    prefix = "aupro_exact_" if wish.form == "exact" else "aupro_"
    keys = {limit: limit_key(limit).replace("aupro_", prefix) for limit in wish.limits}
    is_rd = entry.model.method == "reverse_distillation"
    if wish.form != "cfm" and not is_rd and all(key in known for key in keys.values()):
        return {limit_key(limit): known[key] for limit, key in keys.items()}
    maps, truths = _maps_and_truths(project, entry, monitor)
    pooled = pool([part_pixels(pixels, mask) for pixels, mask in zip(maps, truths, strict=True)])
    areas = aupro(pooled, wish.limits, wish.form) or (None,) * len(wish.limits)
    found: dict[str, float | None] = {
        limit_key(limit): area for limit, area in zip(wish.limits, areas, strict=True)
    }
    if is_rd:
        bad = [
            (pixels, mask)
            for pixels, mask in zip(maps, truths, strict=True)
            if mask is not None and mask.any()
        ]
        found[PER_IMAGE] = mean_aupro_rd([pixels for pixels, _ in bad], [mask for _, mask in bad])
    return found


def _maps_and_truths(
    project: Project, entry: ClassEvaluation, monitor: Monitor
) -> tuple[list[NDArray[np.float32]], list[NDArray[np.bool_] | None]]:
    """Of the test parts with a map and, where they are defective, a readable truth; None: a good part."""
    faults: dict[str, Phrase] = {}
    maps: list[NDArray[np.float32]] = []
    truths: list[NDArray[np.bool_] | None] = []
    parts = [part for part in judged(project, entry.model, "test") if part.is_scored]
    for index, part in enumerate(parts):
        monitor.tick(index, len(parts), say("Reading the map of {name}", name=part.record.name))
        pixels, truth = map_of(project, part), readable_truth_of(project, part, faults)
        if pixels is not None and (part.record.ref.is_good or truth is not None):
            maps.append(pixels)
            truths.append(truth)
    return maps, truths
