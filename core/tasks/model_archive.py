"""One trained model as one file for another machine: text and arrays with hashes, nothing that runs."""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np

from core.atomic import replacing, unwritable
from core.backbones.weights import present, weight_file
from core.errors import DataError, InspectionError, WrongUse
from core.methods import registry
from core.methods.plain_state import Arrays, as_plain, from_plain
from core.methods.saved import load_detector, save_detector
from core.monitor import Monitor
from core.phrase import say
from core.project.project import Project
from core.project.records import Level, ModelRecord, ThresholdRecord
from core.tasks.provenance import product_version

FORMAT = 1
_HEAD, _STATE = "model.json", "state.json"
_LEVELS: tuple[Level, ...] = ("image", "pixel")
_TOLD = (
    "class_name", "method", "name", "config", "seed", "trained_on", "data_hash", "seconds", "provenance",
    "held_out", "figures", "remark",
)  # fmt: skip
_LINE = ("value", "lower", "preset", "data", "is_optimistic")
_BROKEN = (
    OSError, zipfile.BadZipFile, zipfile.LargeZipFile, ValueError, KeyError, IndexError, TypeError,
    AttributeError, EOFError, NotImplementedError, RuntimeError,
)  # fmt: skip


@dataclass(frozen=True)
class Imported:
    """The new version, and the keys of weights that it needs and this machine lacks."""

    model: ModelRecord
    missing_weights: tuple[str, ...] = ()


def write_model_file(project: Project, model: ModelRecord, path: Path, monitor: Monitor) -> Path:
    """Write a version with its lines to `path`, whole or not at all; raise WrongUse where there is a file."""
    if path.exists():
        raise WrongUse(
            say("{path} is there already.", path=path),
            remedy=say("Choose another name; nothing is replaced."),
        )
    monitor.tick(0, 2, say("Reading the model"))
    config = registry.config_class(model.method)
    arrays: Arrays = []
    _, state = load_detector(project.model_folder(model), model.method, config)
    files = {_STATE: json.dumps(as_plain(state, arrays)).encode()}
    files |= {_array_name(number): _as_file(array) for number, array in enumerate(arrays)}
    head = json.dumps(_head(project, model, files), indent=1, ensure_ascii=False)
    monitor.tick(1, 2, say("Writing {name}", name=path.name))
    try:
        with replacing(path) as aside, zipfile.ZipFile(aside, "w") as archive:
            archive.writestr(_HEAD, head)
            for name, content in files.items():
                archive.writestr(name, content)
    except OSError as problem:
        raise unwritable(path, problem) from problem
    return path


def read_model_file(project: Project, path: Path, monitor: Monitor, class_name: str = "") -> Imported:
    """Add the model of a file as a new version of its class, or of the one named; nothing is overwritten.

    The version that was active stays so. Raise DataError for a file that is damaged or none of ours, WrongUse
    where the project lacks the class.
    """
    monitor.tick(0, 2, say("Reading {name}", name=path.name))
    with _reading(path), zipfile.ZipFile(path) as archive:
        told = json.loads(_content(archive, _HEAD))
        if told["format"] != FORMAT:
            raise DataError(
                say("{path} was made by another version of this program.", path=path),
                remedy=say("Export the model again with the same version as here."),
            )
        state = _state(archive, told["files"])
        draft = _draft(told["model"], path)
        lines = [_line(level, line) for level, line in told["lines"].items()]
    if class_name:
        draft = replace(draft, class_name=class_name)
    _refuse_unknown(project, draft)
    monitor.tick(1, 2, say("Adding {name}", name=draft.name))
    added = _added(project, draft, state, path)
    for line in lines:
        project.set_threshold(replace(line, class_name=added.class_name, model_id=added.id))
    return Imported(added, _missing(added))


def _head(project: Project, model: ModelRecord, files: Mapping[str, bytes]) -> dict[str, Any]:
    told = {name: getattr(model, name) for name in _TOLD}
    lines = {}
    for level in _LEVELS:
        line = project.threshold(model.id, level)
        if line is not None:
            lines[level] = {name: getattr(line, name) for name in _LINE}
    return {
        "format": FORMAT,
        "product": product_version(),
        "model": {**told, "sensors": sorted(model.sensors), "made": model.made.isoformat()},
        "lines": lines,
        "files": {name: hashlib.sha256(content).hexdigest() for name, content in files.items()},
    }


def _as_file(array: Any) -> bytes:
    into = BytesIO()
    np.save(into, array, allow_pickle=False)
    return into.getvalue()


def _array_name(number: int) -> str:
    return f"arrays/{number}.npy"


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    """Whatever a cut-off, foreign or changed file makes its readers say becomes one sentence."""
    try:
        yield
    except InspectionError:
        raise
    except FileNotFoundError as problem:
        raise DataError(
            say("There is no file {path}.", path=path), remedy=say("Look at the spelling of its name.")
        ) from problem
    except _BROKEN as problem:
        raise DataError(
            say("{path} is no model that was exported here, or it is damaged.", path=path),
            remedy=say("Copy it again, or export the model again on the machine that has it."),
        ) from problem


def _content(archive: zipfile.ZipFile, name: str) -> bytes:
    """Members are stored as they are: one that claims to be packed is not ours, and could be huge."""
    if archive.getinfo(name).compress_type != zipfile.ZIP_STORED:
        raise ValueError(name)
    return archive.read(name)


def _state(archive: zipfile.ZipFile, files: Mapping[str, str]) -> Any:
    if {*files, _HEAD} != set(archive.namelist()):
        raise ValueError("members")
    found = {}
    for name, known in files.items():
        found[name] = _content(archive, name)
        if hashlib.sha256(found[name]).hexdigest() != known:
            raise ValueError(name)
    numbers = range(len(files) - 1)
    arrays = [np.load(BytesIO(found[_array_name(number)]), allow_pickle=False) for number in numbers]
    return from_plain(json.loads(found[_STATE]), arrays)


def _draft(told: dict[str, Any], path: Path) -> ModelRecord:
    """The record as it was, but for number and version, with the file it came from."""
    kept = {name: told[name] for name in _TOLD}
    kept["name"] = re.sub(r" v\d+$", "", str(kept["name"]))
    kept["provenance"] = {**kept["provenance"], "imported_from": path.name}
    made = datetime.fromisoformat(told["made"])
    return ModelRecord(id=0, version=0, sensors=frozenset(told["sensors"]), made=made, **kept)


def _line(level: Level, told: dict[str, Any]) -> ThresholdRecord:
    values = {name: told[name] for name in _LINE}
    return ThresholdRecord(id=0, class_name="", model_id=0, level=level, who="", made=datetime.min, **values)


def _refuse_unknown(project: Project, draft: ModelRecord) -> None:
    registry.method(draft.method)
    names = project.class_names()
    if draft.class_name not in names:
        raise WrongUse(
            say('This model judges the class "{name}", which the project does not have.',
                name=draft.class_name),
            remedy=say("Import parts of that class first. The project has: {names}.",
                       names=", ".join(names) or "-"),
        )  # fmt: skip


def _added(project: Project, draft: ModelRecord, state: Any, path: Path) -> ModelRecord:
    with _reading(path):
        config = _config(draft)

    def fill(folder: Path) -> None:
        with _reading(path):
            save_detector(folder, draft.method, config, state)
            registry.load(draft.method, folder)

    before = project.active_model(draft.class_name)
    added = project.add_model(draft, fill)
    if before is not None:
        project.set_active(before.id)
    return project.model(added.id)


def _config(model: ModelRecord) -> Any:
    kind = registry.config_class(model.method)
    names = asdict(kind()).keys()
    values = {name: value for name, value in model.config.items() if name in names}
    return kind(
        **{name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}
    )


def _missing(model: ModelRecord) -> tuple[str, ...]:
    wanted: tuple[str, ...] = getattr(_config(model), "weights_needed", ())
    return tuple(key for key in wanted if present(weight_file(key)) is None)
