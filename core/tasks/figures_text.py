"""The figures of an evaluation as a table for a terminal."""

from __future__ import annotations

from dataclasses import asdict

from core.metrics.summary import Figures
from core.tasks.evaluate import Evaluation

_COLUMNS = {
    "image_auroc": "I-AUROC",
    "image_ap": "I-AP",
    "image_f1": "I-F1",
    "pixel_auroc": "P-AUROC",
    "aupro_30": "PRO@.3",
    "aupro_10": "PRO@.1",
    "aupro_05": "PRO@.05",
    "aupro_01": "PRO@.01",
}


def figures_text(found: Evaluation) -> str:
    """One row for each class and one for their mean; a dash where the data cannot tell."""
    names = [entry.class_name for entry in found.classes]
    width = max(len(name) for name in [*names, "mean"]) + 2
    head = " " * width + "".join(f"{title:>9}" for title in _COLUMNS.values())
    rows = [_row(entry.class_name, entry.figures.overall, width) for entry in found.classes]
    return "\n".join([head, *rows, _row("mean", found.mean, width)])


def _row(name: str, figures: Figures, width: int) -> str:
    values = asdict(figures)
    return f"{name:<{width}}" + "".join(_cell(values[key]) for key in _COLUMNS)


def _cell(value: float | None) -> str:
    return f"{'-':>9}" if value is None else f"{value:>9.4f}"
