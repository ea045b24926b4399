"""Training of a network that serves all classes: which one, from which classes, with which parameters."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QHBoxLayout, QWidget

from core.backbones.trained_versions import trained_versions
from core.backbones.weights import present, weight_file
from core.methods.pretraining import pretrain_config, pretraining
from core.tasks.pretrain_ahead import Lighter, PretrainPlan, lacks_parts, lighter_ones
from core.tasks.pretrain_here import CUTS, HERE, PretrainWish, name_of, seen_with, sensors_of
from gui.dialogs.framed_dialog import FramedDialog
from gui.dialogs.method_choice import missing_weights, present_weights, say_missing
from gui.dialogs.parameter_form import NAMES, ParameterForm
from gui.dialogs.pretrain_ahead_line import PretrainAheadLine
from gui.dialogs.train_scope import TrainScope
from gui.soon import soon
from gui.theme import Theme
from gui.translator import word
from gui.widgets.fitted_scroll import FittedScroll, fit_window
from gui.widgets.number_field import count_field
from gui.widgets.parameter_field import NARROW, WIDE
from gui.widgets.text import as_high_as_text, button, label

Plan = Callable[[PretrainWish], PretrainPlan]
_FOOT = 270


class PretrainDialog(FramedDialog):
    """`accepted` means: train `wish`; `helped` carries the keys of weights that are needed before.

    `plan` looks ahead; `begun` says whether a stopped training can be gone on with, `is_running` whether the
    training of that key runs or waits. `key` is the training to begin with; else the first that can run here.
    """

    helped = Signal(object)

    def __init__(
        self,
        theme: Theme,
        scope: TrainScope,
        plan: Plan,
        begun: Callable[[PretrainWish], bool],
        parent: QWidget | None = None,
        key: str = "",
        is_running: Callable[[str], bool] = lambda key: False,
    ) -> None:
        super().__init__(theme, "dialogPretrain", 616, parent)
        self._scope = scope
        self._plan = plan
        self._begun = begun
        self._is_running = is_running
        self._form: ParameterForm | None = None
        self.resume = False
        self.networks = QComboBox()
        self.classes = {each.name: QCheckBox(word(each.name)) for each in scope.classes}
        self.purpose = label("small", "labelPurpose", wraps=True)
        self.parts = count_field("fieldParts", 100_000)
        self.ahead = PretrainAheadLine(theme)
        self.fault = label("fault", "labelPretrainFault", wraps=True)
        self.weights = button(small=True)
        self._build()
        self._connect()
        self.choose(key or self._first_that_runs())
        self.train.setFocus()

    @property
    def key(self) -> str:
        """The chosen training's."""
        return str(self.networks.currentData())

    @property
    def form(self) -> ParameterForm:
        """The parameters of the chosen training."""
        assert self._form is not None
        return self._form

    @property
    def wish(self) -> PretrainWish:
        """What to train."""
        names = tuple(name for name, box in self.classes.items() if box.isChecked())
        parts = self.parts.value() if self._is_cut else 0
        return PretrainWish(self.key, names, self.form.config, parts)

    def choose(self, key: str) -> None:
        """Choose that training."""
        self.networks.setCurrentIndex(self.networks.findData(key))
        self._on_network()

    def read_weights(self) -> None:
        """Files of weights may have come or gone."""
        self._read()

    def _build(self) -> None:
        self.title.setText(self.tr("Train a network for all classes"))
        self.networks.setObjectName("comboNetwork")
        self.networks.setAccessibleName(self.tr("Network"))
        for key in HERE:
            self.networks.addItem(word(name_of(key)), key)
        self.networks.setFixedWidth(self._theme.px(WIDE + 96))
        self.parts.setFixedWidth(self._theme.px(NARROW))
        self.parts.setSpecialValueText(self.tr("all"))
        self.parts.setAccessibleName(self.tr("Parts of a class"))
        window = self.parentWidget()
        room = window.window().height() if window is not None else 900
        self.list = FittedScroll(max(self._theme.px(260), room - self._theme.px(_FOOT)))
        self.list.column.addLayout(self._choices())
        as_high_as_text(self.purpose)
        for part in (self.purpose, self.list, self.ahead):
            self.content.addWidget(part)
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

    def _choices(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnMinimumWidth(0, self._theme.px(NAMES))
        grid.setColumnStretch(4, 1)
        last = 1 + (len(self.classes) + 2) // 3
        names = {0: self.tr("Network"), 1: self.tr("Classes"), last: self.tr("Parts of a class")}
        for at, text in names.items():
            name = label("quiet")
            name.setText(text)
            grid.addWidget(name, at, 0)
        self._parts_name = name
        grid.addWidget(self.networks, 0, 1, 1, 4, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(self.parts, last, 1, 1, 4, Qt.AlignmentFlag.AlignLeft)
        for at, (key, box) in enumerate(self.classes.items()):
            box.setChecked(bool(self._scope.good([key])))
            box.setEnabled(bool(self._scope.good([key])))
            grid.addWidget(box, 1 + at // 3, 1 + at % 3)
        return grid

    def _connect(self) -> None:
        self.cancel.clicked.connect(self.reject)
        self.go_on.clicked.connect(self._on_go_on)
        self.train.clicked.connect(self.accept)
        self.networks.activated.connect(self._on_network)
        self.parts.valueChanged.connect(self._read)
        self.ahead.applied.connect(self._on_lighter)
        self.weights.clicked.connect(lambda: self.helped.emit(self._missing))
        for box in self.classes.values():
            box.toggled.connect(self._read)

    def _first_that_runs(self) -> str:
        there = present_weights()
        return next((key for key in HERE if not missing_weights(seen_with(key), there)), HERE[0])

    @property
    def _is_cut(self) -> bool:
        return pretraining(self.key).features == CUTS

    @property
    def _missing(self) -> tuple[str, ...]:
        return missing_weights(seen_with(self.key), present_weights())

    def _on_network(self, *_: object) -> None:
        usual = pretrain_config(pretraining(self.key))
        if self._form is not None:
            self._form.setParent(None)
            self._form.deleteLater()
        self._form = ParameterForm(self._theme, usual, usual=usual)
        self._form.changed.connect(self._read)
        self.list.column.addWidget(self._form)
        self.purpose.setText(word(pretraining(self.key).purpose))
        for part in (self._parts_name, self.parts):
            part.setVisible(self._is_cut)
        self._read()

    def _on_lighter(self, one: Lighter) -> None:
        if one.key != self.key:
            self.choose(one.key)
        self.form.show_config(one.config)
        self._read()

    def _read(self, *_: object) -> None:
        wish = self.wish
        plan = self._plan(wish) if wish.config is not None and wish.class_names else None
        reason = self._why_not(wish, plan)
        self.fault.setText(reason)
        self.fault.setVisible(bool(reason))
        self.weights.setVisible(bool(self._missing))
        self.train.setEnabled(not reason)
        self.go_on.setVisible(not reason and self._begun(wish))
        self.note.setText(self._outcome())
        lighter = lighter_ones(wish, plan) if plan is not None and plan.is_long else ()
        self.ahead.show_plan(plan, lighter)
        soon(self, self._fit)

    def _fit(self) -> None:
        fit_window(self.ahead)

    def _outcome(self) -> str:
        """What becomes of the result, and of the file that is there."""
        made = weight_file(pretraining(self.key).weights)
        known = trained_versions(made.key)
        if present(made) is not None and not any(one.is_used for one in known):
            return self.tr("The file in the library goes to the trash; models trained with it will need it.")
        number = 1 + max((one.number for one in known), default=0)
        if known:
            return self.tr("The result becomes version {number}; earlier ones are kept.").format(
                number=number
            )
        return self.tr("The result is put into the library.")

    def _why_not(self, wish: PretrainWish, plan: PretrainPlan | None) -> str:
        if wish.config is None:
            return self.tr("These settings do not go together.")
        if self._missing:
            return word(say_missing(self._missing))
        names = [name for name, box in self.classes.items() if box.isChecked()]
        if plan is None or not names:
            return self.tr("Choose at least one class.")
        if plan.left_out and not plan.parts:
            needs_colour = "rgb" in sensors_of(self.key)
            return self.tr("The parts need colour and 3D.") if needs_colour else self.tr("The parts need 3D.")
        if self._is_running(self.key):
            return self.tr("This network is being trained; see Jobs.")
        lacking = lacks_parts(wish, plan.parts)
        if lacking:
            return word(lacking)
        if plan.lacks_memory:
            return self.tr("This needs more memory than is free. A smaller batch or width takes less.")
        if plan.lacks_disk:
            return self.tr("The features need more room than the disk has. Take fewer classes.")
        return ""

    def _on_go_on(self) -> None:
        self.resume = True
        self.accept()
