"""Figures that others published on public data sets, for those sets and methods alone."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

from core.datasets.eyecandies import CLASSES as EYECANDIES
from core.exporting.result_tables import ResultRow
from core.project.project import Project

VARIANT_FIELDS = {"m3dm": "method_name", "btf": "variant", "shape_guided": "experts", "mtfi": "method_name"}
"""The parameter that says which variant of a method a model is."""


def published_rows(project: Project, figure: str, shown: Iterable[tuple[str, str]]) -> list[ResultRow]:
    """The published values of these (method, variant) pairs; none unless the data are the public ones."""
    dataset, wanted = public_dataset(project), set(shown)
    return [
        ResultRow(entry["method"], entry["variant"], entry["figures"][figure], entry["source"])
        for entry in _entries()
        if entry["dataset"] == dataset
        and figure in entry["figures"]
        and (entry["method"], entry["variant"]) in wanted
    ]


def public_dataset(project: Project) -> str:
    """The public data set whose classes and layout these are, "" for any other data and for demo parts."""
    names, layouts = set(project.class_names()), {record.ref.layout for record in project.samples()}
    if project.value("demo") or not names:
        return ""
    if layouts <= {"mvtec_3d", "eyecandies"} and names <= EYECANDIES:
        return "eyecandies"
    for dataset in ("mvtec_3d", "mvtec_2d"):
        if layouts == {dataset} and names <= known_classes(dataset):
            return dataset
    return ""


def known_classes(dataset: str) -> set[str]:
    """The classes of a public data set for which anything was published."""
    return {
        name
        for entry in _entries()
        if entry["dataset"] == dataset
        for values in entry["figures"].values()
        for name in values
    } - {"mean"}


@cache
def _entries() -> list[dict[str, Any]]:
    text = (files("resources") / "published_figures.json").read_text(encoding="utf-8")
    found: list[dict[str, Any]] = json.loads(text)
    return found
