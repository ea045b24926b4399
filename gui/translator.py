"""The window's languages: English in the code, the others from resources/translations, switched live."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject, QTranslator

from core.language import catalogue
from core.phrase import translated


class Translator(QTranslator):
    """Looks texts up by their English wording alone, so that a word has one translation everywhere."""

    def __init__(self, language: str = "en", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._table = catalogue(language)

    def isEmpty(self) -> bool:
        """Qt skips empty translators."""
        return not self._table

    def translate(self, context: str, text: str, hint: str | None = None, n: int = -1) -> str:
        """The text in this language, or as it stands."""
        return self._table.get(text, text)


class Languages(QObject):
    """Keeps the one translator of the application."""

    def __init__(self, application: QCoreApplication) -> None:
        super().__init__(application)
        self._application = application
        self._translator: Translator | None = None
        self.language = "en"

    def switch(self, language: str) -> None:
        """Speak that language from now on; every widget hears of it as a LanguageChange."""
        if self._translator is not None:
            self._application.removeTranslator(self._translator)
        self.language = language
        self._translator = Translator(language, self)
        self._application.installTranslator(self._translator)


def word(text: str) -> str:
    """A text or a phrase of core in the window's language."""
    return translated(text, lambda english: QCoreApplication.translate("", english))
