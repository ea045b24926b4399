"""Finds source files again whose folder or drive has gone elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from core.project.project import Project
from core.project.records import SampleRecord
from core.project.sample_store import Source

MOST_LOOKED_AT = 200


@dataclass(frozen=True)
class Fit:
    """How many of the parts that were looked at have their files below a folder."""

    folder: Path
    found: int
    looked_at: int
    missing: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Every part that was looked at is there."""
        return self.looked_at > 0 and self.found == self.looked_at


def source_of(project: Project, record: SampleRecord) -> Source | None:
    """The folder of source data that a sample belongs to."""
    paths = list(_paths(record))
    fitting = [
        source
        for source in project.sources()
        if paths and all(path.is_relative_to(source.folder) for path in paths)
    ]
    return max(fitting, key=lambda source: len(source.folder.parts), default=None)


def is_lost(record: SampleRecord) -> bool:
    """Whether the files of a sample are gone together with the folder that held them."""
    return any(not path.exists() and not path.parent.exists() for path in _paths(record))


def parts_of(records: Sequence[SampleRecord], source: Source) -> list[SampleRecord]:
    """The samples whose files lie below a folder."""
    return [
        record for record in records if all(path.is_relative_to(source.folder) for path in _paths(record))
    ]


def best_fit(records: Sequence[SampleRecord], source: Source, chosen: Path) -> Fit:
    """The folder that was meant: the chosen one, one inside it of the old name, or the one around it."""
    parts = parts_of(records, source)
    step = max(1, len(parts) // MOST_LOOKED_AT)
    some = parts[::step][:MOST_LOOKED_AT]
    places = (chosen, chosen / source.folder.name, chosen.parent)
    fits = [_fit(some, source.folder, place) for place in places if place.is_dir()]
    return max(fits, key=lambda fit: fit.found, default=Fit(chosen, 0, len(some)))


def _fit(records: Sequence[SampleRecord], before: Path, folder: Path) -> Fit:
    missing = [
        record.name
        for record in records
        if not all((folder / path.relative_to(before)).is_file() for path in _paths(record))
    ]
    return Fit(folder, len(records) - len(missing), len(records), tuple(missing[:5]))


def _paths(record: SampleRecord) -> Iterator[Path]:
    ref = record.ref
    yield from (path for path in (ref.rgb, ref.cloud) if path is not None)
