"""Fonts of this machine for a PDF, Latin and Chinese."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from core.errors import InspectionError
from core.phrase import say


@dataclass(frozen=True)
class FontFile:
    """A font file; `face` counts within a collection."""

    path: Path
    face: int = 0


@dataclass(frozen=True)
class FontPair:
    """A regular and a bold face of one family."""

    regular: FontFile
    bold: FontFile


_NOTO = ("/usr/share/fonts/opentype/noto", "/usr/share/fonts/noto-cjk", "/usr/share/fonts/google-noto-cjk")
_WINDOWS, _MAC = "C:/Windows/Fonts", "/System/Library/Fonts"
_CHINESE = (
    *((f"{folder}/NotoSansCJK-Regular.ttc", f"{folder}/NotoSansCJK-Bold.ttc", 2) for folder in _NOTO),
    ("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc", "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc", 0),
    ("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc", "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc", 0),
    (f"{_WINDOWS}/msyh.ttc", f"{_WINDOWS}/msyhbd.ttc", 0),
    (f"{_WINDOWS}/simhei.ttf", f"{_WINDOWS}/simhei.ttf", 0),
    (f"{_MAC}/STHeiti Light.ttc", f"{_MAC}/STHeiti Medium.ttc", 1),
)
"""Regular and bold files and the face that holds simplified characters, best first."""
_LATIN = (
    (
        "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
        "/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf",
        0,
    ),
    ("/usr/share/fonts/dejavu/DejaVuSans.ttf", "/usr/share/fonts/dejavu/DejaVuSans-Bold.ttf", 0),
    (f"{_WINDOWS}/segoeui.ttf", f"{_WINDOWS}/segoeuib.ttf", 0),
    (f"{_MAC}/Supplemental/Arial Unicode.ttf", f"{_MAC}/Supplemental/Arial Unicode.ttf", 0),
)


def chinese_fonts() -> FontPair | None:
    """A family with Chinese and Latin letters, None where this machine has none."""
    return _first(_CHINESE)


def latin_fonts() -> FontPair | None:
    """A family with Latin letters and signs, None where this machine has none."""
    return _first(_LATIN)


def fonts_for(text: str) -> tuple[FontPair, ...]:
    """The families that a text needs, the leading one first; raise InspectionError where one is missing."""
    chinese, latin = chinese_fonts(), latin_fonts()
    needs_chinese = any(is_han(letter) for letter in text)
    if needs_chinese and chinese is None:
        raise InspectionError(
            say("This machine has no font with Chinese characters, so no PDF can be written."),
            remedy=say("Install Noto Sans CJK ({system}), or write the HTML report.", system=sys.platform),
        )
    wanted = (chinese, latin) if needs_chinese else (latin or chinese,)
    found = tuple(pair for pair in wanted if pair is not None)
    if not found:
        raise InspectionError(
            say("This machine has no font for a PDF."),
            remedy=say("Install DejaVu Sans or Noto Sans CJK, or write the HTML report."),
        )
    return found


def is_han(letter: str) -> bool:
    """True for Chinese characters and their punctuation."""
    return "⺀" <= letter <= "鿿" or "！" <= letter <= "｠"


def _first(known: tuple[tuple[str, str, int], ...]) -> FontPair | None:
    for regular, bold, face in known:
        if Path(regular).is_file():
            heavy = bold if Path(bold).is_file() else regular
            return FontPair(FontFile(Path(regular), face), FontFile(Path(heavy), face))
    return None
