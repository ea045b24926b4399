"""The colour table keeps its promises of contrast, and stays the only place with colours."""

from __future__ import annotations

import re
from dataclasses import asdict
from pathlib import Path

import pytest

from gui.tokens import ThemeName, contrast, tokens

GUI = Path(__file__).parent.parent.parent / "gui"
WORDS = [
    ("text", "surface1"),
    ("text", "accent_wash"),
    ("text2", "surface0"),
    ("text2", "surface1"),
    ("text2", "surface3"),
    ("text2", "accent_wash"),
    ("text2", "dialog"),
    ("accent_text", "surface0"),
    ("on_accent", "accent"),
    ("ok_text", "ok_wash"),
    ("ng_text", "ng_wash"),
    ("review_text", "review_wash"),
    ("on_verdict", "ok"),
    ("on_review", "review"),
]
MARKS = [
    ("focus", "surface0"),
    ("line_input", "surface1"),
    ("ok_mark", "surface1"),
    ("ng_mark", "surface1"),
    ("review_mark", "surface1"),
    ("ok_mark", "accent_wash"),
    ("ng_mark", "accent_wash"),
    ("ok_bar", "surface1"),
    ("ng_bar", "surface1"),
    ("none", "surface1"),
    ("on_verdict", "ng"),
]
STATED: dict[tuple[str, str], tuple[float, float]] = {
    ("text", "surface1"): (14.2, 16.3),
    ("text2", "surface3"): (6.1, 5.9),
    ("on_accent", "accent"): (7.3, 5.2),
    ("ng_text", "ng_wash"): (6.6, 5.0),
    ("review_mark", "surface1"): (7.6, 3.4),
    ("none", "surface1"): (5.2, 4.1),
}


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize(("pair", "floor"), [(p, 4.5) for p in WORDS] + [(p, 3.0) for p in MARKS])
def test_every_pair_of_the_design_keeps_its_contrast(
    theme: ThemeName, pair: tuple[str, str], floor: float
) -> None:
    look = asdict(tokens(theme))
    assert contrast(look[pair[0]], look[pair[1]]) >= floor


@pytest.mark.parametrize(("pair", "ratios"), STATED.items())
def test_the_computed_ratios_are_those_of_the_design(
    pair: tuple[str, str], ratios: tuple[float, float]
) -> None:
    found = [contrast(asdict(tokens(t))[pair[0]], asdict(tokens(t))[pair[1]]) for t in ("dark", "light")]
    assert found == pytest.approx(ratios, abs=0.06)


def test_black_on_white_has_the_greatest_contrast() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


@pytest.mark.parametrize("path", sorted(GUI.rglob("*.py")), ids=lambda path: str(path.relative_to(GUI)))
def test_no_colour_is_written_outside_the_table(path: Path) -> None:
    if path.name == "tokens.py":
        return
    source = path.read_text(encoding="utf-8")
    literal = re.compile(
        r"""["']#[0-9A-Fa-f]{3,8}["']|QColor\(\s*\d|GlobalColor\.(?!transparent)|rgba?\(\d|QColor\(["'][a-z]"""
    )
    assert literal.findall(source) == []


def test_the_style_sheet_names_no_colour_itself() -> None:
    template = (GUI.parent / "resources" / "style.qss").read_text(encoding="utf-8")
    assert re.findall(r":[^;{}]*#[0-9A-Fa-f]{3,8}\b", template) == []
