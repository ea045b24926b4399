"""Where clicks on versions of models reach the project."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from core.methods.registry import config_class
from core.project.project import Project
from core.project.records import ModelRecord
from core.tasks.method_config import config_values
from workers.jobs.evaluating import evaluating

if TYPE_CHECKING:
    from gui.workspace import Workspace


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
    """Renames, remarks, activates, evaluates and throws away; the session is read again after each."""

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
        self._change(lambda project: project.rename_model(model_id, name))

    def remark(self, model_id: int, text: str) -> None:
        """Write something beside it."""
        self._change(lambda project: project.set_remark(model_id, text))

    def trash(self, model_id: int) -> bool:
        """Put it away; say whether that went well."""
        return self._change(lambda project: project.trash_model(model_id))

    def restore(self, model_id: int) -> None:
        """Take it back."""
        self._change(lambda project: project.restore_model(model_id))

    def evaluate(self, model_id: int) -> None:
        """Give it its figures over the test parts."""
        work, project = self._work, self._work.project
        model = next((entry for entry in work.session.models if entry.id == model_id), None)
        if project is None or model is None:
            return
        job = evaluating(project, model, work.settings.device, work.settings.threads)
        job.signals.succeeded.connect(lambda evaluation: work.refresh())
        work.board.submit(work.queue, job, lambda: self.evaluate(model_id))

    def _change(self, act: Callable[[Project], object]) -> bool:
        project = self._work.project
        if project is None or project.is_read_only:
            return False
        went_well = self._work.attempt(lambda: act(project))
        self._work.refresh()
        return went_well


def _facts(project: Project, model: ModelRecord) -> ModelFacts:
    folder = project.model_folder(model)
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    times = [found.seconds for found in project.inspections(model.id).values() if found.score is not None]
    usual = config_values(config_class(model.method)())
    changed = tuple(
        (name, value) for name, value in model.config.items() if name != "device" and usual.get(name) != value
    )
    return ModelFacts(model, size, median(times) if times else None, changed)
