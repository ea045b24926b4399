"""Features of samples on disk: computed once, however many methods and passes ask for them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.atomic import replacing, unwritable
from core.sample import Sample


def content_key(sample: Sample) -> str:
    """A hash of what the sensors saw, whatever the part is called."""
    digest = hashlib.blake2b(digest_size=16)
    for array in (sample.rgb, sample.xyz):
        digest.update(b"-" if array is None else f"{array.shape}{array.dtype}".encode())
        if array is not None:
            digest.update(np.ascontiguousarray(array).data)
    return digest.hexdigest()


class FeatureCache:
    """A folder with one file for each sample and extractor."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def rows(
        self, sample: Sample, extractor: str, compute: Callable[[], NDArray[np.float32]]
    ) -> NDArray[np.float32]:
        """The features (N, D) of `sample`, read from disk or computed and kept.

        `extractor` names the network, its weights and its settings: whoever names the same gets the same.
        """
        digest = hashlib.blake2b(extractor.encode(), digest_size=8).hexdigest()
        place = self._folder / digest / f"{content_key(sample)}.npy"
        if not place.is_file():
            self._keep(place, compute())
        kept: NDArray[np.float32] = np.load(place)
        return kept

    @staticmethod
    def _keep(place: Path, rows: NDArray[np.float32]) -> None:
        try:
            with replacing(place) as aside, aside.open("wb") as opened:
                np.save(opened, rows)
        except OSError as problem:
            raise unwritable(place, problem) from problem
