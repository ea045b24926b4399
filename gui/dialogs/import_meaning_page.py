"""The third step of an import: the unit of the cloud, and which classes to take."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QRadioButton,
    QVBoxLayout,
)

from core.tasks.look_at_folder import FolderLook
from gui.theme import Theme
from gui.widgets.live_widget import LiveWidget
from gui.widgets.number_field import number_field
from gui.widgets.text import label, plain_scroll

UNITS = {"metre": 1.0, "millimetre": 0.001}


class MeaningPage(LiveWidget):
    """Says how large the part would be, so that a wrong unit is seen."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._look: FolderLook | None = None
        self.units = {key: QRadioButton() for key in (*UNITS, "other")}
        self.other: QDoubleSpinBox = number_field("spinUnit")
        self.classes_boxes: dict[str, QCheckBox] = {}
        self._unit_head, self._class_head = label("caption"), label("caption")
        self._size, self._doubt = label("strong"), label("fault", wraps=True)
        self._missing = label("small", wraps=True)
        self._rows = QVBoxLayout()
        self._build()
        self.retranslate()

    @property
    def metres_per_unit(self) -> float:
        """The unit of the clouds."""
        chosen = next((key for key, radio in self.units.items() if radio.isChecked()), "metre")
        return UNITS.get(chosen, self.other.value() / 1000)

    @property
    def classes(self) -> tuple[str, ...]:
        """The ticked ones; empty means all."""
        ticked = tuple(name for name, box in self.classes_boxes.items() if box.isChecked())
        return () if len(ticked) == len(self.classes_boxes) else ticked

    def retranslate(self) -> None:
        """Set every word again."""
        words = (self.tr("metre"), self.tr("millimetre"), self.tr("other, in mm:"))
        for radio, text in zip(self.units.values(), words, strict=True):
            radio.setText(text)
        self.other.setAccessibleName(self.tr("Millimetres in one unit"))
        self._unit_head.setText(self.tr("Unit of the cloud"))
        self._class_head.setText(self.tr("Classes to take"))
        self._missing.setText(
            self.tr("Points with a coordinate of exactly 0, or none at all, count as missing.")
        )
        self._read_size()

    def forget(self) -> None:
        """Another folder."""
        self._look = None
        self.units["metre"].setChecked(True)
        self._fill(())

    def show_look(self, look: FolderLook) -> None:
        """Offer the classes that were found, and the likelier unit at the first look."""
        if self._look is None and look.guess is not None:
            likely = next(
                (key for key, value in UNITS.items() if value == look.guess.metres_per_unit), "metre"
            )
            self.units[likely].setChecked(True)
        if self._look is None or self._look.found.classes != look.found.classes:
            self._fill(look.found.classes)
        self._look = look
        self._read_size()

    def _build(self) -> None:
        group, row = QButtonGroup(self), QHBoxLayout()
        row.setSpacing(14)
        for radio in self.units.values():
            group.addButton(radio)
            row.addWidget(radio)
            radio.toggled.connect(lambda _: self._read_size())
        self.units["metre"].setChecked(True)
        self.other.setValue(25.4)
        self.other.setFixedWidth(self._theme.px(96))
        self.other.valueChanged.connect(lambda _: self._read_size())
        row.addWidget(self.other)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(10)
        column.addWidget(self._unit_head)
        column.addLayout(row)
        column.addWidget(self._size)
        column.addWidget(self._doubt)
        column.addWidget(self._missing)
        column.addSpacing(8)
        column.addWidget(self._class_head)
        column.addWidget(plain_scroll(self._rows), 1)

    def _fill(self, names: tuple[str, ...]) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self.classes_boxes = {name: QCheckBox(name) for name in names}
        for box in self.classes_boxes.values():
            box.setChecked(True)
            self._rows.addWidget(box)
        self._rows.addStretch(1)

    def _read_size(self) -> None:
        self.other.setEnabled(self.units["other"].isChecked())
        size = self._look.size_units if self._look is not None else None
        for part in (self._unit_head, self._size, self._doubt, *self.units.values(), self.other):
            part.setVisible(size is not None)
        if size is None:
            return
        sides = [side * self.metres_per_unit * 1000 for side in size]
        text = self.tr("This part would be {size} mm").format(
            size=" × ".join(f"{side:.3g}" for side in sides)
        )
        self._size.setText(text)
        is_odd = not 4 <= max(sides) <= 1500
        self._doubt.setVisible(is_odd)
        self._doubt.setText(self.tr("That is an unusual size for a part. Is another unit meant?"))
