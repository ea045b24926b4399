"""A prepared sample as one file."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.frame import Frame
from core.phrase import Phrase
from core.preprocess.prepare import Prepared
from core.preprocess.separate import Note
from core.sample import Sample

FORMAT = 1
"""Raised whenever the files or the steps of preparing change; older files are then never asked for."""
_ARRAYS = ("rgb", "xyz", "mask", "part")


def write_prepared(path: Path, prepared: Prepared) -> None:
    """Write everything but the sample's name; truth and part as bits."""
    sample = prepared.sample
    told = {
        "frame": asdict(sample.placing),
        "is_metric": sample.is_metric,
        "kept_share": prepared.kept_share,
        "size_mm": prepared.size_mm,
        "notes": [[note.kind, note.text.template, dict(note.text.values)] for note in prepared.notes],
    }
    arrays: dict[str, NDArray[Any]] = {"told": np.frombuffer(json.dumps(told).encode(), np.uint8)}
    for name in _ARRAYS:
        array = getattr(sample, name)
        if array is not None:
            arrays[name] = np.packbits(array) if array.dtype == bool else array
    with path.open("wb") as file:
        np.savez(file, allow_pickle=False, **arrays)


def read_prepared(path: Path, name: str) -> Prepared:
    """Read what `write_prepared` wrote; a damaged file raises ValueError, KeyError, OSError or BadZipFile."""
    with np.load(path, allow_pickle=False) as opened:
        told = json.loads(opened["told"].tobytes())
        arrays = {array: opened[array] for array in _ARRAYS if array in opened.files}
    frame = Frame(**told["frame"])
    for bits in {"mask", "part"} & arrays.keys():
        flat = np.unpackbits(arrays[bits], count=frame.height * frame.width)
        arrays[bits] = flat.reshape(frame.shape).astype(bool)
    return Prepared(
        Sample(name, **arrays, frame=frame, is_metric=told["is_metric"]),
        tuple(Note(kind, Phrase(template, values)) for kind, template, values in told["notes"]),
        told["kept_share"],
        None if told["size_mm"] is None else tuple(told["size_mm"]),
    )
