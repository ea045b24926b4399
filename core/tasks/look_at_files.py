"""The files of one part, each as far as it can be read, for looking at a fault."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from core.datasets.masks import read_mask
from core.datasets.reading import read_sample
from core.errors import DataError
from core.phrase import say
from core.reporting.heat import base_picture
from core.sample import SampleRef

FileKind = Literal["RGB", "3D", "mask"]


@dataclass(frozen=True, eq=False)
class FileLook:
    """One file: its picture (H, W, 3), or why there is none."""

    kind: FileKind
    path: Path
    picture: NDArray[np.uint8] | None
    trouble: str = ""


def look_at_files(ref: SampleRef) -> tuple[FileLook, ...]:
    """Photo, height as relief, mask; a file that cannot be read does not hide the others."""
    found = []
    for kind, path in (("RGB", ref.rgb), ("3D", ref.cloud), ("mask", ref.mask)):
        if path is not None:
            found.append(_look(ref, kind, path))  # type: ignore[arg-type] # a literal of the tuple
    return tuple(found)


def _look(ref: SampleRef, kind: FileKind, path: Path) -> FileLook:
    try:
        if kind == "mask":
            mask = read_mask(path)
            return FileLook(
                kind, path, np.repeat(np.where(mask, np.uint8(255), np.uint8(0))[..., None], 3, 2)
            )
        only = replace(ref, mask=None)
        alone = replace(only, cloud=None) if kind == "RGB" else replace(only, rgb=None)
        return FileLook(kind, path, base_picture(read_sample(alone)))
    except DataError as problem:
        return FileLook(kind, path, None, problem.message)
    except OSError as problem:
        reason = problem.strerror or str(problem)
        return FileLook(kind, path, None, say("{file} cannot be read: {reason}.", file=path, reason=reason))
