"""The day in a few steps, each with the action that begins it."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from core.phrase import say
from gui.actions import Actions
from gui.dialogs.framed_dialog import FramedDialog
from gui.theme import Theme
from gui.translator import word
from gui.widgets.text import button, label

STEPS = (
    ("file.import", say("Bring your parts in: drop a folder, or import it. The check says what is wrong.")),
    ("run.preprocess", say("Look whether the background is taken away and the size in mm is right.")),
    ("run.train", say("Train the class on good parts. Time and memory are told before.")),
    ("run.inspect_all", say("Inspect all parts; results appear one by one, the shown part first.")),
    ("nav.next", say("Look at the worst parts first. The cross marks the same spot in every view.")),
    ("view.workspace_2", say("Drag the line between good and bad; the counts follow.")),
    ("review.ng", say("Overrule the machine where it is wrong; everything can be undone.")),
)


class HelpDialog(FramedDialog):
    """Each step can be taken at once; what cannot be done yet says why."""

    def __init__(self, theme: Theme, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(theme, "dialogHelp", 620, parent)
        self.title.setText(self.tr("What to do first"))
        self.note.setText(self.tr("Ctrl+K finds every action. Shift+F1 lists the keys."))
        self.starts: list[QPushButton] = []
        for number, (action_id, words) in enumerate(STEPS, 1):
            self.content.addLayout(self._step(actions, number, action_id, word(words)))
        self.finish = self.add_button(primary=True)
        self.finish.setText(self.tr("Close"))
        self.finish.clicked.connect(self.accept)

    def _step(self, actions: Actions, number: int, action_id: str, text: str) -> QHBoxLayout:
        action = actions[action_id]
        row = QHBoxLayout()
        row.setSpacing(12)
        figure = label("figure")
        figure.setText(str(number))
        figure.setFixedWidth(self._theme.px(18))
        words = QVBoxLayout()
        words.setSpacing(0)
        said, keys = label("body", wraps=True), label("small")
        said.setText(text)
        native = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        keys.setText(native if action.isEnabled() else word(actions.reason(action_id)))
        words.addWidget(said)
        words.addWidget(keys)
        start = button()
        start.setText(action.text())
        start.setEnabled(action.isEnabled())
        start.clicked.connect(self.accept)
        start.clicked.connect(action.trigger)
        self.starts.append(start)
        row.addWidget(figure)
        row.addLayout(words, 1)
        row.addWidget(start)
        return row
