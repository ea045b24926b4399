"""Where the product keeps what belongs to the user and not to a project."""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_data_path


def home() -> Path:
    """Settings, weights, caches and the recent list live here; INSPECTOR_HOME moves it."""
    moved = os.environ.get("INSPECTOR_HOME")
    return Path(moved) if moved else user_data_path("inspector", appauthor=False)
