"""What people said and marked, taken out of a project: tables, and masks in the data set's own layout."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from core.atomic import replacing, unwritable, write_text
from core.datasets.mask_places import mask_place
from core.datasets.masks import read_mask
from core.errors import DataError, WrongUse
from core.inspection import Verdict
from core.monitor import Monitor
from core.phrase import Phrase, say
from core.project.project import Project
from core.project.records import ReviewRecord, SampleRecord

TRAIL = ("number", "time (UTC)", "who", "subject", "what", "before", "after")
REVIEWS = ("sample", "imported", "verdict", "defect type", "reason", "note", "mask", "who", "time (UTC)")
_MARK = "\ufeff"
"""Tells spreadsheets that a file is UTF-8, without which Chinese names come out wrong."""


@dataclass(frozen=True)
class ReviewExport:
    """What was written; `problems` name the masks that could not be."""

    trail: Path
    reviews: Path
    masks: tuple[Path, ...]
    problems: tuple[Phrase, ...] = ()


def export_reviews(
    project: Project, folder: Path, monitor: Monitor, class_names: Sequence[str] = ()
) -> ReviewExport:
    """Write trail.csv, reviews.csv and masks/ into `folder`; nothing is ever written into source data.

    A mask is written for every part that somebody marked, and an empty one where people call a part OK
    that was imported with a mask. Without class names everything is written.
    """
    _refuse_source(project, folder)
    records = [record for record in project.samples() if not class_names or _is_of(record, class_names)]
    reviews, marked = project.reviews(), project.marked()
    trail = folder / "trail.csv"
    write_text(trail, _table(TRAIL, _trail_rows(project, class_names)))
    table = folder / "reviews.csv"
    said = [record for record in records if record.id in reviews or record.id in marked]
    rows = [_review_row(record, reviews.get(record.id), record.id in marked) for record in said]
    write_text(table, _table(REVIEWS, rows))
    roots = _mask_roots(project, folder)
    masks, problems = [], []
    for turn, record in enumerate(said):
        monitor.tick(turn, len(said), say("Writing the mask of {name}", name=record.name))
        try:
            mask = _mask(project, record, reviews.get(record.id), record.id in marked)
        except DataError as problem:
            problems.append(say("{name}: {message}", name=record.name, message=problem.message))
            continue
        if mask is not None:
            masks.append(_write(mask, _place(record, roots, folder)))
    monitor.tick(len(said), len(said), say("Kept"))
    return ReviewExport(trail, table, tuple(masks), tuple(problems))


def _refuse_source(project: Project, folder: Path) -> None:
    for source in project.sources():
        if folder.resolve().is_relative_to(source.folder.resolve()):
            raise WrongUse(
                say("{folder} lies within the source data.", folder=folder),
                remedy=say("Choose a folder elsewhere; source data is never written to."),
            )


def _is_of(record: SampleRecord, class_names: Sequence[str]) -> bool:
    return record.ref.class_name in class_names


def _trail_rows(project: Project, class_names: Sequence[str]) -> Iterable[Sequence[object]]:
    for entry in project.trail():
        if not class_names or entry.subject.replace(",", "/").partition("/")[0] in class_names:
            when = entry.made.isoformat(sep=" ", timespec="milliseconds")
            yield entry.id, when, entry.who, entry.subject, entry.what, entry.before, entry.after


def _review_row(record: SampleRecord, said: ReviewRecord | None, is_marked: bool) -> Sequence[object]:
    said = said or ReviewRecord(record.id, None)
    when = said.made.isoformat(sep=" ", timespec="milliseconds") if said.made else ""
    verdict = said.verdict.value if said.verdict else ""
    mask = "yes" if is_marked else ""
    return (
        record.name, record.ref.label, verdict, said.defect_type, said.reason, said.note, mask, said.who, when
    )  # fmt: skip


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(head)
    table.writerows([[_harmless(cell) for cell in row] for row in rows])
    return _MARK + text.getvalue()


def _harmless(cell: object) -> object:
    """A text that a spreadsheet would take for a formula is shown as the text that it is."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@") and cell[1:] else cell


def _mask(
    project: Project, record: SampleRecord, said: ReviewRecord | None, is_marked: bool
) -> NDArray[np.bool_] | None:
    if is_marked:
        return project.own_mask(record.id)
    if said is not None and said.verdict is Verdict.OK and record.ref.mask is not None:
        return np.zeros_like(read_mask(record.ref.mask))
    return None


def _mask_roots(project: Project, folder: Path) -> dict[Path, Path]:
    """Where the masks of each source go; one source needs no folder of its own."""
    sources = project.sources()
    if len(sources) == 1:
        return {sources[0].folder: folder / "masks"}
    return {source.folder: folder / "masks" / f"{source.id} {source.folder.name}" for source in sources}


def _place(record: SampleRecord, roots: dict[Path, Path], folder: Path) -> Path:
    files = [path for path in (record.ref.rgb, record.ref.cloud) if path is not None]
    fitting = [root for root in roots if all(path.is_relative_to(root) for path in files)]
    if not fitting or not files:
        return folder / "masks" / mask_place(record.ref, folder)
    root = max(fitting, key=lambda path: len(path.parts))
    return roots[root] / mask_place(record.ref, root)


def _write(mask: NDArray[np.bool_], path: Path) -> Path:
    try:
        with replacing(path) as aside:
            Image.fromarray(mask.astype(np.uint8) * np.uint8(255)).save(aside, format="PNG")
    except OSError as problem:
        raise unwritable(path, problem) from problem
    return path
