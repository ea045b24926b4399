"""Features of samples on disk: computed once, however many methods and passes ask for them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.atomic import replacing_folder, unwritable
from core.sample import Sample

Features = Mapping[str, NDArray[np.float32]]


def content_key(sample: Sample) -> str:
    """A hash of what the sensors saw, whatever the part is called."""
    digest = hashlib.blake2b(digest_size=16)
    for array in (sample.rgb, sample.xyz):
        digest.update(b"-" if array is None else f"{array.shape}{array.dtype}".encode())
        if array is not None:
            digest.update(np.ascontiguousarray(array).data)
    return digest.hexdigest()


class FeatureCache:
    """A folder of features for one extractor; its name tells the extractor and the hash of its weights."""

    def __init__(self, folder: Path, extractor: str) -> None:
        digest = hashlib.blake2b(extractor.encode(), digest_size=8).hexdigest()
        self._folder = folder / digest

    def features(self, sample: Sample, compute: Callable[[Sample], Features]) -> Features:
        """The features of `sample`, read from disk (memory mapped) or computed and kept."""
        place = self._folder / content_key(sample)
        if not place.is_dir():
            self._keep(place, compute(sample))
        return {file.stem: np.load(file, mmap_mode="r") for file in sorted(place.glob("*.npy"))}

    @staticmethod
    def _keep(place: Path, features: Features) -> None:
        try:
            with replacing_folder(place) as aside:
                for name, values in features.items():
                    np.save(aside / f"{name}.npy", values)
        except OSError as problem:
            raise unwritable(place, problem) from problem
