"""What of which part a project's store already holds for trainings, found without opening a single scan."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from core.atomic import write_text
from core.backbones.weights import present, weight_file
from core.errors import InspectionError
from core.memory.room import ENDING
from core.methods.feature_kinds import FeatureItem
from core.preprocess.cache import source_files
from core.preprocess.stored import FORMAT
from core.project.project import Project
from core.project.records import SampleRecord

log = logging.getLogger(__name__)


class KnownExamples:
    """Goes by the times of files, so that looking is quick; what is kept goes by their content.

    It is written aside by `save`; without it everything counts as not there and is found again when needed.
    """

    def __init__(self, project: Project) -> None:
        self._project = project
        self._place = project.places.cache / "pretraining" / "known.json"
        self._contents: dict[str, list[str]] = {}
        self._folders: dict[str, str] = {}
        with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
            told = json.loads(self._place.read_text(encoding="utf-8"))
            self._contents, self._folders = dict(told["contents"]), dict(told["folders"])

    def bytes_left(self, record: SampleRecord, items: Mapping[str, FeatureItem]) -> int:
        """What the store would grow by for that part."""
        return sum(4 * item.numbers for item in self.left(record, items))

    def left(self, record: SampleRecord, items: Mapping[str, FeatureItem]) -> list[FeatureItem]:
        """The items of that part that are not there."""
        found = self._contents.get(str(record.id))
        if found is None or found[0] != self._state(record):
            return list(items.values())
        return [item for item in items.values() if not self._is_there(item, found[1])]

    def note(
        self, record: SampleRecord, items: Mapping[str, FeatureItem], places: Mapping[str, Path]
    ) -> None:
        """That part has these items now."""
        for name, place in places.items():
            self._folders[_made_with(items[name])] = place.parent.name
            self._contents[str(record.id)] = [self._state(record), place.stem]

    def save(self) -> None:
        """For the next look."""
        told = {"contents": self._contents, "folders": self._folders}
        try:
            write_text(self._place, json.dumps(told, ensure_ascii=False))
        except InspectionError as problem:  # only a look ahead that tells too much
            log.info("%s", problem)

    def _is_there(self, item: FeatureItem, content: str) -> bool:
        folder = self._folders.get(_made_with(item))
        return folder is not None and (self._project.places.features / folder / f"{content}{ENDING}").exists()

    def _state(self, record: SampleRecord) -> str:
        ref = record.ref
        prepared = asdict(self._project.preprocess_config(ref.class_name))
        files = [(role, *_size_and_time(path)) for role, path in source_files(ref)]
        return _short(json.dumps([FORMAT, prepared, ref.layout, ref.metres_per_unit, files], default=str))


def _made_with(item: FeatureItem) -> str:
    """The item and the files of weights as they lie there now."""
    files = [(key, present(weight_file(key))) for key in item.weights]
    return _short(json.dumps([item.key, [(key, *_size_and_time(path)) for key, path in files]]))


def _size_and_time(path: Path | None) -> tuple[int, int]:
    try:
        status = path.stat() if path is not None else None
    except OSError:
        status = None
    return (status.st_size, status.st_mtime_ns) if status is not None else (-1, -1)


def _short(told: str) -> str:
    return hashlib.blake2b(told.encode(), digest_size=10).hexdigest()
