"""What a report is about, in which forms, and where it goes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QWidget,
)

from core.phrase import Phrase, say
from core.report import Labels, Shows
from core.tasks.report_files import ReportForms
from gui.dialogs.framed_dialog import FramedDialog
from gui.theme import Theme
from gui.translator import word
from gui.widgets.badge import Badge
from gui.widgets.number_field import count_field
from gui.widgets.text import button, label

SUFFIXES = {"html": ".html", "pdf": ".pdf", "csv": ".csv", "json": ".json", "images": ""}
FORMS = {
    "html": say("HTML"),
    "pdf": say("PDF"),
    "csv": say("CSV"),
    "json": say("JSON"),
    "images": say("pictures"),
}
CHAPTERS = {
    "missed": say("missed defects"),
    "false_alarms": say("false alarms"),
    "regions": say("regions"),
    "overrides": say("overrides"),
}
LANGUAGES = ("en", "zh_CN")
LABELS: dict[Labels, Phrase] = {
    "truth": say("imported truth"),
    "reviewed": say("what people said"),
    "both": say("both, side by side"),
}
MOST_WORST = 200
AskPlace = Callable[[str, str], Path | None]


@dataclass(frozen=True)
class ReportScope:
    """What there is to report on: the shown class, all classes with a model, and the chosen parts.

    `optimistic` are the classes whose line was tuned on the reported data, `left_out` those without a model.
    """

    class_name: str
    class_names: tuple[str, ...]
    chosen: tuple[str, ...]
    optimistic: frozenset[str] = frozenset()
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReportDefaults:
    """What the dialog begins with."""

    path: Path
    language: str = "en"
    forms: tuple[str, ...] = ("html",)
    worst: int = 20
    anonymous: bool = False


class ReportDialog(FramedDialog):
    """objectName dialogReport; accepted means: the properties hold what is wanted."""

    def __init__(
        self,
        theme: Theme,
        scope: ReportScope,
        defaults: ReportDefaults,
        ask: AskPlace,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, "dialogReport", 660, parent)
        self._scope, self._ask = scope, ask
        self.this_class, self.whole = QRadioButton(), QRadioButton()
        self.these = QRadioButton()
        self._group = QButtonGroup(self)
        self.forms = {key: QCheckBox() for key in FORMS}
        self.chapters = {key: QCheckBox() for key in CHAPTERS}
        self.worst_on, self.worst = QCheckBox(), count_field("spinWorst", MOST_WORST)
        self.anonymous = QCheckBox()
        self.language, self.by = QComboBox(), QComboBox()
        self.target, self.browse = QLineEdit(), button("plain", "btnBrowseReport")
        self.warning, self.left_out = Badge(theme, "warning"), label("small", wraps=True)
        self._said = [label("quiet") for _ in range(4)]
        self._language_said, self._by_said = label("quiet"), label("quiet")
        self.leave, self.finish = self.add_button(), self.add_button(primary=True)
        self._name()
        self._build()
        self._read(defaults)
        self._connect()
        self.retranslate()
        self.finish.setDefault(True)
        self.finish.setAutoDefault(True)
        self.finish.setFocus()

    @property
    def class_names(self) -> tuple[str, ...]:
        """The classes that the report is about."""
        return self._scope.class_names if self.whole.isChecked() else (self._scope.class_name,)

    @property
    def samples(self) -> tuple[str, ...]:
        """The names of the chosen parts, none where it is about all."""
        return self._scope.chosen if self.these.isChecked() else ()

    @property
    def shows(self) -> Shows:
        """The chapters that are wanted."""
        on = {key: box.isChecked() for key, box in self.chapters.items()}
        return Shows(**on)

    @property
    def labels(self) -> Labels:
        """By what the figures are counted."""
        return tuple(LABELS)[self.by.currentIndex()]

    @property
    def strangest(self) -> int:
        """How many of the worst parts are shown."""
        return self.worst.value() if self.worst_on.isChecked() else 0

    @property
    def wanted_forms(self) -> ReportForms:
        """The files that are wanted."""
        return ReportForms(**{key: box.isChecked() for key, box in self.forms.items()})

    @property
    def path(self) -> Path:
        """The name of the page, whether or not it is written; the other files are named after it."""
        typed = Path(self.target.text().strip()).expanduser()
        return (
            typed.with_suffix(".html")
            if typed.suffix in SUFFIXES.values()
            else typed.with_name(f"{typed.name}.html")
        )

    def retranslate(self) -> None:
        """Set every word again."""
        scope = self._scope
        self.title.setText(self.tr("Report"))
        heads = (self.tr("What"), self.tr("As"), self.tr("Show"), self.tr("Write to"))
        for said, text in zip(self._said, heads, strict=True):
            said.setText(text)
        self.this_class.setText(word(say("this class ({name})", name=say(scope.class_name))))
        self.whole.setText(self.tr("whole project"))
        self.whole.setToolTip("" if self.whole.isEnabled() else self._no_other())
        count = len(scope.chosen)
        self.these.setText(
            self.tr("this sample") if count == 1 else word(say("these {count} samples", count=count))
        )
        for boxes, words in ((self.forms, FORMS), (self.chapters, CHAPTERS)):
            for key, box in boxes.items():
                box.setText(word(words[key]))
        self.worst_on.setText(self.tr("worst"))
        self.worst.setAccessibleName(self.tr("How many of the worst parts"))
        self.anonymous.setText(self.tr("no names of folders"))
        self._language_said.setText(self.tr("Language"))
        self.language.setAccessibleName(self.tr("Language"))
        self._by_said.setText(self.tr("Figures by"))
        self.by.setAccessibleName(self.tr("Figures by"))
        for row, text in enumerate(LABELS.values()):
            self.by.setItemText(row, word(text))
        self.target.setAccessibleName(self.tr("Write to"))
        self.browse.setText(self.tr("Browse"))
        self.leave.setText(self.tr("Cancel"))
        self.finish.setText(self.tr("Export"))
        self._read_choice()

    def _name(self) -> None:
        for widget, name in (
            (self.this_class, "radioClass"),
            (self.whole, "radioProject"),
            (self.these, "radioSamples"),
            (self.worst_on, "checkWorst"),
            (self.anonymous, "checkAnonymous"),
            (self.language, "comboReportLanguage"),
            (self.by, "comboReportLabels"),
            (self.target, "editTarget"),
            (self.warning, "badgeOptimistic"),
            (self.finish, "btnExport"),
        ):
            widget.setObjectName(name)
        for key, box in (self.forms | self.chapters).items():
            box.setObjectName(f"check_{key}")

    def _build(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(self._theme.px(18))
        grid.setVerticalSpacing(self._theme.px(12))
        grid.setColumnStretch(1, 1)
        rows = (
            (self.this_class, self.whole, self.these),
            tuple(self.forms.values()),
            (*self.chapters.values(),),
        )
        for at, widgets in enumerate(rows):
            grid.addWidget(self._said[at], 2 * at, 0)
            grid.addLayout(_across(*widgets), 2 * at, 1)
        for radio in rows[0]:
            self._group.addButton(radio)
        grid.addLayout(_across(self._by_said, self.by), 1, 1)
        grid.addLayout(_across(self._language_said, self.language), 3, 1)
        grid.addLayout(_across(self.worst_on, self.worst, self.anonymous), 5, 1)
        grid.addWidget(self._said[3], 6, 0)
        place = QHBoxLayout()
        place.setSpacing(8)
        place.addWidget(self.target, 1)
        place.addWidget(self.browse)
        grid.addLayout(place, 6, 1)
        self.content.addLayout(grid)
        self.content.addWidget(self.left_out)
        self.content.addWidget(self.warning)

    def _read(self, defaults: ReportDefaults) -> None:
        self.this_class.setChecked(True)
        self.whole.setEnabled(len(self._scope.class_names) > 1)
        self.these.setVisible(bool(self._scope.chosen))
        for key, box in self.forms.items():
            box.setChecked(key in defaults.forms)
        for box in self.chapters.values():
            box.setChecked(True)
        self.worst_on.setChecked(defaults.worst > 0)
        self.worst.setMinimum(1)
        self.worst.setValue(defaults.worst or 20)
        self.anonymous.setChecked(defaults.anonymous)
        self.by.addItems([""] * len(LABELS))
        self.language.addItems(["English", "简体中文"])
        self.language.setCurrentIndex(LANGUAGES.index(defaults.language))
        self.target.setText(str(defaults.path))

    def _connect(self) -> None:
        self._group.buttonToggled.connect(self._read_choice)
        for box in self.forms.values():
            box.toggled.connect(self._read_choice)
        self.worst_on.toggled.connect(self.worst.setEnabled)
        self.target.textChanged.connect(self._read_choice)
        self.browse.clicked.connect(self._on_browse)
        self.leave.clicked.connect(self.reject)
        self.finish.clicked.connect(self.accept)

    def _read_choice(self, *_: object) -> None:
        """Say what will be written, and why nothing can be written."""
        is_optimistic = bool(self._scope.optimistic & set(self.class_names))
        self.warning.set_text(self.tr("The threshold was tuned on the reported data – this will be written."))
        self.warning.setVisible(is_optimistic)
        self._say_left_out()
        nothing = not any(box.isChecked() for box in self.forms.values())
        nowhere = not self.target.text().strip() or not Path(self.target.text()).expanduser().is_absolute()
        self.finish.setEnabled(not nothing and not nowhere)
        if nothing:
            self.note.setText(self.tr("Choose at least one form."))
        elif nowhere:
            self.note.setText(self.tr("Say where to write it: a folder and a name."))
        elif self.path.exists():
            self.note.setText(
                self.tr("{name} is there already and will be replaced.").format(name=self.path.name)
            )
        else:
            self.note.setText("")

    def _say_left_out(self) -> None:
        """Which classes have no model, or why the whole project cannot be chosen."""
        names = ", ".join(word(name) for name in self._scope.left_out)
        if not self.whole.isEnabled():
            self.left_out.setText(self._no_other())
        else:
            self.left_out.setText(self.tr("Without a model and left out: {names}").format(names=names))
        self.left_out.setVisible(not self.whole.isEnabled() or (bool(names) and self.whole.isChecked()))

    def _no_other(self) -> str:
        return self.tr("The whole project cannot be chosen: no other class has a model.")

    def _on_browse(self) -> None:
        path = self._ask(self.tr("Where to write the report"), self.target.text())
        if path is not None:
            self.target.setText(str(path))


def language_at(dialog: ReportDialog) -> str:
    """The language that is chosen."""
    return LANGUAGES[dialog.language.currentIndex()]


def _across(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(16)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row
