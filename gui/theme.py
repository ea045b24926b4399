"""The look in force: palette, style sheet, fonts and icons, all from the token table; switched live."""

from __future__ import annotations

import re
from dataclasses import asdict
from importlib.resources import files
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QIcon, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from core.paths import home
from core.settings import Theme as Wish
from gui.fonts import FACES, Role, font
from gui.icons import IconSet, write_tinted
from gui.tokens import ThemeName, Tokens, tokens

_GLYPHS = {
    "arrow_down": ("chevron_down", "text2"),
    "arrow_down_off": ("chevron_down", "text_off"),
    "arrow_up": ("chevron_up", "text2"),
    "branch_closed": ("chevron_right", "text2"),
    "branch_open": ("chevron_down", "text2"),
    "tick": ("check", "on_accent"),
    "tick_menu": ("check", "accent_text"),
    "menu_right": ("chevron_right", "text2"),
    "dot": ("dot", "accent"),
}


def faded(colour: str, share: float) -> QColor:
    """A colour at that opacity, 0 to 1."""
    made = QColor(colour)
    made.setAlphaF(share)
    return made


class Theme(QObject):
    """Tokens, fonts and icons of the moment; `changed` carries the tokens after a switch."""

    changed = Signal(object)

    def __init__(
        self, name: ThemeName = "dark", percent: int = 100, has_reduced_motion: bool = False
    ) -> None:
        super().__init__()
        self.name: ThemeName = name
        self.percent = percent
        self.has_reduced_motion = has_reduced_motion
        self.tokens: Tokens = tokens(name)
        self._icons = IconSet(self.tokens.text_off)

    def font(self, role: Role = "body", weight: int | None = None) -> QFont:
        """The font of that role at the user's size."""
        return font(role, self.percent, weight)

    def px(self, pixels: float) -> int:
        """A measure of the design at the user's size."""
        return round(pixels * self.percent / 100)

    def colour(self, token: str) -> str:
        """A token by its name."""
        found: str = getattr(self.tokens, token)
        return found

    def icon(self, name: str, token: str = "text2", on: str = "accent_text", size: int = 16) -> QIcon:
        """An icon in the colours of two tokens: at rest and checked."""
        return self._icons.icon(name, self.colour(token), self.colour(on), self.px(size))

    def apply(self, application: QApplication) -> None:
        """Give the whole application this look."""
        application.setStyle(QStyleFactory.create("Fusion"))
        self._dress(application)

    def switch(self, name: ThemeName, percent: int | None = None) -> None:
        """Change the look of everything on the screen, without a restart."""
        self.name, self.tokens = name, tokens(name)
        self.percent = percent or self.percent
        self._icons = IconSet(self.tokens.text_off)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            self._dress(application)
        self.changed.emit(self.tokens)

    def _dress(self, application: QApplication) -> None:
        application.setFont(self.font())
        application.setPalette(palette(self.tokens))
        application.setStyleSheet(style_sheet(self.tokens, self.percent, home() / "cache" / "glyphs"))


def wished(wish: Wish) -> ThemeName:
    """The theme that a setting means; "system" asks the desktop."""
    if wish != "system":
        return wish
    hints = QGuiApplication.styleHints()
    return "light" if hints.colorScheme() == Qt.ColorScheme.Light else "dark"


def palette(look: Tokens) -> QPalette:
    """The part of the look that widgets without a rule take."""
    made = QPalette()
    role = QPalette.ColorRole
    for which, colour in (
        (role.Window, look.surface0),
        (role.WindowText, look.text),
        (role.Base, look.field),
        (role.AlternateBase, look.surface1),
        (role.Text, look.text),
        (role.Button, look.surface2),
        (role.ButtonText, look.text),
        (role.ToolTipBase, look.dialog),
        (role.ToolTipText, look.text),
        (role.PlaceholderText, look.text2),
        (role.Highlight, look.accent_wash),
        (role.HighlightedText, look.text),
        (role.Link, look.accent_text),
        (role.Light, look.surface3),
        (role.Mid, look.line_strong),
        (role.Dark, look.line),
        (role.Shadow, look.surface0),
    ):
        made.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, which, QColor(look.text_off))
    return made


def style_sheet(look: Tokens, percent: int, glyph_folder: Path) -> str:
    """resources/style.qss with its places filled: @token, @28px, @body.pt, @glyph.name."""
    words: dict[str, str] = asdict(look)
    for name, (icon, token) in _GLYPHS.items():
        words[f"glyph.{name}"] = write_tinted(icon, words[token], glyph_folder).as_posix()
    for role, face in FACES.items():
        words[f"{role}.pt"] = f"{face.points * percent / 100:g}pt"

    def fill(match: re.Match[str]) -> str:
        word = match.group(1)
        if word.endswith("px"):
            return f"{round(float(word[:-2]) * percent / 100)}px"
        return words[word]

    template = (files("resources") / "style.qss").read_text(encoding="utf-8")
    return re.sub(r"@([a-z0-9_]+(?:\.[a-z_]+)?)", fill, template)
