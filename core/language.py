"""The words of the other languages, for reports and the command line; the window uses the same table."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from importlib.resources import files

from core.phrase import translated

LANGUAGES = ("en", "zh_CN")


@cache
def catalogue(language: str) -> dict[str, str]:
    """English text to the text of that language; empty for English."""
    place = files("resources") / "translations" / f"{language}.json"
    if not place.is_file():
        return {}
    table: dict[str, str] = json.loads(place.read_text(encoding="utf-8"))
    return table


def speaker(language: str) -> Callable[[str], str]:
    """A function that says a text or phrase in that language; what has no translation stays English."""
    table = catalogue(language)
    return lambda text: translated(text, lambda english: table.get(english, english))
