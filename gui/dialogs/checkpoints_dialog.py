"""The library of weights: what is there, and for each file what can be done about it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from core.backbones.download import address_of, unfinished
from core.backbones.trained_versions import trained_versions
from core.backbones.weight_checks import WeightState
from core.backbones.weights import WEIGHTS, weight_file, weights_folder
from core.methods.pretraining import Pretraining, pretraining
from core.phrase import say
from core.tasks.pretrain_here import HERE
from gui.dialogs.checkpoint_facts import CheckpointFacts, say_version
from gui.dialogs.checkpoint_table import CheckpointTable
from gui.dialogs.download_dialog import DownloadDialog
from gui.dialogs.framed_dialog import FramedDialog
from gui.soon import soon
from gui.theme import Theme
from gui.translator import word
from gui.weights_work import WeightsWork
from gui.widgets.text import button, label, restyle

TOOL_TIP = Qt.ItemDataRole.ToolTipRole
AskFile = Callable[[str], Path | None]


class CheckpointsDialog(FramedDialog):
    """Shows the state of the library and asks for changes; `trained_here` carries the key of a training."""

    trained_here = Signal(str)

    def __init__(
        self, theme: Theme, weights: WeightsWork, parent: QWidget | None = None, ask: AskFile | None = None
    ) -> None:
        super().__init__(theme, "dialogCheckpoints", 860, parent)
        self._weights = weights
        self._ask = ask or self._ask_by_dialog
        self.setAcceptDrops(True)
        self.table = CheckpointTable(theme, weights.state)
        self.facts = CheckpointFacts(theme, weights.state)
        self.locate, self.download = button("plain", "btnLocate"), button("plain", "btnDownload")
        self.verify, self.copy = button("plain", "btnVerify"), button("plain", "btnCopyOrigin")
        self.remove, self.train_here = button("plain", "btnRemove"), button("plain", "btnTrainHere")
        self.folder = button("link", "btnShowFolder")
        self.versions = QComboBox()
        self.drop = QFrame()
        self.confirm: DownloadDialog | None = None
        self._build()
        self._connect()
        self.retranslate()
        self.table.setCurrentCell(0, 0)
        self.table.setFocus()

    @property
    def key(self) -> str:
        """The chosen file's."""
        return self.table.key

    def choose(self, key: str) -> None:
        """Begin at that file."""
        self.table.choose(key)

    def retranslate(self) -> None:
        """Set every word again."""
        self.title.setText(self.tr("Checkpoints"))
        self.locate.setText(self.tr("Take in a file"))
        self.verify.setText(self.tr("Verify"))
        self.copy.setText(self.tr("Copy name and origin"))
        self.remove.setText(self.tr("Remove"))
        self.train_here.setText(self.tr("Train here"))
        self.folder.setText(self.tr("Show folder"))
        self._hint.setText(self.tr("Drop a file here to take it in for the chosen row."))
        self.note.setText(self.tr("Nothing is downloaded by itself."))
        self.finish.setText(self.tr("Done"))
        self._read()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A file may be dropped anywhere on it."""
        if _dropped(event) is not None:
            event.acceptProposedAction()
            self._light(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """It went elsewhere."""
        self._light(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take it in: for the file of that name where there is one, else for the chosen row."""
        path = _dropped(event)
        self._light(False)
        if path is not None:
            named = next((row.key for row in WEIGHTS if path.name in row.accepted_names), self.key)
            self.choose(named)
            self._weights.take_in(named, path)

    def _build(self) -> None:
        self.table.show_rows(min(len(WEIGHTS), 9))
        self.content.addWidget(self.table)
        self.content.addWidget(self.facts)
        acts = QHBoxLayout()
        acts.setSpacing(8)
        for made in (self.locate, self.download, self.train_here, self.verify, self.copy, self.remove):
            acts.addWidget(made)
        acts.addStretch(1)
        self.versions.setObjectName("comboVersion")
        acts.addWidget(self.versions)
        self.content.addLayout(acts)
        self.drop.setProperty("surface", "drop")
        self.drop.setFixedHeight(self._theme.px(36))
        inside = QVBoxLayout(self.drop)
        inside.setContentsMargins(12, 0, 12, 0)
        self._hint = label("small")
        inside.addWidget(self._hint)
        self.content.addWidget(self.drop)
        self.foot.addWidget(self.folder)
        self.finish: QPushButton = self.add_button(primary=True)

    def _connect(self) -> None:
        weights = self._weights
        self.table.chosen.connect(self._read)
        self.locate.clicked.connect(self._on_locate)
        self.download.clicked.connect(lambda: weights.ask_size(self.key))
        self.verify.clicked.connect(lambda: weights.verify(self.key))
        self.remove.clicked.connect(lambda: weights.put_away(self.key))
        self.copy.clicked.connect(self._on_copy)
        self.train_here.clicked.connect(self._on_train_here)
        self.folder.clicked.connect(self._on_folder)
        self.versions.activated.connect(self._on_version)
        self.facts.cancelled.connect(lambda: weights.cancel(self.key))
        self.finish.clicked.connect(self.accept)
        weights.sized.connect(self._on_size)
        weights.state.changed.connect(self._read_state)
        self.finished.connect(lambda: weights.state.changed.disconnect(self._read_state))
        self._theme.changed.connect(self._read_state)

    def _read_state(self, *_: object) -> None:
        self._read()

    def _read(self, *_: object) -> None:
        self.table.read()
        status = self._weights.state.row(self.key)
        self.facts.show_row(status)
        soon(self, self.adjustSize)
        if status is None:
            return
        is_idle = self.key not in self._weights.state.works
        is_there = status.state is not WeightState.MISSING
        is_partly = unfinished(status.file).exists()
        self.download.setText(self.tr("Continue download") if is_partly else self.tr("Download"))
        self.download.setEnabled(
            is_idle and not is_there and bool(status.file.address or self._weights.base_address)
        )
        no_address = self.tr("It has no public direct address; take in a file.")
        self.download.setToolTip("" if status.file.address else no_address)
        self.locate.setEnabled(is_idle and not is_there)
        self.locate.setToolTip(self.tr("Remove the present file first.") if is_there else "")
        for made in (self.verify, self.remove):
            made.setEnabled(is_idle and is_there)
        self._read_versions(is_idle)
        self.train_here.setVisible(any(self.key in _made(row) for row in map(pretraining, HERE)))

    def _on_locate(self) -> None:
        path = self._ask(self.tr("Take in a file"))
        if path is not None:
            self._weights.take_in(self.key, path)

    def _on_size(self, key: str, size: int | None) -> None:
        """The publisher has answered: say what will come from where, and ask."""
        row = weight_file(key)
        self.confirm = DownloadDialog(
            self._theme, row, address_of(row, self._weights.base_address), size, self
        )
        self.confirm.accepted.connect(lambda: self._weights.download(key))
        self.confirm.open()

    def _on_copy(self) -> None:
        row = weight_file(self.key)
        lines = [row.names[0], word(row.origin), row.address, str(weights_folder())]
        QGuiApplication.clipboard().setText("\n".join(line for line in lines if line))
        self.note.setText(self.tr("Copied: name, origin, address and folder."))

    def _on_train_here(self) -> None:
        self.trained_here.emit(next(row.key for row in map(pretraining, HERE) if self.key in _made(row)))

    def _read_versions(self, is_idle: bool) -> None:
        """Networks that were trained here can be changed for one another."""
        known = trained_versions(self.key)
        self.versions.clear()
        for one in known:
            self.versions.addItem(word(say("Version {number}", number=one.number)), one.number)
            self.versions.setItemData(self.versions.count() - 1, word(say_version(one)), TOOL_TIP)
        used = next((at for at, one in enumerate(known) if one.is_used), -1)
        self.versions.setCurrentIndex(used)
        self.versions.setPlaceholderText(self.tr("none trained here"))
        self.versions.setVisible(bool(known) and (len(known) > 1 or used < 0))
        self.versions.setEnabled(is_idle)
        self.versions.setAccessibleName(self.tr("Version"))

    def _on_version(self, at: int) -> None:
        self._weights.use_version(self.key, int(self.versions.itemData(at)))

    def _on_folder(self) -> None:
        weights_folder().mkdir(parents=True, exist_ok=True)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(weights_folder())))

    def _light(self, on: bool) -> None:
        self.drop.setProperty("lit", on)
        restyle(self.drop)

    def _ask_by_dialog(self, title: str) -> Path | None:
        kinds = self.tr("Weights") + " (*.pth *.pt *.npz *.safetensors)"
        chosen, _ = QFileDialog.getOpenFileName(self, title, "", f"{kinds};;{word(say('All files'))} (*)")
        return Path(chosen) if chosen else None


def _made(row: Pretraining) -> tuple[str, ...]:
    """The files that this training makes."""
    return (row.weights, *row.also)


def _dropped(event: QDropEvent) -> Path | None:
    """The one file that is being dropped."""
    paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return paths[0] if len(paths) == 1 and paths[0].is_file() else None
