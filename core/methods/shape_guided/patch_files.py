"""Patches on disk in the published program's two forms, so that either program reads the other's files."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.atomic import replacing, unwritable
from core.errors import DataError
from core.memory.example_list import listed_rows
from core.memory.room import ENDING
from core.methods.shape_guided.cut import Patches, Points
from core.methods.shape_guided.noise import noisy_copies, spread_of
from core.monitor import Monitor
from core.phrase import say

_DAMAGE = (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile)


PATCHES = "patches"
"""What a list of examples calls them."""


def grid_file(folder: Path, name: str) -> Path:
    """Where the patches of the sample called class/split/label/id lie."""
    above, _, number = name.rpartition("/")
    return folder / above / "npz" / f"{number}.npz"


def pretrain_file(folder: Path, class_name: str, number: str) -> Path:
    """Where the patches of a part lie that the shape expert learns from."""
    return folder / class_name / f"{number}.npz"


def write_grid(path: Path, patches: Patches) -> None:
    """Keep the patches of a part as memory and tests read them."""
    _write(path, points_gt=patches.points, points_idx=patches.pixels)


def read_grid(path: Path) -> Patches:
    """What `write_grid` or the published program wrote; raise DataError for anything else."""
    points, pixels = _read(path, "points_gt", "points_idx")
    points, pixels = np.asarray(points, np.float32), np.asarray(pixels, np.int64)
    if points.ndim != 3 or points.shape[2] != 3 or pixels.shape != points.shape[:2] or len(points) == 0:
        raise _foreign(path)
    return Patches(points, pixels)


def write_learning(path: Path, patches: Points) -> None:
    """Keep patches (S, P, 3) with the noise that suits their points; copies are drawn in the training."""
    _write(path, origins_all=patches, spread_all=np.stack([spread_of(patch) for patch in patches]))


def learning_rows(patches: Points) -> NDArray[np.float32]:
    """Patches (S, P, 3) with the noise that suits their points, as one array (S, P, 4)."""
    spread = np.stack([spread_of(patch) for patch in patches])
    return np.concatenate([patches, spread[..., None]], axis=2, dtype=np.float32)


def write_learning_copies(
    path: Path, patches: Points, copies: int, rng: np.random.Generator, monitor: Monitor
) -> None:
    """Keep patches with their noisy copies, as the published program reads them: 360 kB for each patch."""
    samples, nearest = [], []
    for done, patch in enumerate(patches):
        monitor.tick(done, len(patches), say("Adding noise"))
        noisy = noisy_copies(patch, spread_of(patch), rng.standard_normal((copies, *patch.shape)))
        samples.append(noisy.samples)
        nearest.append(noisy.nearest)
    _write(path, origins_all=patches, samples_all=np.stack(samples), points_all=np.stack(nearest))


def read_learning(path: Path) -> tuple[Points, NDArray[np.float32]]:
    """Patches (S, P, 3) and the noise (S, P) that suits their points; raise DataError for another file."""
    if path.suffix == ENDING:
        return _listed(path)
    (origins,) = _read(path, "origins_all")
    patches = np.asarray(origins, np.float32)
    if patches.ndim != 3 or patches.shape[2] != 3:
        raise _foreign(path)
    try:
        (spread,) = _read(path, "spread_all")
    except DataError:
        spread = np.stack([spread_of(patch) for patch in patches])
    return patches, np.asarray(spread, np.float32)


def _listed(path: Path) -> tuple[Points, NDArray[np.float32]]:
    try:
        rows = listed_rows(path)
    except _DAMAGE as problem:
        raise _foreign(path) from problem
    if rows.ndim != 3 or rows.shape[2] != 4:
        raise _foreign(path)
    return rows[..., :3], rows[..., 3]


def read_copies(path: Path) -> tuple[Points, Points]:
    """Noisy samples and their nearest points, both (S, copies * P, 3), in the published program's form."""
    samples, nearest = _read(path, "samples_all", "points_all")
    return np.asarray(samples, np.float32), np.asarray(nearest, np.float32)


def _write(path: Path, **arrays: NDArray[Any]) -> None:
    try:
        with replacing(path) as aside, aside.open("wb") as opened:
            np.savez(opened, allow_pickle=False, **arrays)
    except OSError as problem:
        raise unwritable(path, problem) from problem


def _read(path: Path, *names: str) -> list[NDArray[Any]]:
    try:
        with np.load(path, allow_pickle=False) as opened:
            return [opened[name] for name in names]
    except _DAMAGE as problem:
        raise _foreign(path) from problem


def _foreign(path: Path) -> DataError:
    return DataError(
        say("{path} does not hold the patches of a part.", path=path),
        remedy=say("Cut the patches again, or remove the file."),
    )
