"""A folder of files that were all made with the same settings."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from core.atomic import write_text
from core.errors import WrongUse
from core.phrase import Phrase, say


def claim_folder(manifest: Path, told: dict[str, Any], otherwise: Phrase) -> None:
    """Note what the files are made with; raise WrongUse, saying `otherwise`, where others are kept there."""
    try:
        found = json.loads(manifest.read_text(encoding="utf-8"))
    except FileNotFoundError:
        write_text(manifest, json.dumps(told, indent=2))
        return
    except (OSError, ValueError):
        found = None
    if found != told:
        raise WrongUse(otherwise, remedy=say("Choose another folder, or remove that one."))
