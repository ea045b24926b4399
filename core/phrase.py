"""A sentence that remembers how it was made, so that the window can say it in another language."""

from __future__ import annotations

from collections.abc import Callable, Mapping


class Phrase(str):
    """English text with its template and values; anywhere else it behaves like the plain text."""

    __slots__ = ("template", "values")
    template: str
    values: Mapping[str, object]

    def __new__(cls, template: str, values: Mapping[str, object]) -> Phrase:
        phrase = super().__new__(cls, template.format(**values) if values else template)
        phrase.template = template
        phrase.values = values
        return phrase

    def __reduce__(self) -> tuple[type[Phrase], tuple[str, dict[str, object]]]:
        return Phrase, (self.template, dict(self.values))


def say(template: str, **values: object) -> Phrase:
    """Build a phrase: `say("Reading {name}", name="017")`."""
    return Phrase(template, values)


def translated(text: str, translate: Callable[[str], str]) -> str:
    """Say `text` in another language: the template goes through `translate`, then takes its values."""
    if not isinstance(text, Phrase):
        return translate(text)
    values = {
        name: translated(value, translate) if isinstance(value, Phrase) else value
        for name, value in text.values.items()
    }
    return translate(text.template).format(**values) if values else translate(text.template)
