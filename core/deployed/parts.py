"""The parts that files on the line make up: picture and cloud by name, and the truth where there is one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from core.datasets.loose_files import parts_of
from core.datasets.plain_folder import MASK_WORDS
from core.errors import DataError
from core.phrase import say
from core.sample import SampleRef

_MASK_ENDINGS = ("", "_mask")
_MASK_SUFFIX = ".png"


def given_parts(paths: Sequence[Path], metres_per_unit: float, truth: Path | None) -> list[SampleRef]:
    """The parts in the order of their files, with their truth masks; raise DataError where there is no part.

    `truth` is a mask for the only part, or a folder of masks; without it they are looked for where data sets
    keep them.
    """
    parts = parts_of(paths, "", metres_per_unit)
    if truth is not None and truth.is_file() and len(parts) > 1:
        raise DataError(
            say("{file} is the truth of one part only.", file=truth),
            remedy=say("Name a folder of masks, or one part."),
        )
    if truth is not None and not truth.exists():
        raise DataError(
            say("There is no file {path}.", path=truth), remedy=say("Look at the spelling of its name.")
        )
    return [replace(part, mask=_mask_of(part, truth)) for part in parts]


def file_of(part: SampleRef) -> Path:
    """The file that a part is called by."""
    file = part.rgb or part.cloud
    assert file is not None, "a part has a file"
    return file


def _mask_of(part: SampleRef, truth: Path | None) -> Path | None:
    if truth is not None and truth.is_file():
        return truth
    file = file_of(part)
    names = [f"{file.stem}{ending}{_MASK_SUFFIX}" for ending in _MASK_ENDINGS]
    for folder in [truth] if truth is not None else _usual_folders(file):
        for name in names:
            if (folder / name).is_file():
                return folder / name
    return None


def _usual_folders(file: Path) -> list[Path]:
    """`gt` beside `rgb` of MVTec 3D-AD; `ground_truth/KIND` beside `test/KIND` of MVTec AD."""
    folder = file.parent
    beside = [folder.parent / word for word in sorted(MASK_WORDS)]
    by_kind = [folder.parent.parent / word / folder.name for word in sorted(MASK_WORDS)]
    return beside + by_kind
