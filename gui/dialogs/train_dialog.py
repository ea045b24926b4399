"""Which classes to train by which method, with which parameters; what that will take is told before."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QGridLayout, QHBoxLayout, QWidget

from core.methods.registry import Method
from core.phrase import say
from core.sample import Sensor
from core.tasks.look_ahead import Ahead, TrainWish
from gui.dialogs.ahead_line import AheadLine
from gui.dialogs.framed_dialog import FramedDialog
from gui.dialogs.method_card import MethodCard
from gui.dialogs.method_choice import choices, variant_reason, variant_reasons
from gui.dialogs.parameter_form import NAMES, ParameterForm
from gui.dialogs.train_scope import TrainScope
from gui.soon import soon
from gui.theme import Theme
from gui.translator import word
from gui.widgets.badge import Badge
from gui.widgets.fitted_scroll import FittedScroll
from gui.widgets.fold import Fold
from gui.widgets.text import label

_FOOT = 250
"""Height of everything but the list of methods."""


class TrainDialog(FramedDialog):
    """`accepted` means: train `wish`.

    `asked` carries wishes to look ahead at, whose answers come to `show_ahead`; `helped` the keys of weights
    that the user wants to get.
    """

    asked = Signal(object)
    helped = Signal(object)

    def __init__(self, theme: Theme, scope: TrainScope, parent: QWidget | None = None) -> None:
        super().__init__(theme, "dialogTrain", 616, parent)
        self._scope = scope
        self._form: ParameterForm | None = None
        self._ahead: dict[str, Ahead] = {}
        self._group = QButtonGroup(self)
        self.classes = {each.name: QCheckBox(word(each.name)) for each in scope.classes}
        self._count = label("small")
        self._sensors: dict[Sensor, Badge] = {"rgb": Badge(theme, "tick"), "xyz": Badge(theme, "tick")}
        self.cards = [MethodCard(theme, choice) for choice in choices(scope.sensors(scope.chosen))]
        self.advanced = Fold(theme, self.tr("Advanced"), "buttonAdvanced")
        self.ahead = AheadLine(theme)
        self.with_reviewed = QCheckBox()
        self.with_reviewed.setObjectName("checkReviewed")
        self._soon = QTimer(self, interval=150, singleShot=True)
        self._build()
        self._connect()
        self._begin()

    @property
    def class_names(self) -> tuple[str, ...]:
        """The ticked ones that have something to learn from."""
        ticked = [name for name, box in self.classes.items() if box.isChecked()]
        return tuple(name for name in ticked if self._scope.good([name]))

    @property
    def _named(self) -> tuple[str, ...]:
        """What the dialog speaks of: the classes asked for where none of them can be learnt from."""
        return self.class_names or self._scope.chosen

    @property
    def method(self) -> Method:
        """The chosen one."""
        return self._card.choice.method

    @property
    def form(self) -> ParameterForm:
        """The parameters of the chosen method."""
        assert self._form is not None
        return self._form

    @property
    def wish(self) -> TrainWish:
        """What to train."""
        takes_reviewed = self.with_reviewed.isChecked() and bool(self._scope.reviewed(self.class_names))
        return TrainWish(self.class_names, self.method.key, self.form.config, takes_reviewed)

    def read_weights(self) -> None:
        """Files of weights may have come or gone."""
        self._show_choices()
        self._ask(is_whole=True)

    def show_ahead(self, found: list[tuple[TrainWish, Ahead]]) -> None:
        """Show what was found out, as far as it still is what is wished."""
        for wish, ahead in found:
            card = next(card for card in self.cards if card.choice.method.key == wish.method)
            is_chosen = card.radio.isChecked()
            config = self.form.config if is_chosen else card.choice.config
            if wish.class_names == self.class_names and wish.config == config:
                card.show_ahead(ahead)
                self._ahead[wish.method] = ahead
                if is_chosen:
                    self.ahead.show_ahead(ahead)
        self._read()

    @property
    def _card(self) -> MethodCard:
        return next((card for card in self.cards if card.radio.isChecked()), self.cards[0])

    def _build(self) -> None:
        facts = QHBoxLayout()
        facts.setSpacing(12)
        facts.addWidget(self._count)
        for badge, text in zip(self._sensors.values(), (self.tr("RGB"), self.tr("3D")), strict=True):
            badge.set_text(text)
            facts.addWidget(badge, 0, Qt.AlignmentFlag.AlignVCenter)
        facts.addStretch(1)
        self.content.addLayout(facts)
        window = self.parentWidget()
        room = window.window().height() if window is not None else 900
        self.list = FittedScroll(max(self._theme.px(260), room - self._theme.px(_FOOT)))
        for card in self.cards:
            self._group.addButton(card.radio)
            self.list.column.addWidget(card)
        self.advanced.note.setText(self.tr("classes, seed, all parameters"))
        self.advanced.content.addLayout(self._class_boxes())
        self.list.column.addWidget(self.advanced)
        self.content.addWidget(self.list)
        self.content.addWidget(self.with_reviewed)
        self.content.addWidget(self.ahead)
        self.cancel = self.add_button()
        self.cancel.setText(self.tr("Cancel"))
        self.train = self.add_button(primary=True)
        self.train.setText(self.tr("Train"))
        self.train.setDefault(True)

    def _class_boxes(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        name = label("quiet")
        name.setText(self.tr("Classes"))
        grid.addWidget(name, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.setColumnMinimumWidth(0, self._theme.px(NAMES))
        grid.setColumnStretch(4, 1)
        for at, (key, box) in enumerate(self.classes.items()):
            box.setChecked(key in self._scope.chosen)
            box.setEnabled(bool(self._scope.good([key])))
            box.setToolTip(word(say("{count} good parts", count=self._scope.good([key]))))
            grid.addWidget(box, at // 3, 1 + at % 3)
        return grid

    def _connect(self) -> None:
        self._soon.timeout.connect(lambda: self._ask(is_whole=False))
        self.cancel.clicked.connect(self.reject)
        self.train.clicked.connect(self.accept)
        self.ahead.applied.connect(lambda name, value: self.form.set_value(name, value))
        for card in self.cards:
            card.helped.connect(self.helped)
            card.radio.toggled.connect(self._on_method)
        for box in self.classes.values():
            box.toggled.connect(self._on_classes)

    def _begin(self) -> None:
        wished = self._scope.wish
        best = [card.choice.method.key for card in self.cards if card.choice.is_recommended]
        key = wished.method if wished else next(iter(best), "")
        for card in self.cards:
            if card.choice.method.key == key and not card.choice.blocked:
                card.radio.setChecked(True)
        self.with_reviewed.setChecked(wished is not None and wished.with_reviewed)
        self._show_form(wished.config if wished else self._card.choice.config)
        self.advanced.open(wished is not None)
        self._read()
        self.train.setFocus()
        soon(self, lambda: self._ask(is_whole=True))

    def _show_form(self, config: Any) -> None:
        if self._form is not None:
            self._form.setParent(None)
            self._form.deleteLater()
        self._form = ParameterForm(self._theme, config)
        self._form.changed.connect(self._on_form)
        self.advanced.content.addWidget(self._form)
        self._grey_variants()

    def _grey_variants(self) -> None:
        config, sensors = self.form.config, self._scope.sensors(self._named)
        if config is None:
            return
        for name, reasons in variant_reasons(self.method, config, sensors).items():
            self.form.allow(name, {value: word(why) for value, why in reasons.items()})

    def _show_choices(self) -> None:
        for card, choice in zip(self.cards, choices(self._scope.sensors(self._named)), strict=True):
            card.show_choice(choice)
        usable = [card for card in self.cards if not card.choice.blocked]
        if usable and self._card.choice.blocked:
            usable[0].radio.setChecked(True)
        self._grey_variants()

    def _on_method(self, on: bool) -> None:
        if on:
            self._show_form(self._card.choice.config)
            self.ahead.show_ahead(self._ahead.get(self.method.key))
            self._on_form()

    def _on_classes(self) -> None:
        self._ahead.clear()
        self._show_choices()
        self._ask(is_whole=True)

    def _on_form(self) -> None:
        if self.form.config is not None:
            self._grey_variants()
            self.ahead.wait()
            self._soon.start()
        self._read()

    def _ask(self, is_whole: bool) -> None:
        """Look ahead for the chosen method, or for all that can run."""
        names = self.class_names
        wishes = [self.wish] if self.form.config is not None else []
        others = [card.choice for card in self.cards if card is not self._card and not card.choice.blocked]
        if is_whole:
            wishes += [TrainWish(names, choice.method.key, choice.config) for choice in others]
        if names and wishes:
            self.asked.emit(wishes)
        self._read()

    def _read(self) -> None:
        """Title, facts, and whether it may begin."""
        names = self._named
        one = word(say("Train {name}", name=say(names[0]))) if len(names) == 1 else ""
        self.title.setText(one or word(say("Train {count} classes", count=len(names))))
        self._count.setText(word(say("{count} good parts", count=self._scope.good(names))))
        reviewed = self._scope.reviewed(names)
        self.with_reviewed.setVisible(bool(reviewed))
        text = say("Learn also from {count} false alarms that people called OK", count=reviewed)
        self.with_reviewed.setText(word(text))
        self.with_reviewed.setToolTip(self.tr("They then are no longer part of the test of this model."))
        sensors = self._scope.sensors(names)
        for sensor, badge in self._sensors.items():
            badge.set_text(badge.text(), "tick" if sensor in sensors else "missing")
            badge.setVisible(bool(self.class_names))
        self.ahead.setVisible(bool(self.class_names))
        reason = self._why_not(self.class_names)
        self.train.setEnabled(not reason)
        self.note.setText(reason or self.tr("Other work goes on while this trains."))

    def _why_not(self, names: tuple[str, ...]) -> str:
        if not names:
            return self.tr("There are no good parts to learn from; import some first.")
        if self.form.config is None:
            return self.tr("These settings do not go together.")
        if self._card.choice.blocked:
            return self.tr("No method can run here.")
        lacking = variant_reason(self.method, self.form.config, self._scope.sensors(names))
        if lacking:
            return word(lacking)
        ahead = self._ahead.get(self.method.key)
        return self.tr("This will not fit on this machine.") if ahead is not None and ahead.refusal else ""
