"""Where clicks on versions of models reach the project."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from core.methods.registry import config_class
from core.phrase import say
from core.project.project import Project
from core.project.records import ModelRecord
from core.tasks.method_config import config_values
from workers.jobs.carrying import exporting, reading_file, writing_file
from workers.jobs.evaluating import evaluating, weighing_sensors

if TYPE_CHECKING:
    from core.tasks.model_archive import Imported
    from gui.workspace import Workspace

SUFFIX = ".inspector-model"


@dataclass(frozen=True)
class ModelFacts:
    """A version with what its record does not hold: bytes on the disk, and seconds of a usual part.

    `changed` are the parameters (name, value) that are not the defaults.
    """

    model: ModelRecord
    size: int
    seconds_a_part: float | None
    changed: tuple[tuple[str, object], ...] = ()


class ModelsWork(QObject):
    """Renames, remarks, activates, evaluates, carries and throws away; the session is read again after each.

    `carried` (title, text) tells what became of a file; `sensors_weighed` carries a OneSensorCost.
    """

    carried = Signal(object, object)
    sensors_weighed = Signal(object)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._work = workspace

    def facts(self) -> tuple[ModelFacts, ...]:
        """The versions of the current class, newest first."""
        project, session = self._work.project, self._work.session
        return tuple(_facts(project, model) for model in session.models) if project is not None else ()

    def activate(self, model_id: int) -> None:
        """Use this version from now on."""
        self._work.choose_model(model_id)

    def rename(self, model_id: int, name: str) -> None:
        """Call it something else."""
        before = self._model(model_id)
        if before is not None and before.name != name:
            self._work.edits.step(
                say("Rename the model"),
                lambda to: to.rename_model(model_id, name),
                lambda to: to.rename_model(model_id, before.name),
                self._work.refresh,
            )

    def remark(self, model_id: int, text: str) -> None:
        """Write something beside it."""
        before = self._model(model_id)
        if before is not None and before.remark != text:
            self._work.edits.step(
                say("Note of the model"),
                lambda to: to.set_remark(model_id, text),
                lambda to: to.set_remark(model_id, before.remark),
                self._work.refresh,
            )

    def trash(self, model_id: int) -> bool:
        """Put it away; say whether that went well."""
        return self._work.edits.step(
            say("Put the model into the trash"),
            lambda to: to.trash_model(model_id),
            lambda to: to.restore_model(model_id),
            self._work.refresh,
        )

    def restore(self, model_id: int) -> None:
        """Take it back."""
        self._work.edits.step(
            say("Take the model out of the trash"),
            lambda to: to.restore_model(model_id),
            lambda to: to.trash_model(model_id),
            self._work.refresh,
        )

    def evaluate(self, model_id: int) -> None:
        """Give it its figures over the test parts."""
        work, project, model = self._work, self._work.project, self._model(model_id)
        if project is None or model is None:
            return
        job = evaluating(project, model, work.settings.device, work.settings.threads)
        job.signals.succeeded.connect(lambda evaluation: work.refresh())
        work.board.submit(work.queue, job, lambda: self.evaluate(model_id))

    def weigh_sensors(self, model_id: int) -> None:
        """Tell what a missing sensor costs; versions that are needed for it are trained beside this one."""
        work, project, model = self._work, self._work.project, self._model(model_id)
        if project is None or model is None:
            return
        job = weighing_sensors(project, model, work.settings.device, work.settings.threads)
        job.signals.ended.connect(work.refresh)
        job.signals.succeeded.connect(self.sensors_weighed)
        work.board.submit(work.queue, job, lambda: self.weigh_sensors(model_id))

    def export(self, model_id: int, folder: Path) -> None:
        """Write what a production line needs into a folder of its own below this one."""
        work, project, model = self._work, self._work.project, self._model(model_id)
        if project is None or model is None:
            return
        place = folder / file_name(model, "-onnx")
        job = exporting(project, model, place, work.settings.threads)
        job.signals.succeeded.connect(lambda done: self.carried.emit(say("Exported"), str(place)))
        work.board.submit(work.queue, job, lambda: self.export(model_id, folder))

    def write_file(self, model_id: int, path: Path) -> None:
        """Write a version as one file."""
        work, project, model = self._work, self._work.project, self._model(model_id)
        if project is None or model is None:
            return
        job = writing_file(project, model, path)
        job.signals.succeeded.connect(lambda done: self.carried.emit(say("Saved"), str(path)))
        work.board.submit(work.queue, job, lambda: self.write_file(model_id, path))

    def read_file(self, path: Path) -> None:
        """Add the model of a file as a new version."""
        work, project = self._work, self._work.project
        if project is None or project.is_read_only:
            return
        job = reading_file(project, path)
        job.signals.succeeded.connect(self._on_read)
        work.board.submit(work.queue, job, lambda: self.read_file(path))

    def _on_read(self, found: Imported) -> None:
        self._work.refresh()
        model = found.model
        title = say("{name} was added to {class_name}", name=model.name, class_name=model.class_name)
        missing = say("It needs weights that are not here: {keys}. See Checkpoints.",
                      keys=", ".join(found.missing_weights))  # fmt: skip
        self.carried.emit(title, missing if found.missing_weights else say("Make it active to use it."))

    def _model(self, model_id: int) -> ModelRecord | None:
        return next((entry for entry in self._work.session.models if entry.id == model_id), None)


def file_name(model: ModelRecord, ending: str) -> str:
    """What a version is called as a file or a folder."""
    plain = re.sub(r"[^\w-]+", "-", f"{model.class_name}-{model.name}").strip("-")
    return f"{plain}{ending}"


def _facts(project: Project, model: ModelRecord) -> ModelFacts:
    folder = project.model_folder(model)
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    times = [found.seconds for found in project.inspections(model.id).values() if found.score is not None]
    usual = config_values(config_class(model.method)())
    changed = tuple(
        (name, value) for name, value in model.config.items() if name != "device" and usual.get(name) != value
    )
    return ModelFacts(model, size, median(times) if times else None, changed)
