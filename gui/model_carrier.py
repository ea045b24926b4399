"""Asks where models go to and come from, and tells what became of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from gui.models_work import SUFFIX, file_name
from gui.translator import word

if TYPE_CHECKING:
    from gui.dialogs.models_dialog import ModelsDialog
    from gui.main_window import MainWindow


class ModelCarrier(QObject):
    """The three questions may be replaced; each gives None where the user thinks better of it."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._models = window.workspace.models
        self.ask_folder: Callable[[str], Path | None] = self._ask_folder
        self.ask_new: Callable[[str, str], Path | None] = self._ask_new
        self.ask_file: Callable[[str], Path | None] = self._ask_file
        self._models.carried.connect(self._on_carried)

    def _on_carried(self, title: str, text: str) -> None:
        self._window.toasts.say(word(title), word(text))

    def follow(self, dialog: ModelsDialog) -> None:
        """Answer the dialog's requests."""
        dialog.file_asked.connect(lambda model_id: self._write(dialog, model_id))
        dialog.export_asked.connect(lambda model_id: self._export(dialog, model_id))
        dialog.import_asked.connect(lambda: self._read(dialog))

    def _write(self, dialog: ModelsDialog, model_id: int) -> None:
        found = dialog.chosen
        path = found and self.ask_new(self.tr("Save the model"), file_name(found.model, SUFFIX))
        if path:
            self._models.write_file(model_id, path)

    def _export(self, dialog: ModelsDialog, model_id: int) -> None:
        folder = self.ask_folder(self.tr("Export into this folder"))
        if folder is not None:
            self._models.export(model_id, folder)
            dialog.note.setText(self.tr("The export is under way; see Jobs."))

    def _read(self, dialog: ModelsDialog) -> None:
        path = self.ask_file(self.tr("Import a model"))
        if path is not None:
            self._models.read_file(path)

    def _ask_folder(self, title: str) -> Path | None:
        chosen = QFileDialog.getExistingDirectory(self._window, title)
        return Path(chosen) if chosen else None

    def _ask_new(self, title: str, name: str) -> Path | None:
        """Nothing is ever replaced, so that nobody is asked whether it may be."""
        wanted = f"{self.tr('Models')} (*{SUFFIX})"
        options = QFileDialog.Option.DontConfirmOverwrite
        chosen, _ = QFileDialog.getSaveFileName(self._window, title, name, wanted, options=options)
        return Path(chosen if chosen.endswith(SUFFIX) else f"{chosen}{SUFFIX}") if chosen else None

    def _ask_file(self, title: str) -> Path | None:
        wanted = f"{self.tr('Models')} (*{SUFFIX})"
        chosen, _ = QFileDialog.getOpenFileName(self._window, title, "", wanted)
        return Path(chosen) if chosen else None
