"""The good parts of a training: read once for their features, then found on their shelves when needed."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from core.errors import DataError
from core.memory.feature_cache import FeatureCache, Shelf
from core.memory.kept_features import ReadSample
from core.monitor import Monitor
from core.phrase import say
from core.sample import Sample
from core.settings import cache_limit_bytes

Look = Callable[[ReadSample, Shelf], object]
"""Computes the features of one part and leaves them on its shelf."""


class TrainingParts:
    """The first `most` of the good parts, each with its shelf."""

    def __init__(self, normal: Sequence[Sample], most: int, cache: FeatureCache) -> None:
        if not normal:
            raise DataError(
                say("There is no normal part to learn from."), remedy=say("Add at least one good part.")
            )
        self.count = min(len(normal), most)
        self._normal, self._cache = normal, cache
        self._shelves: list[Shelf] = []

    def extract(self, look: Look, monitor: Monitor) -> None:
        """Look at every part once, in order."""
        for number in range(self.count):
            sample = self._normal[number]
            monitor.tick(number, self.count, say("Reading {name}", name=sample.name))
            shelf = self._cache.shelf(sample)
            look(partial(_given, sample), shelf)
            self._shelves.append(shelf)

    def each(self, most: int | None = None) -> Iterator[tuple[ReadSample, Shelf]]:
        """All of them, or so many; a sample is read again only if it is asked for."""
        for number, shelf in enumerate(self._shelves[:most]):
            yield partial(self._normal.__getitem__, number), shelf


@contextmanager
def opened_cache(folder: Path | None) -> Iterator[FeatureCache]:
    """The cache in `folder`, as large as the settings allow; without one, only as long as the block runs."""
    if folder is not None:
        yield FeatureCache(folder, limit_bytes=cache_limit_bytes())
        return
    with tempfile.TemporaryDirectory(prefix="inspector-features-") as passing:
        yield FeatureCache(Path(passing))


def _given(sample: Sample) -> Sample:
    return sample
