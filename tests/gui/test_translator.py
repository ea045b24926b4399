"""Every visible word has a Chinese one, nothing is translated that nobody says, and places stay filled."""

from __future__ import annotations

import ast
import string
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from core.backbones.weights import WEIGHTS
from core.datasets.demo.families.family import family_named
from core.datasets.demo.plan import known_classes
from core.language import catalogue
from core.methods.registry import METHODS
from core.phrase import say
from gui.action_table import ACTIONS, MENUS
from gui.translator import Languages, Translator, word
from gui.views.cloud_view import COLOUR_WORDS, VIEW_WORDS
from gui.widgets.marks import WORDS

ROOT = Path(__file__).parent.parent.parent
SAYING = {"tr", "say", "word"}
NAMES_OF_THINGS = {
    "RGB",
    "3D",
    "RGB + 3D",
    "{remedy}",
    "settings.json",
    "SHA-256",
    "HTML",
    "PDF",
    "CSV",
    "JSON",
}
"""Said the same in every language."""


def said_in(path: Path) -> set[str]:
    texts = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in SAYING and isinstance(node.args[0].value, str):
                texts.add(node.args[0].value)
    return texts


def said_in_window() -> set[str]:
    texts = {text for path in (ROOT / "gui").rglob("*.py") for text in said_in(path)}
    texts |= {text for path in (ROOT / "workers").rglob("*.py") for text in said_in(path)}
    texts |= {row.text for row in ACTIONS} | set(MENUS) | set(WORDS.values())
    texts |= set(VIEW_WORDS.values()) | set(COLOUR_WORDS.values())
    texts |= {text for method in METHODS for text in (method.title, method.summary)}
    texts |= {row.title for row in WEIGHTS}
    return texts


def words_of_the_demo() -> set[str]:
    kinds = {kind for name in known_classes() for kind in family_named(name).kinds}
    return {"train", "validation", "test", "good", *known_classes(), *kinds}


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_word_of_the_window_has_a_chinese_one() -> None:
    assert sorted(said_in_window() - set(catalogue("zh_CN"))) == []


def test_every_sentence_of_core_that_the_window_may_show_has_a_chinese_one() -> None:
    said = {text for path in (ROOT / "core").rglob("*.py") for text in said_in(path)}
    assert sorted(said - set(catalogue("zh_CN"))) == []


def test_every_word_of_the_demo_has_a_chinese_one() -> None:
    assert sorted(words_of_the_demo() - set(catalogue("zh_CN"))) == []


def test_nothing_of_the_window_is_left_in_english() -> None:
    table = catalogue("zh_CN")
    same = {text for text in said_in_window() if table.get(text) == text}
    assert same <= NAMES_OF_THINGS


def test_nothing_is_translated_that_nobody_says() -> None:
    written = {
        node.value
        for layer in ("core", "gui", "workers")
        for path in (ROOT / layer).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert sorted(set(catalogue("zh_CN")) - written - words_of_the_demo()) == []


def test_a_translation_has_the_same_places_as_its_sentence() -> None:
    assert [text for text, other in catalogue("zh_CN").items() if places(text) != places(other)] == []


def test_qt_finds_a_text_by_its_english_wording(qapp: QApplication) -> None:
    assert Translator("zh_CN").translate("AnyWidget", "Train") == "训练"
    assert Translator("zh_CN").translate("AnyWidget", "nobody says this") == "nobody says this"
    assert Translator("en").isEmpty()


@pytest.mark.parametrize(("language", "expected"), [("zh_CN", "训练 法兰"), ("en", "Train flange")])
def test_a_sentence_with_a_word_in_it_is_translated_inside_too(
    qapp: QApplication, language: str, expected: str
) -> None:
    languages = Languages(qapp)
    languages.switch(language)
    assert word(say("Train {name}", name=say("flange"))) == expected
    assert QObject().tr("Train") == expected.split()[0]
    languages.switch("en")
