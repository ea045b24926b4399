"""The second line of the window: workspace, class, model, and the two things a beginner does."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QToolButton

from core.state.session_state import SessionState
from gui.actions import Actions
from gui.theme import Theme
from gui.tokens import Tokens
from gui.translator import word
from gui.widgets.live_widget import LiveWidget
from gui.widgets.segmented import Segmented
from gui.widgets.text import button, label, restyle, upright
from gui.workspace_table import WORKSPACES

NARROW = 900


class TopBar(LiveWidget):
    """44 high. Writes nothing itself: `class_chosen` carries a name, `model_chosen` a number."""

    class_chosen = Signal(str)
    model_chosen = Signal(int)

    def __init__(self, theme: Theme, session: SessionState, actions: Actions) -> None:
        super().__init__()
        self._theme = theme
        self._session = session
        self._actions = actions
        self.setObjectName("topBar")
        self.workspaces = Segmented(theme, "tabsWorkspace")
        for row in WORKSPACES:
            self.workspaces.add(row.key, row.key, row.key)
        self._class_name, self._model_name = label("quiet"), label("quiet")
        self.classes = _combo("comboClass", theme.px(148))
        self.models = _combo("comboModel", theme.px(176))
        self.train = button("plain", "btnTrain")
        self.inspect_all = button("primary", "btnInspectAll")
        self._gear = QToolButton()
        self._gear.setDefaultAction(actions["app.settings"])
        self._build()
        self.classes.activated.connect(lambda at: self.class_chosen.emit(self.classes.itemData(at)))
        self.models.activated.connect(self._on_model)
        self.train.clicked.connect(actions["run.train"].trigger)
        self.inspect_all.clicked.connect(actions["run.inspect_all"].trigger)
        actions["run.train"].changed.connect(self._read_actions)
        actions["run.inspect_all"].changed.connect(self._read_actions)
        for number, _ in enumerate(WORKSPACES, start=1):
            actions[f"view.workspace_{number}"].changed.connect(self._read_actions)
        session.changed.connect(self._read_state)
        theme.changed.connect(self._on_theme)
        self._on_theme(theme.tokens)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every word again."""
        words = {
            "inspect": self.tr("Inspect"),
            "tune": self.tr("Tune"),
            "review": self.tr("Review"),
            "compare": self.tr("Compare"),
            "live": self.tr("Live"),
        }
        self.workspaces.set_words(words)
        self._class_name.setText(self.tr("Class"))
        self._model_name.setText(self.tr("Model"))
        self.classes.setAccessibleName(self.tr("Class"))
        self.models.setAccessibleName(self.tr("Model"))
        self.train.setText(self.tr("Train"))
        self._read_state()

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.workspaces)
        row.addStretch(1)
        row.addWidget(self._class_name)
        row.addWidget(self.classes)
        row.addSpacing(6)
        row.addWidget(self._model_name)
        row.addWidget(self.models)
        row.addSpacing(10)
        row.addWidget(upright(self._theme.px(16)))
        row.addSpacing(10)
        row.addWidget(self.train)
        row.addWidget(self.inspect_all)
        row.addWidget(self._gear)

    def _read_state(self) -> None:
        session = self._session
        self.classes.clear()
        for name in session.class_names:
            self.classes.addItem(word(name), name)
        self.classes.setCurrentIndex(self.classes.findData(session.class_name))
        self.models.clear()
        for model in session.models:
            self.models.addItem(model.name, model.id)
        if session.model is not None:
            self.models.setCurrentIndex(self.models.findData(session.model.id))
        else:
            self.models.addItem(self.tr("none yet"), -1)
        self.models.setEnabled(bool(session.models))
        self.classes.setEnabled(bool(session.records))
        has_model = session.model is not None
        self.inspect_all.setText(self.tr("Inspect all") if has_model else self.tr("Train and inspect"))
        self._read_actions()

    def _read_actions(self) -> None:
        for made, action_id in ((self.train, "run.train"), (self.inspect_all, "run.inspect_all")):
            action = self._actions[action_id]
            made.setEnabled(action.isEnabled())
            made.setToolTip(action.toolTip())
        for number, row in enumerate(WORKSPACES, start=1):
            action, segment = self._actions[f"view.workspace_{number}"], self.workspaces.segment(row.key)
            segment.setEnabled(action.isEnabled())
            segment.setToolTip(action.toolTip())

    def yield_primary(self, has_own: bool) -> None:
        """A page with a filled button of its own leaves none in the bar."""
        kind = "plain" if has_own else "primary"
        if self.inspect_all.property("kind") == kind:
            return
        self.inspect_all.setProperty("kind", kind)
        restyle(self.inspect_all)
        self._on_theme(self._theme.tokens)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the workspaces give up their words, the combos some of their width."""
        wide, px = event.size().width(), self._theme.px
        self.workspaces.set_short(wide < px(1180))
        for combo, width in ((self.classes, 148), (self.models, 176)):
            combo.setMinimumWidth(px(width if wide > px(NARROW) else 104))
        super().resizeEvent(event)

    def _on_model(self, at: int) -> None:
        number = self.models.itemData(at)
        if number is not None and number >= 0:
            self.model_chosen.emit(number)

    def _on_theme(self, look: Tokens) -> None:
        self.setFixedHeight(self._theme.px(44))
        is_filled = self.inspect_all.property("kind") == "primary"
        self.inspect_all.setIcon(self._theme.icon("play", "on_accent" if is_filled else "text"))
        self._gear.setIcon(self._theme.icon("gear"))


def _combo(name: str, wide: int) -> QComboBox:
    made = QComboBox()
    made.setObjectName(name)
    made.setMinimumWidth(wide)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    return made
