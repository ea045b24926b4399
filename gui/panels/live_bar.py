"""The head of the live page: what is watched by which model, and the three buttons."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout

from core.state.live_state import LiveState
from core.state.session_state import SessionState
from gui.theme import Theme
from gui.tokens import Tokens
from gui.translator import word
from gui.widgets.live_widget import LiveWidget
from gui.widgets.text import button, label, restyle


class LiveBar(LiveWidget):
    """`act` carries "choose", "start", "pause" or "stop"; class and model are those of the session."""

    acted = Signal(str)
    class_chosen = Signal(str)
    model_chosen = Signal(int)

    def __init__(self, theme: Theme, state: LiveState, session: SessionState) -> None:
        super().__init__()
        self._theme, self._state, self._session = theme, state, session
        self.folder = QLineEdit()
        self.folder.setReadOnly(True)
        self.folder.setObjectName("editLiveFolder")
        self.choose = button("plain", "btnLiveFolder")
        self.classes, self.models = QComboBox(), QComboBox()
        self.classes.setObjectName("comboLiveClass")
        self.models.setObjectName("comboLiveModel")
        self.line = label("strong", "labelLiveLine")
        self._said = [label("quiet") for _ in range(3)]
        self.start = button("primary", "btnLiveStart")
        self.pause, self.stop = button("plain", "btnLivePause"), button("plain", "btnLiveStop")
        self._build()
        for made, what in (
            (self.choose, "choose"),
            (self.start, "start"),
            (self.pause, "pause"),
            (self.stop, "stop"),
        ):
            made.clicked.connect(lambda on=False, what=what: self.acted.emit(what))
        self.classes.activated.connect(lambda at: self.class_chosen.emit(str(self.classes.itemData(at))))
        self.models.activated.connect(lambda at: self.model_chosen.emit(int(self.models.itemData(at))))
        state.changed.connect(self.read)
        session.changed.connect(self.read)
        theme.changed.connect(self._on_theme)
        self.retranslate()
        self._on_theme(theme.tokens)

    def retranslate(self) -> None:
        """Set every word again."""
        for said, text in zip(
            self._said, (self.tr("Folder"), self.tr("Class"), self.tr("Model")), strict=True
        ):
            said.setText(text)
        self.folder.setAccessibleName(self.tr("Watched folder"))
        self.classes.setAccessibleName(self.tr("Class"))
        self.models.setAccessibleName(self.tr("Model"))
        self.choose.setText(self.tr("Choose"))
        self.stop.setText(self.tr("Stop"))
        self.read()

    def read(self) -> None:
        """What is watched while it is, what would be watched before."""
        state, session = self._state, self._session
        subject = state.subject if state.is_on else None
        self.folder.setText(subject.folder if subject else state.choice.folder)
        self.folder.setToolTip(self.folder.text())
        self.folder.setPlaceholderText(self.tr("no folder yet"))
        _fill(self.classes, [(word(name), name) for name in session.class_names], session.class_name)
        model = session.model
        rows: list[tuple[str, object]] = [(each.name, each.id) for each in session.models]
        _fill(self.models, rows or [(self.tr("none yet"), -1)], model.id if model else -1)
        if subject is not None:
            _fill(self.classes, [(word(subject.class_name), subject.class_name)], subject.class_name)
            _fill(self.models, [(subject.model_name, subject.model_id)], subject.model_id)
        for each in (self.classes, self.models, self.choose):
            each.setEnabled(subject is None and bool(session.models or each is not self.models))
        self.line.setText(f"T {subject.threshold:.4g}" if subject else "")
        self.line.setVisible(subject is not None)
        self._read_buttons()

    def _read_buttons(self) -> None:
        phase = self._state.phase
        is_ready = bool(self._state.choice.folder) and self._session.model is not None
        kind = "primary" if is_ready or phase != "stopped" else "plain"
        if self.start.property("kind") != kind:
            self.start.setProperty("kind", kind)
            restyle(self.start)
            self._on_theme(self._theme.tokens)
        self.start.setText(self.tr("Continue") if phase == "paused" else self.tr("Start"))
        self.pause.setText(self.tr("Pause"))
        self.start.setEnabled(phase in ("stopped", "paused") and is_ready)
        self.pause.setEnabled(phase in ("watching", "starting"))
        self.stop.setEnabled(phase in ("watching", "paused", "starting"))

    def _build(self) -> None:
        first, second = QHBoxLayout(), QHBoxLayout()
        for row in (first, second):
            row.setSpacing(8)
        folder, class_name, model = self._said
        for widget in (folder, self.folder, self.choose):
            first.addWidget(widget, 1 if widget is self.folder else 0)
        first.addSpacing(10)
        for widget in (self.start, self.pause, self.stop):
            first.addWidget(widget)
        for each in (class_name, self.classes, model, self.models, self.line):
            second.addWidget(each)
        second.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(first)
        column.addLayout(second)

    def _on_theme(self, look: Tokens) -> None:
        is_primary = self.start.property("kind") == "primary"
        self.start.setIcon(self._theme.icon("play", "on_accent" if is_primary else "text"))
        for combo in (self.classes, self.models):
            combo.setMinimumWidth(self._theme.px(130))


class AlarmBar(LiveWidget):
    """A yellow, red or quiet bar with a sentence; hidden where there is nothing to say."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.kind, self._theme = "", theme
        self.text = label("strong", "labelLiveAlarm", wraps=True)
        self.setObjectName("barLiveAlarm")
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 14, 8)
        row.addWidget(self.text, 1, Qt.AlignmentFlag.AlignVCenter)
        theme.changed.connect(self._dress)
        self.tell("", "")

    def tell(self, kind: str, text: str) -> None:
        """Kind "red", "yellow", "quiet", or "" for none."""
        self.kind = kind
        self.text.setText(text)
        self.setAccessibleName(text)
        self.setVisible(bool(kind))
        self._dress(self._theme.tokens)

    def _dress(self, look: Tokens) -> None:
        fill, ink = {"red": (look.ng, look.on_verdict), "yellow": (look.review, look.on_review)}.get(
            self.kind, (look.surface2, look.text)
        )
        self.setStyleSheet(f"AlarmBar {{ background: {fill}; border-radius: 6px; }}")
        self.text.setStyleSheet(f"color: {ink}; background: transparent;")
        restyle(self)


def _fill(combo: QComboBox, rows: list[tuple[str, object]], chosen: object) -> None:
    combo.clear()
    for text, value in rows:
        combo.addItem(text, value)
    combo.setCurrentIndex(combo.findData(chosen))
