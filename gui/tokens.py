"""Every colour of the window, once for each theme; no literal colour stands anywhere else in gui."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from functools import cache
from typing import Any, Literal

ThemeName = Literal["dark", "light"]


def _pair(dark: str, light: str) -> Any:
    """One row of the table; alpha comes first in eight digits, as Qt reads it."""
    return field(metadata={"dark": dark, "light": light})


def _both(colour: str) -> Any:
    return _pair(colour, colour)


@dataclass(frozen=True)
class Tokens:
    """The colours of one theme by what they are for, as "#RRGGBB" or "#AARRGGBB"."""

    canvas: str = _pair("#0B0D0F", "#D5DADE")
    surface0: str = _pair("#111316", "#E6E9EC")
    surface1: str = _pair("#191C20", "#F7F8F9")
    surface2: str = _pair("#22262B", "#FFFFFF")
    surface3: str = _pair("#2C3138", "#ECEFF2")
    surface4: str = _pair("#373D46", "#DDE2E7")
    field: str = _pair("#131619", "#FFFFFF")
    dialog: str = _pair("#1E2226", "#FFFFFF")
    track: str = _pair("#343A42", "#D3D9DF")
    seg_track: str = _pair("#191C20", "#D7DCE1")
    seg_on: str = _pair("#2C3138", "#FFFFFF")
    line: str = _pair("#2A2F35", "#DDE1E6")
    line_strong: str = _pair("#414851", "#C3CAD1")
    btn_line: str = _pair("#343A42", "#CFD5DB")
    field_line: str = _pair("#39404A", "#C3CAD1")
    line_input: str = _pair("#77808B", "#7C8691")
    text: str = _pair("#E7EAEE", "#171B20")
    text2: str = _pair("#A9B1BB", "#525C67")
    text_off: str = _pair("#6B737D", "#98A1AB")
    accent: str = _pair("#3FBFAE", "#0B7A6E")
    accent_hover: str = _pair("#5CCFC0", "#0A6A60")
    accent_press: str = _pair("#34A797", "#085A52")
    on_accent: str = _pair("#06231F", "#FFFFFF")
    accent_text: str = _pair("#57CDBD", "#0A6B61")
    accent_wash: str = _pair("#1C3633", "#D7EDEA")
    focus: str = _pair("#7FE3D5", "#0B7A6E")
    cursor: str = _both("#5FF2E0")
    cursor_edge: str = _both("#99000000")
    ok: str = _both("#0072B2")
    ng: str = _both("#D55E00")
    review: str = _both("#E69F00")
    on_verdict: str = _both("#FFFFFF")
    on_review: str = _both("#1F1600")
    ok_mark: str = _pair("#2B93D1", "#0072B2")
    ng_mark: str = _pair("#E8702A", "#CF5A00")
    review_mark: str = _pair("#E69F00", "#B97B00")
    ok_text: str = _pair("#6DB8E8", "#00609A")
    ng_text: str = _pair("#F79A62", "#A84300")
    review_text: str = _pair("#F0B849", "#7A5200")
    ok_wash: str = _pair("#16303F", "#DCEAF4")
    ng_wash: str = _pair("#3D2517", "#FAE5D8")
    review_wash: str = _pair("#3A2E14", "#FAEDCF")
    ok_bar: str = _pair("#2A75A6", "#4389B8")
    ng_bar: str = _pair("#C0652F", "#CC6C2A")
    none: str = _pair("#858E99", "#707A85")
    bg3d_top: str = _pair("#1D2126", "#F6F7F8")
    bg3d_bottom: str = _pair("#0B0D0F", "#CFD5DA")
    hud: str = _pair("#D60B0D0F", "#E8FFFFFF")
    hud_text: str = _pair("#E7EAEE", "#171B20")
    hud_text2: str = _pair("#C4CAD1", "#525C67")
    contour: str = _both("#FFFFFF")
    contour_edge: str = _both("#111316")
    scrim: str = _pair("#4D0B0D0F", "#33171B20")
    shadow: str = _pair("#80000000", "#473A4450")
    axis_x: str = _pair("#E5647A", "#C0344D")
    axis_y: str = _pair("#7FB84F", "#4C8A1F")
    axis_z: str = _pair("#5A9BE6", "#2467B8")
    curve2: str = _both("#A78BDB")
    curve3: str = _both("#C9A14A")
    curve4: str = _both("#8FA3B8")


@cache
def tokens(theme: ThemeName) -> Tokens:
    """The column of that theme; over a photo the dark one is used in both."""
    return Tokens(**{entry.name: entry.metadata[theme] for entry in fields(Tokens)})


def contrast(one: str, other: str) -> float:
    """The WCAG 2 contrast ratio of two opaque colours, 1 to 21."""
    brighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    digits = colour[-6:]
    channels = (int(digits[start : start + 2], 16) / 255 for start in (0, 2, 4))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
