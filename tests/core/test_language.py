"""Sentences are said in another language, values and all."""

from __future__ import annotations

import ast
import json
import string
from pathlib import Path

import pytest

from core.language import catalogue, speaker
from core.phrase import say

ROOT = Path(__file__).parents[2]
HEADLESS = (
    "core/batch.py",
    "core/lack_of_memory.py",
    "core/project",
    "core/tasks",
    "core/commands",
    "core/reporting",
)


def sentences_of(path: Path) -> set[str]:
    """The templates that a file says."""
    calls = [
        node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)
    ]
    said = [
        call.args[0]
        for call in calls
        if isinstance(call.func, ast.Name) and call.func.id == "say" and call.args
    ]
    return {word.value for word in said if isinstance(word, ast.Constant)}


def files_of(place: str) -> list[Path]:
    path = ROOT / place
    return [path] if path.is_file() else sorted(path.rglob("*.py"))


def test_a_phrase_is_said_with_its_values() -> None:
    assert speaker("zh_CN")(say("{folder} holds no project.", folder="D:/线")) == "D:/线 中没有项目。"
    assert speaker("en")(say("{folder} holds no project.", folder="x")) == "x holds no project."


def test_an_unknown_sentence_stays_english() -> None:
    assert speaker("zh_CN")("Nobody has translated this.") == "Nobody has translated this."


@pytest.mark.parametrize("place", HEADLESS)
def test_every_sentence_of_the_headless_side_is_translated(place: str) -> None:
    known = catalogue("zh_CN")

    assert sorted(text for path in files_of(place) for text in sentences_of(path) if text not in known) == []


def test_a_translation_uses_the_values_of_its_sentence() -> None:
    def names(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    known = catalogue("zh_CN")
    assert json.loads(json.dumps(known)) == known
    assert [text for text, other in known.items() if names(other) - names(text)] == []
