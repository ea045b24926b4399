"""The door for the dialogs around training: train, checkpoints, pretrain, models."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog

from core.tasks.look_ahead import TrainWish
from core.tasks.pretrain_ahead import plan_pretraining
from core.tasks.pretrain_here import unfinished_pretraining
from core.tasks.reviewed_good import reviewed_false_alarms
from gui.dialogs.checkpoints_dialog import AskFile, CheckpointsDialog
from gui.dialogs.models_dialog import ModelsDialog
from gui.dialogs.one_sensor_dialog import OneSensorDialog
from gui.dialogs.pretrain_dialog import PretrainDialog
from gui.dialogs.train_dialog import TrainDialog
from gui.dialogs.train_scope import TrainScope, classes_of
from gui.main_window import MainWindow
from gui.model_carrier import ModelCarrier
from gui.theme import Theme

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from core.tasks.one_sensor import OneSensorCost

Show = Callable[[QDialog], None]


class TrainingDoor(QObject):
    """Opens each dialog over the window, or over the dialog that asks for it; `ask_file` may be replaced."""

    def __init__(self, window: MainWindow, theme: Theme, show: Show) -> None:
        super().__init__(window)
        self._window = window
        self._theme = theme
        self._work = window.workspace
        self._show = show
        self.ask_file: AskFile | None = None
        self.carrier = ModelCarrier(window)
        self._work.training.adjusted.connect(self.adjust)
        self._work.weights_opened.connect(self.show_checkpoints)
        self._work.models.sensors_weighed.connect(self.show_cost)

    def show_train(self) -> None:
        """Train the current class."""
        self._train(TrainScope(classes_of(self._work.session.records), (self._work.session.class_name,)))

    def show_train_all(self) -> None:
        """Train every class."""
        session = self._work.session
        self._train(TrainScope(classes_of(session.records), session.class_names))

    def adjust(self, wish: TrainWish) -> None:
        """Begin with the settings of a training that came to nothing."""
        self._train(TrainScope(classes_of(self._work.session.records), wish.class_names, wish))

    def show_checkpoints(self, keys: Sequence[str] = (), over: QWidget | None = None) -> None:
        """Show the library of weights, at the first of `keys`."""
        self._work.weights.read()
        dialog = CheckpointsDialog(self._theme, self._work.weights, over or self._window, self.ask_file)
        if keys:
            dialog.choose(keys[0])
        dialog.trained_here.connect(lambda key: self._on_train_here(dialog, key))
        self._show(dialog)

    def show_pretrain(self, over: QWidget | None = None, key: str = "") -> None:
        """Train a network that serves all classes, that of `key` where it is given."""
        project, session = self._work.project, self._work.session
        if project is None:
            return
        scope = TrainScope(classes_of(session.records), session.class_names)
        dialog = PretrainDialog(
            self._theme,
            scope,
            lambda wish: plan_pretraining(project, wish),
            lambda wish: unfinished_pretraining(project, wish).exists(),
            over or self._window,
            key,
            self._work.training.is_pretraining,
        )
        dialog.accepted.connect(lambda: self._work.training.pretrain(dialog.wish, dialog.resume))
        dialog.helped.connect(lambda keys: self.show_checkpoints(keys, dialog))
        self._follow_weights(dialog, dialog.read_weights)
        self._show(dialog)

    def show_models(self, model_id: int = 0) -> None:
        """Show the versions of the class."""
        dialog = ModelsDialog(self._theme, self._work.models, self._work.session, self._window)
        if model_id:
            dialog.choose(model_id)
        dialog.trashed.connect(self._on_trashed)
        self.carrier.follow(dialog)
        self._show(dialog)

    def show_cost(self, cost: OneSensorCost) -> None:
        """Show what a missing sensor costs."""
        dialog = OneSensorDialog(self._theme, cost, self._window)
        self._show(dialog)

    def _train(self, scope: TrainScope) -> None:
        project = self._work.project
        if project is not None:
            names = [each.name for each in scope.classes]
            alarms = {name: len(reviewed_false_alarms(project, name)) for name in names}
            scope = replace(scope, alarms=alarms)
        dialog = TrainDialog(self._theme, scope, self._window)
        dialog.asked.connect(lambda wishes: self._work.training.look_ahead(wishes, dialog.show_ahead))
        dialog.helped.connect(lambda keys: self.show_checkpoints(keys, dialog))
        dialog.accepted.connect(lambda: self._work.training.train_all(dialog.wish))
        self._follow_weights(dialog, dialog.read_weights)
        self._show(dialog)

    def _follow_weights(self, dialog: QDialog, read: Callable[[], None]) -> None:
        """While it is open, a dialog hears of files that come and go."""
        state = self._work.weights.state
        before = [tuple(row.path for row in state.rows)]

        def on_changed() -> None:
            now = tuple(row.path for row in state.rows)
            if now != before[0]:
                before[0] = now
                read()

        state.changed.connect(on_changed)
        dialog.finished.connect(lambda: state.changed.disconnect(on_changed))

    def _on_train_here(self, dialog: CheckpointsDialog, key: str) -> None:
        dialog.accept()
        self.show_pretrain(key=key)

    def _on_trashed(self, model_id: int, name: str) -> None:
        toast = self._window.toasts.say(self.tr("{name} is in the trash").format(name=name))
        toast.offer(self.tr("Undo"), lambda: self._work.models.restore(model_id))
