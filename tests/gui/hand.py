"""A user without a mouse: keys go to whatever has the keyboard, and Tab must reach what is wanted."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from gui.app import Product

MOST_TABS = 120


class Hand:
    """Types on the program's active window; never clicks."""

    def __init__(self, product: Product, qtbot: QtBot) -> None:
        self.product = product
        self.qtbot = qtbot

    @property
    def dialog(self) -> QDialog:
        """The dialog that is open, newest first."""
        return self.product.door.open[-1]

    def wake(self, window: QWidget | None = None) -> None:
        """Give the keyboard to a window, as the window manager of a desktop would."""
        target = window or self.product.window
        target.activateWindow()
        self.qtbot.waitUntil(target.isActiveWindow)

    def press(self, *keys: str) -> None:
        """Press keys one after another: "Ctrl+T", "Return", "Alt+Up"."""
        for name in keys:
            combination = QKeySequence(name)[0]
            target = QApplication.focusWidget() or QApplication.activeWindow() or self.product.window
            QTest.keyClick(target, combination.key(), combination.keyboardModifiers())
            self.qtbot.wait(10)

    def write(self, text: str) -> None:
        """Type words into the field that has the keyboard."""
        target = QApplication.focusWidget()
        assert target is not None
        self.press("Ctrl+A")
        QTest.keyClicks(target, text)

    def tab_to(self, widget: QWidget) -> None:
        """Press Tab until the widget, or something in it, has the keyboard."""
        for _ in range(MOST_TABS):
            focus = QApplication.focusWidget()
            if focus is not None and (focus is widget or widget.isAncestorOf(focus)):
                return
            self.press("Tab")
        raise AssertionError(f"Tab does not reach {widget.objectName() or widget}")

    def middle(self) -> None:
        """Go with F8 from panel to panel to what fills the middle: the views, or the workspace's page."""
        desk = self.product.window.build()
        for _ in range(12):
            middle, focus = desk.pages.currentWidget(), QApplication.focusWidget()
            if focus is not None and (middle is focus or middle.isAncestorOf(focus)):
                return
            self.press("F8")
        raise AssertionError("F8 does not reach the middle")
