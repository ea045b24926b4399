"""How the parts of a class are prepared, seen on eight of them before it is used."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSlider, QSpinBox, QVBoxLayout, QWidget

from core.phrase import say
from core.preprocess.config import DEFAULTS, MOST_CROP, PreprocessConfig
from core.tasks.try_preprocess import Trial
from gui.dialogs.framed_dialog import FramedDialog
from gui.dialogs.trial_pictures import SHOWS, has_cloud, pictures
from gui.dialogs.trial_row import TrialRow
from gui.theme import Theme
from gui.translator import word
from gui.widgets.before_after import BeforeAfter
from gui.widgets.fold import Fold
from gui.widgets.number_field import count_field
from gui.widgets.segmented import Segmented
from gui.widgets.switch import Switch
from gui.widgets.text import button, figure_label, label

COUNT = 8
SIDES = ("left", "right", "top", "bottom")
CAUSES = (
    say("The background is no plane, or the part reaches the edge of the picture."),
    say("The unit of the cloud is wrong, so that the distances in mm do not fit."),
    say("The part is thinner than the plane distance; make that smaller."),
)


class PreprocessDialog(FramedDialog):
    """objectName dialogPreprocess; `accepted` means: use `config` for the class.

    `asked` wants trials of `config` on the samples of round `turn`; they come to `show_trials`.
    """

    asked = Signal()

    def __init__(
        self, theme: Theme, class_name: str, config: PreprocessConfig, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, "dialogPreprocess", 860, parent)
        self._class_name = class_name
        self.config = config
        self.turn = 0
        self.trials: list[Trial] = []
        self._at = 0
        self.view = BeforeAfter(theme)
        self.looks = Segmented(theme, "segmentPreview")
        self.crops = {side: _percent(side) for side in SIDES}
        self.background = Switch(theme, "checkBackground")
        self.largest = Switch(theme, "checkLargest")
        self.square = Switch(theme, "checkSquare")
        self.distance, self.points = _slider("sliderPlane", 1, 40), _slider("sliderPoints", 1, 100)
        self._figures = {"distance": figure_label("fact"), "points": figure_label("fact")}
        self._names: dict[str, QLabel] = {}
        self._controls: dict[str, QWidget] = {
            "background": self.background,
            "distance": self.distance,
            "largest": self.largest,
            "points": self.points,
            "square": self.square,
        }
        self._summary, self._words = label("strong", wraps=True), label("small", wraps=True)
        self.row = TrialRow(theme, COUNT)
        self.others = button("bar")
        self.help = Fold(theme, self.tr("Looks wrong?"), "buttonLooksWrong")
        self.reset, self.leave, self.use = self.add_button(), self.add_button(), self.add_button(primary=True)
        self._soon = QTimer(self, singleShot=True, interval=250)
        self._build()
        self._connect()
        self.retranslate()
        self._read()

    def retranslate(self) -> None:
        """Set every word again."""
        self.title.setText(word(say("Preprocessing of {name}", name=say(self._class_name))))
        words = {
            "crop": self.tr("Crop left, right, top, bottom"),
            "background": self.tr("Remove the background"),
            "distance": self.tr("Plane distance"),
            "largest": self.tr("Keep the largest piece"),
            "points": self.tr("Points that hold a piece together"),
            "square": self.tr("Pad to a square"),
        }
        for key, name in self._names.items():
            name.setText(words[key])
            if key in self._controls:
                self._controls[key].setAccessibleName(words[key])
        sides = {
            "left": self.tr("Crop on the left"),
            "right": self.tr("Crop on the right"),
            "top": self.tr("Crop at the top"),
            "bottom": self.tr("Crop at the bottom"),
        }
        for side, field in self.crops.items():
            field.setAccessibleName(sides[side])
            field.setToolTip(sides[side])
        self.view.set_words(self.tr("before"), self.tr("after"))
        self.view.setAccessibleName(self.tr("Before and after"))
        self.looks.set_words({"rgb": "RGB", "height": self.tr("Height"), "3d": "3D"})
        self.others.setText(self.tr("Other eight"))
        self.reset.setText(self.tr("Reset"))
        self.leave.setText(self.tr("Cancel"))
        self.use.setText(self.tr("Use for the class"))
        self.note.setText(self.tr("The files themselves are never changed."))

    def show_trials(self, trials: list[Trial]) -> None:
        """Show parts as they would become."""
        self.trials = trials
        self._at = min(self._at, max(0, len(trials) - 1))
        self.row.show_trials(trials, self._at)
        self._show_trial()

    def _build(self) -> None:
        for key, text in (("rgb", "RGB"), ("height", "height"), ("3d", "3D")):
            self.looks.add(key, word=text)
        self.view.setFixedSize(self._theme.px(460), self._theme.px(400))
        for line in CAUSES:
            cause = label("small", wraps=True)
            cause.setText(f"·  {word(line)}")
            self.help.content.addWidget(cause)
        right = QVBoxLayout()
        right.setSpacing(10)
        right.addLayout(self._grid())
        right.addSpacing(6)
        right.addWidget(self._summary)
        right.addWidget(self._words)
        right.addStretch(1)
        right.addWidget(self.help)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.view)
        below = QHBoxLayout()
        below.addWidget(self.row)
        below.addStretch(1)
        below.addWidget(self.others)
        below.addWidget(self.looks)
        left.addLayout(below)
        across = QHBoxLayout()
        across.setSpacing(self._theme.px(20))
        across.addLayout(left)
        across.addLayout(right, 1)
        self.content.addLayout(across)

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setVerticalSpacing(10)
        grid.setHorizontalSpacing(12)
        grid.setColumnStretch(0, 1)
        self._names["crop"] = label("quiet")
        grid.addWidget(self._names["crop"], 0, 0, 1, 2)
        fields = QHBoxLayout()
        fields.setSpacing(6)
        for field in self.crops.values():
            fields.addWidget(field, 1)
        grid.addLayout(fields, 1, 0, 1, 2)
        row = 2
        for key, control in self._controls.items():
            self._names[key] = label("quiet", wraps=True)
            grid.addWidget(self._names[key], row, 0)
            if isinstance(control, QSlider):
                grid.addWidget(self._figures[key], row, 1)
                grid.addWidget(control, row + 1, 0, 1, 2)
                row += 2
            else:
                grid.addWidget(control, row, 1, Qt.AlignmentFlag.AlignRight)
                row += 1
        return grid

    def _connect(self) -> None:
        for side, field in self.crops.items():
            field.valueChanged.connect(partial(self._crop, side))
        self.background.toggled.connect(lambda on: self._change(remove_background=on))
        self.largest.toggled.connect(lambda on: self._change(keep_largest_piece=on))
        self.square.toggled.connect(lambda on: self._change(pad_to_square=on))
        self.distance.valueChanged.connect(lambda halves: self._change(plane_distance_mm=halves / 2))
        self.points.valueChanged.connect(lambda count: self._change(cluster_points=count))
        self.looks.chosen.connect(lambda _: self._show_trial())
        self.row.chosen.connect(self._on_chosen)
        self.others.clicked.connect(self._on_others)
        self.reset.clicked.connect(lambda: self._take(DEFAULTS))
        self.leave.clicked.connect(self.reject)
        self.use.clicked.connect(self.accept)
        self._soon.timeout.connect(self.asked)

    def _change(self, **values: Any) -> None:
        self._take(replace(self.config, **values))

    def _crop(self, side: str, percent: int) -> None:
        self._change(**{f"crop_{side}": percent})

    def _take(self, config: PreprocessConfig) -> None:
        if config != self.config:
            self.config = config
            self._read()
            self._soon.start()

    def _read(self) -> None:
        config = self.config
        crops = {side: getattr(config, f"crop_{side}") for side in SIDES}
        for pair in (SIDES[:2], SIDES[2:]):
            for side, other in (pair, pair[::-1]):
                self.crops[side].setMaximum(MOST_CROP - crops[other])
                self.crops[side].setValue(crops[side])
        self.background.setChecked(config.remove_background)
        self.largest.setChecked(config.keep_largest_piece)
        self.square.setChecked(config.pad_to_square)
        self.distance.setValue(round(config.plane_distance_mm * 2))
        self.points.setValue(config.cluster_points)
        self._figures["distance"].setText(f"{config.plane_distance_mm:.1f} mm")
        self._figures["points"].setText(str(config.cluster_points))
        for part in (self.distance, self.largest, self.points):
            part.setEnabled(config.remove_background)

    def _show_trial(self) -> None:
        if not self.trials:
            return
        trial = self.trials[self._at]
        self.looks.segment("3d").setEnabled(has_cloud(trial))
        if self.looks.current == "3d" and not has_cloud(trial):
            self.looks.choose("rgb")
        show = next((each for each in SHOWS if each == self.looks.current), SHOWS[0])
        look = self._theme.tokens
        self.view.show_pictures(pictures(trial, show, look.review, look.canvas))
        prepared = trial.prepared
        kept = (
            ""
            if prepared is None
            else self.tr("kept {share} %").format(share=round(prepared.kept_share * 100))
        )
        size = prepared.size_mm if prepared is not None else None
        parts = [" × ".join(f"{side:.3g}" for side in size) + " mm" if size else "", kept]
        self._summary.setText("  ·  ".join(part for part in parts if part))
        notes = (
            [word(note.text) for note in prepared.notes] if prepared is not None else [word(trial.failure)]
        )
        self._words.setText("\n".join([trial.record.name, *notes]))

    def _on_chosen(self, at: int) -> None:
        self._at = at
        self._show_trial()

    def _on_others(self) -> None:
        self.turn += 1
        self.asked.emit()


def _percent(side: str) -> QSpinBox:
    made = count_field(f"spinCrop{side.title()}", MOST_CROP)
    made.setSuffix(" %")
    made.setKeyboardTracking(False)
    return made


def _slider(name: str, low: int, high: int) -> QSlider:
    made = QSlider(Qt.Orientation.Horizontal)
    made.setObjectName(name)
    made.setRange(low, high)
    return made
