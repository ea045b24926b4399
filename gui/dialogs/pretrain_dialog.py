"""Training of a network that serves all classes: from which classes, with which parameters."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QHBoxLayout, QWidget

from core.backbones.weights import present, weight_file
from core.methods.pretraining import pretrain_config, pretraining
from core.phrase import say
from core.tasks.pretrain_here import HERE, SEEN_WITH, PretrainWish, lacks_parts
from core.tasks.save_features import FeaturePlan
from gui.dialogs.framed_dialog import FramedDialog
from gui.dialogs.method_choice import missing_weights, present_weights, say_missing
from gui.dialogs.parameter_form import NAMES, ParameterForm
from gui.dialogs.train_scope import TrainScope
from gui.theme import Theme
from gui.translator import word
from gui.weights_work import megabytes
from gui.widgets.fitted_scroll import FittedScroll
from gui.widgets.parameter_field import WIDE
from gui.widgets.text import button, label

Plan = Callable[[PretrainWish], FeaturePlan]
_FOOT = 230


class PretrainDialog(FramedDialog):
    """`accepted` means: train `wish`; `helped` carries the keys of weights that are needed before.

    `plan` counts parts and bytes; `begun` says whether a stopped training can be gone on with.
    """

    helped = Signal(object)

    def __init__(
        self,
        theme: Theme,
        scope: TrainScope,
        plan: Plan,
        begun: Callable[[PretrainWish], bool],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, "dialogPretrain", 616, parent)
        self._scope = scope
        self._plan = plan
        self._begun = begun
        self.resume = False
        self.networks = QComboBox()
        self.classes = {each.name: QCheckBox(word(each.name)) for each in scope.classes}
        self.told, self.fault = label("small", "labelAhead", wraps=True), label("fault", wraps=True)
        self.weights = button(small=True)
        self._build()
        self._connect()
        self._read()
        self.train.setFocus()

    @property
    def wish(self) -> PretrainWish:
        """What to train."""
        names = tuple(name for name, box in self.classes.items() if box.isChecked())
        return PretrainWish(self.networks.currentData(), names, self.form.config)

    def read_weights(self) -> None:
        """Files of weights may have come or gone."""
        self._read()

    def _build(self) -> None:
        self.title.setText(self.tr("Train a network for all classes"))
        self.networks.setObjectName("comboNetwork")
        self.networks.setAccessibleName(self.tr("Network"))
        self.networks.setFixedWidth(self._theme.px(WIDE))
        for row in map(pretraining, HERE):
            self.networks.addItem(word(weight_file(row.weights).title), row.key)
        self.form = ParameterForm(self._theme, pretrain_config(pretraining(self.networks.currentData())))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnMinimumWidth(0, self._theme.px(NAMES))
        grid.setColumnStretch(4, 1)
        for at, text in enumerate((self.tr("Network"), self.tr("Classes"))):
            name = label("quiet")
            name.setText(text)
            grid.addWidget(name, at, 0)
        grid.addWidget(self.networks, 0, 1, 1, 4, Qt.AlignmentFlag.AlignLeft)
        for at, (key, box) in enumerate(self.classes.items()):
            box.setChecked(bool(self._scope.good([key])))
            box.setEnabled(bool(self._scope.good([key])))
            grid.addWidget(box, 1 + at // 3, 1 + at % 3)
        window = self.parentWidget()
        room = window.window().height() if window is not None else 900
        self.list = FittedScroll(max(self._theme.px(260), room - self._theme.px(_FOOT)))
        self.list.column.addLayout(grid)
        self.list.column.addWidget(self.form)
        self.content.addWidget(self.list)
        self.content.addWidget(self.told)
        below = QHBoxLayout()
        below.addWidget(self.fault, 1)
        below.addWidget(self.weights)
        self.content.addLayout(below)
        self.cancel = self.add_button()
        self.go_on = self.add_button()
        self.train = self.add_button(primary=True)
        self.cancel.setText(self.tr("Cancel"))
        self.go_on.setText(self.tr("Continue the stopped one"))
        self.train.setText(self.tr("Train"))
        self.weights.setText(self.tr("Checkpoints"))

    def _connect(self) -> None:
        self.cancel.clicked.connect(self.reject)
        self.go_on.clicked.connect(self._on_go_on)
        self.train.clicked.connect(self.accept)
        self.form.changed.connect(self._read)
        self.weights.clicked.connect(lambda: self.helped.emit(self._missing))
        for box in self.classes.values():
            box.toggled.connect(self._read)

    @property
    def _missing(self) -> tuple[str, ...]:
        return missing_weights(SEEN_WITH, present_weights())

    def _read(self) -> None:
        reason = self._why_not()
        self.fault.setText(reason)
        self.fault.setVisible(bool(reason))
        self.weights.setVisible(bool(self._missing))
        self.train.setEnabled(not reason)
        self.go_on.setVisible(not reason and self._begun(self.wish))
        made = weight_file(pretraining(self.wish.key).weights)
        replaces = self.tr("The file in the library goes to the trash; models trained with it will need it.")
        kept = self.tr("The result is put into the library.")
        self.note.setText(replaces if present(made) is not None else kept)
        self._tell_ahead()

    def _tell_ahead(self) -> None:
        plan = self._plan(self.wish)
        self.told.setText(
            word(
                say(
                    "{count} good parts · features {need} of {free} free",
                    count=len(plan.records),
                    need=megabytes(plan.bytes_left),
                    free=megabytes(plan.bytes_free),
                )
            )
        )

    def _why_not(self) -> str:
        wish = self.wish
        if wish.config is None:
            return self.tr("These settings do not go together.")
        if self._missing:
            return word(say_missing(self._missing))
        if "rgb" not in self._sensors or "xyz" not in self._sensors:
            return self.tr("The parts need colour and 3D.")
        return word(lacks_parts(wish, self._scope.good(wish.class_names)))

    @property
    def _sensors(self) -> frozenset[str]:
        names = [name for name, box in self.classes.items() if box.isChecked()]
        return frozenset(self._scope.sensors(names)) if names else frozenset({"rgb", "xyz"})

    def _on_go_on(self) -> None:
        self.resume = True
        self.accept()
