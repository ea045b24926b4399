"""All versions of the models of a class: figures, size, age, and what can be done with each."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QWidget

from core.exporting.ready import why_no_export
from core.methods.one_sensor_ways import WEIGHED
from core.phrase import say
from core.state.session_state import SessionState
from gui.dialogs.framed_dialog import FramedDialog
from gui.dialogs.model_table import ModelTable
from gui.models_work import ModelFacts, ModelsWork
from gui.theme import Theme
from gui.translator import word
from gui.widgets.empty_state import EmptyState
from gui.widgets.text import button, label


class ModelsDialog(FramedDialog):
    """Everything acts at once on the chosen version; `trashed` carries (id, name) of one put away.

    Where to and where from is asked elsewhere: `file_asked` and `export_asked` carry the id of a version.
    """

    trashed = Signal(int, str)
    file_asked = Signal(int)
    export_asked = Signal(int)
    import_asked = Signal()

    def __init__(
        self, theme: Theme, models: ModelsWork, session: SessionState, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, "dialogModels", 1040, parent)
        self._models = models
        self._session = session
        self.table = ModelTable(theme)
        self.empty = EmptyState(theme, "cube")
        self.name, self.remark = QLineEdit(), QLineEdit()
        self._name_said, self._remark_said = label("quiet"), label("quiet")
        self.details = label("small", "labelModelFacts", wraps=True)
        self.activate, self.evaluate = button("plain", "btnMakeActive"), button("plain", "btnEvaluate")
        self.weigh = button("plain", "btnWeighSensors")
        self.export, self.take_in = button("plain", "btnExportModel"), button("plain", "btnImportModel")
        self.trash = button("plain", "btnTrashModel")
        self.ways = QMenu(self)
        self.as_file, self.as_graphs = self.ways.addAction(""), self.ways.addAction("")
        self.finish = self.add_button(primary=True)
        self._build()
        self._connect()
        self.retranslate()
        self.table.setFocus()

    @property
    def chosen(self) -> ModelFacts | None:
        """The chosen version."""
        return self.table.chosen_facts

    def choose(self, model_id: int) -> None:
        """Begin at that version."""
        self.table.choose(model_id)

    def retranslate(self) -> None:
        """Set every word again."""
        self.activate.setText(self.tr("Make active"))
        self.evaluate.setText(self.tr("Evaluate"))
        self.weigh.setText(self.tr("Missing sensor…"))
        self.weigh.setToolTip(
            self.tr("Judges the test parts with both sensors and with one; trains what is needed for it.")
        )
        self.export.setText(self.tr("Export…"))
        self.take_in.setText(self.tr("Import…"))
        self.as_file.setText(self.tr("One file for another machine…"))
        self.as_graphs.setText(self.tr("For the production line (ONNX)…"))
        self.trash.setText(self.tr("Trash"))
        self._name_said.setText(self.tr("Name"))
        self._remark_said.setText(self.tr("Note"))
        self.name.setAccessibleName(self.tr("Name"))
        self.remark.setAccessibleName(self.tr("Note"))
        self.remark.setPlaceholderText(self.tr("what sets this version apart"))
        self.finish.setText(self.tr("Done"))
        self.empty.say(self.tr("No model for this class yet"), self.tr("Train a class to begin"))
        self._read_state()

    def _build(self) -> None:
        self.table.show_rows(6)
        self.empty.setFixedHeight(self.table.height())
        self.content.addWidget(self.table)
        self.content.addWidget(self.empty)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._name_said)
        row.addWidget(self.name, 2)
        row.addSpacing(12)
        row.addWidget(self._remark_said)
        row.addWidget(self.remark, 3)
        self.content.addLayout(row)
        self.content.addWidget(self.details)
        acts = QHBoxLayout()
        acts.setSpacing(8)
        for made in (self.activate, self.evaluate, self.weigh, self.export, self.take_in, self.trash):
            acts.addWidget(made)
        acts.addStretch(1)
        self.content.addLayout(acts)
        self.name.setObjectName("editModelName")
        self.remark.setObjectName("editModelNote")

    def _connect(self) -> None:
        self.table.chosen.connect(self._read_chosen)
        self.activate.clicked.connect(lambda: self._act(self._models.activate))
        self.evaluate.clicked.connect(self._on_evaluate)
        self.weigh.clicked.connect(self._on_weigh)
        self.export.setMenu(self.ways)
        self.ways.setToolTipsVisible(True)
        self.as_file.triggered.connect(lambda: self._act(self.file_asked.emit))
        self.as_graphs.triggered.connect(lambda: self._act(self.export_asked.emit))
        self.take_in.clicked.connect(self.import_asked)
        self._models.carried.connect(self._on_carried)
        self.finished.connect(lambda: self._models.carried.disconnect(self._on_carried))
        self.trash.clicked.connect(self._on_trash)
        self.name.editingFinished.connect(self._on_named)
        self.remark.editingFinished.connect(self._on_remarked)
        self.finish.clicked.connect(self.accept)
        QShortcut(QKeySequence("F2"), self, self.name.setFocus)
        QShortcut(QKeySequence("Del"), self.table, self._on_trash)
        self._session.changed.connect(self._read_state)
        self.finished.connect(lambda: self._session.changed.disconnect(self._read_state))
        self._theme.changed.connect(self._read_state)

    def _read_state(self, *_: object) -> None:
        self.title.setText(word(say("Models · {name}", name=say(self._session.class_name))))
        found = self._models.facts()
        self.table.show_models(found)
        self.table.setVisible(bool(found))
        self.empty.setVisible(not found)
        self._read_chosen()

    def _read_chosen(self) -> None:
        found, locked = self.chosen, self._session.is_read_only
        for field in (self.name, self.remark):
            field.setEnabled(found is not None and not locked)
        self.take_in.setEnabled(not locked)
        if found is None:
            for made in (self.activate, self.evaluate, self.weigh, self.export, self.trash):
                made.setEnabled(False)
            self.details.setText("")
            return
        model = found.model
        if not self.name.hasFocus():
            self.name.setText(model.name)
        if not self.remark.hasFocus():
            self.remark.setText(model.remark)
        self.activate.setEnabled(not model.is_active and not locked)
        self.evaluate.setEnabled(not locked)
        self.weigh.setEnabled(not locked and model.method in WEIGHED)
        self._read_export(model.method)
        is_kept = model.is_active and len(self._session.models) > 1
        self.trash.setEnabled(not is_kept and not locked)
        self.trash.setToolTip(self.tr("Make another version active first.") if is_kept else "")
        self.details.setText(self._told(found))

    def _read_export(self, method: str) -> None:
        self.export.setEnabled(True)
        why = why_no_export(method)
        self.as_graphs.setEnabled(why is None)
        self.as_graphs.setToolTip(word(why) if why is not None else "")

    def _told(self, found: ModelFacts) -> str:
        """Parameters that are not the usual ones, and what has changed since."""
        model = found.model
        values = ", ".join(f"{name} {value}" for name, value in found.changed)
        lines = [word(say("Settings: {values}", values=values or say("the defaults")))]
        if model.is_stale:
            lines.append(self.tr("Stale: parts or their preparation have changed since it was trained."))
        return "\n".join(lines)

    def _act(self, what: object) -> None:
        if self.chosen is not None and callable(what):
            what(self.chosen.model.id)

    def _on_evaluate(self) -> None:
        self._act(self._models.evaluate)
        self.note.setText(self.tr("The evaluation is under way; see Jobs."))

    def _on_weigh(self) -> None:
        self._act(self._models.weigh_sensors)
        self.note.setText(self.tr("The sensors are being weighed; see Jobs."))

    def _on_trash(self) -> None:
        found = self.chosen
        if found is not None and self.trash.isEnabled() and self._models.trash(found.model.id):
            self.trashed.emit(found.model.id, found.model.name)

    def _on_carried(self, title: str, text: str) -> None:
        self.note.setText(f"{word(title)}\n{word(text)}")

    def _on_named(self) -> None:
        found, text = self.chosen, self.name.text().strip()
        if found is not None and text and text != found.model.name:
            self._models.rename(found.model.id, text)

    def _on_remarked(self) -> None:
        found, text = self.chosen, self.remark.text().strip()
        if found is not None and text != found.model.remark:
            self._models.remark(found.model.id, text)
