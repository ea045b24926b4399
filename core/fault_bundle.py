"""What somebody needs to look into a fault: one archive with log, versions and settings, without pictures."""

from __future__ import annotations

import json
import platform
import zipfile
from collections.abc import Sequence
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from core.atomic import replacing
from core.paths import home
from core.settings import Settings

PACKAGES = (
    "numpy",
    "scipy",
    "torch",
    "timm",
    "PySide6-Essentials",
    "vtk",
    "pyqtgraph",
    "scikit-learn",
    "SQLAlchemy",
)
PERSONAL = ("operator", "recent", "other")


def write_bundle(
    path: Path, report: str, log_lines: Sequence[str], settings: Settings, with_names: bool = False
) -> None:
    """Write the archive whole or not at all; names of people and folders only `with_names`."""
    kept = {key: value for key, value in asdict(settings).items() if with_names or key not in PERSONAL}
    texts = {
        "report.txt": report,
        "log.txt": "\n".join(log_lines),
        "versions.json": json.dumps(versions(), indent=2),
        "settings.json": json.dumps(kept, indent=2, ensure_ascii=False),
    }
    with replacing(path) as aside, zipfile.ZipFile(aside, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in texts.items():
            archive.writestr(name, text if with_names else without_home(text))


def versions() -> dict[str, str]:
    """Of the system, of Python, and of what the program stands on."""
    found = {"system": platform.platform(), "python": platform.python_version()}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "not installed"
    return found


def without_home(text: str) -> str:
    """The text with the user's folders made anonymous."""
    for folder in (home(), Path.home()):
        text = text.replace(str(folder), "~")
    return text
