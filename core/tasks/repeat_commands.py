"""The command lines that lead from a project's data to the numbers of a report."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from core.preprocess.config import PreprocessConfig
from core.project.project import Project
from core.project.records import ModelRecord, ThresholdRecord

LEVELS = ("image", "pixel")


def repeat_commands(
    project: Project, models: Sequence[ModelRecord], options: Sequence[str] = ()
) -> tuple[str, ...]:
    """Prepare, train, draw the lines, evaluate, report; what was left at its default is not said.

    `options` are those of the report.
    """
    folder = shlex.quote(project.folder.name)
    names = [model.class_name for model in models]
    is_whole = set(names) == set(project.class_names())
    which = "" if is_whole else "".join(f" --class {shlex.quote(name)}" for name in names)
    told = "".join(f" {shlex.quote(word)}" for word in options)
    lines = [line for model in models for line in _of_class(project, model, folder)]
    return (
        *lines,
        f"inspector evaluate {folder}{which} --out metrics.json",
        f"inspector report {folder}{which} --out report.html{told}",
    )


def _of_class(project: Project, model: ModelRecord, folder: str) -> Iterator[str]:
    name = shlex.quote(model.class_name)
    config, default = asdict(project.preprocess_config(model.class_name)), asdict(PreprocessConfig())
    changed = {key: value for key, value in config.items() if value != default[key]}
    if changed:
        yield f"inspector preprocess {folder} --class {name}{_sets(changed)}"
    parameters = {key: value for key, value in model.config.items() if key != "device"}
    yield f"inspector train {folder} --class {name} --method {model.method}{_sets(parameters)}"
    for level in LEVELS:
        history = project.thresholds(model.id, "image" if level == "image" else "pixel")
        if len(history) > 1 or (history and not model.held_out.get("scores")):
            yield f"inspector threshold {folder} --class {name} --level {level}{_line(history[0])}"


def _line(record: ThresholdRecord) -> str:
    """A line by its value; that it was tuned on the reported data stays told."""
    lower = "" if record.lower is None else f" --lower {record.lower!r}"
    tuned = " --tuned-on test" if record.is_optimistic else ""
    return f" --preset manual --value {record.value!r}{lower}{tuned}"


def _sets(values: dict[str, object]) -> str:
    return "".join(f" --set {key}={_word(value)}" for key, value in values.items())


def _word(value: object) -> str:
    text = ",".join(str(item) for item in value) if isinstance(value, list) else str(value)
    return shlex.quote(text)
