"""What files and folders that were dropped on the program are, by kind."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from core.datasets.plain_folder import KNOWN

DroppedKind = Literal["project", "folder", "parts", "weights", "other"]
WEIGHTS = frozenset({".pth", ".pt", ".pdparams", ".npz", ".safetensors", ".ckpt", ".bin"})
PROJECT_FILE = "project.sqlite"


def sort_dropped(paths: Sequence[Path]) -> dict[DroppedKind, tuple[Path, ...]]:
    """The dropped things by kind, only kinds that came; a project is given by its folder."""
    found: dict[DroppedKind, list[Path]] = {}
    for path in paths:
        is_project = path.name == PROJECT_FILE
        found.setdefault(_kind(path), []).append(path.parent if is_project else path)
    return {kind: tuple(those) for kind, those in found.items()}


def _kind(path: Path) -> DroppedKind:
    if path.name == PROJECT_FILE or (path / PROJECT_FILE).is_file():
        return "project"
    if path.is_dir():
        return "folder"
    suffix = path.suffix.lower()
    if suffix in KNOWN:
        return "parts"
    return "weights" if suffix in WEIGHTS else "other"
