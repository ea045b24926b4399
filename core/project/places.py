"""Where everything lies within a project folder; only relative paths are written down."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Places:
    """The files and folders of one project."""

    folder: Path

    @property
    def database(self) -> Path:
        """All records."""
        return self.folder / "project.sqlite"

    @property
    def lock(self) -> Path:
        """Says who is the one writer."""
        return self.folder / "project.lock"

    @property
    def models(self) -> Path:
        """One folder for each trained version."""
        return self.folder / "models"

    @property
    def trash(self) -> Path:
        """What was thrown away and can still be put back."""
        return self.folder / "trash"

    @property
    def cache(self) -> Path:
        """Prepared samples; may be deleted at any time."""
        return self.folder / "cache"

    @property
    def features(self) -> Path:
        """What networks saw in samples, for the next training; may be deleted at any time."""
        return self.cache / "features"

    def map_file(self, model_id: int, sample_id: int) -> Path:
        """The score map of one sample by one model."""
        return self.folder / "maps" / str(model_id) / f"{sample_id}.npy"

    def distance_file(self, map_file: Path) -> Path:
        """What lies beside a score map: signed millimetres from the normal surface."""
        return map_file.with_suffix(".mm.npy")

    @property
    def masks(self) -> Path:
        """What users have marked on samples."""
        return self.folder / "masks"

    def mask_file(self, sample_id: int) -> Path:
        """What users have marked on one sample."""
        return self.masks / f"{sample_id}.png"

    def inside(self, path: Path) -> str:
        """`path` as it is written down: relative to the project folder, with forward slashes."""
        return path.relative_to(self.folder).as_posix()


def way_from(start: Path, folder: Path) -> str:
    """The relative way from `start` to `folder`, "" where there is none (another drive)."""
    try:
        return Path(os.path.relpath(folder, start)).as_posix()
    except ValueError:
        return ""
