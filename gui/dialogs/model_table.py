"""The versions of a class as a table."""

from __future__ import annotations

from datetime import UTC

from PySide6.QtCore import QDateTime, QLocale, Qt, Signal
from PySide6.QtWidgets import QWidget

from core.errors import WrongUse
from core.project.records import ModelRecord
from core.sensor_words import say_sensors
from core.tasks.sensors_used import say_model_sensors
from gui.models_work import ModelFacts
from gui.theme import Theme
from gui.translator import word
from gui.weights_work import megabytes
from gui.widgets.plain_table import PlainTable

_WIDTHS = (34, 0, 156, 62, 62, 50, 88, 68, 84, 134, 52)
_NUMBERS = range(3, 9)
_FIGURES = ("image_auroc", "aupro_30", "image_f1")


class ModelTable(PlainTable):
    """One row a version; `chosen` says that another one is."""

    chosen = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, _WIDTHS, _NUMBERS, parent)
        self._found: tuple[ModelFacts, ...] = ()
        self.setObjectName("tableModels")
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)  # versions differ at the end of their names
        self.currentCellChanged.connect(lambda *_: self.chosen.emit())

    @property
    def chosen_facts(self) -> ModelFacts | None:
        """The version of the current row."""
        at = self.currentRow()
        return self._found[at] if 0 <= at < len(self._found) else None

    def choose(self, model_id: int) -> None:
        """Select the row of that version."""
        for at, found in enumerate(self._found):
            if found.model.id == model_id:
                self.setCurrentCell(at, 1)

    def show_models(self, found: tuple[ModelFacts, ...]) -> None:
        """Show these versions; the chosen one stays chosen."""
        before = self.chosen_facts
        active = next((each.model.id for each in found if each.model.is_active), 0)
        self.blockSignals(True)
        self._found = found
        self._say_heads()
        self.setRowCount(len(found))
        for at, each in enumerate(found):
            self._fill(at, each)
        ids = [each.model.id for each in found]
        self.choose(before.model.id if before is not None and before.model.id in ids else active)
        self.blockSignals(False)

    def _say_heads(self) -> None:
        heads = ("", self.tr("Name"), self.tr("Sensors"), "AUROC", "AUPRO", "F1")
        rest = (self.tr("Time a part"), self.tr("Size"), self.tr("Trained on"), self.tr("Made"), "")
        self.set_heads((*heads, *rest))

    def _fill(self, at: int, found: ModelFacts) -> None:
        model = found.model
        figures = [model.figures.get(name) for name in _FIGURES]
        texts = (
            "",
            model.name,
            _sensors(model),
            *(f"{value:.3f}" if value is not None else "–" for value in figures),
            f"{found.seconds_a_part:.1f} s" if found.seconds_a_part is not None else "–",
            megabytes(found.size),
            str(model.trained_on),
            _when(model),
            self.tr("stale") if model.is_stale else "",
        )
        items = self.set_row(at, texts)
        name, token = ("star", "accent_text") if model.is_active else ("cube", "text2")
        items[0].setIcon(self._theme.icon(name, token, token, 14))
        items[0].setToolTip(self.tr("active") if model.is_active else "")
        items[1].setToolTip(model.remark or model.name)


def _sensors(model: ModelRecord) -> str:
    """By which it judges; by which it has learnt where its settings cannot be read."""
    try:
        return word(say_model_sensors(model))
    except WrongUse:
        return word(say_sensors(model.sensors))


def _when(model: ModelRecord) -> str:
    seconds = int(model.made.replace(tzinfo=UTC).timestamp())
    return QLocale().toString(QDateTime.fromSecsSinceEpoch(seconds), "yyyy-MM-dd HH:mm")
