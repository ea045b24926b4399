"""The company's line and picture over every report, as the settings have them."""

from __future__ import annotations

import logging
from io import BytesIO
from pathlib import Path

from PIL import Image

from core.report import Letterhead
from core.settings import Settings

log = logging.getLogger(__name__)
_SIDE = 480


def letterhead_of(settings: Settings) -> Letterhead:
    """Read the logo now; one that cannot be read is left out, with a line in the log."""
    line = settings.report_company.strip()
    if not settings.report_logo:
        return Letterhead(line)
    try:
        return Letterhead(line, _small_png(Path(settings.report_logo)))
    except (OSError, ValueError) as problem:
        log.warning("the logo %s cannot be read: %s", settings.report_logo, problem)
        return Letterhead(line)


def _small_png(path: Path) -> bytes:
    data = BytesIO()
    with Image.open(path) as image:
        image.thumbnail((_SIDE, _SIDE), Image.Resampling.LANCZOS)
        image.convert("RGBA").save(data, format="PNG")
    return data.getvalue()
