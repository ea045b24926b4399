"""A list of samples that are read when somebody looks at them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import overload

from core.datasets.reading import read_sample
from core.sample import Sample, SampleRef

Prepare = Callable[[Sample], Sample]


class LazySamples(Sequence[Sample]):
    """Reads on demand and keeps the last few, so that memory does not grow with the data set.

    `prepare` is applied to each sample as it is read (preprocessing, for one). Looking at a sample that
    cannot be read raises its DataError.
    """

    def __init__(
        self,
        refs: Sequence[SampleRef],
        prepare: Prepare | None = None,
        keep: int = 2,
        read: Callable[[SampleRef], Sample] = read_sample,
    ) -> None:
        self.refs = tuple(refs)
        self._prepare = prepare
        self._keep = keep
        self._read = read
        self._cached = lru_cache(maxsize=keep)(self._load)

    def __len__(self) -> int:
        return len(self.refs)

    @overload
    def __getitem__(self, index: int) -> Sample: ...

    @overload
    def __getitem__(self, index: slice) -> LazySamples: ...

    def __getitem__(self, index: int | slice) -> Sample | LazySamples:
        if isinstance(index, slice):
            return LazySamples(self.refs[index], self._prepare, self._keep, self._read)
        return self._cached(range(len(self.refs))[index])

    def _load(self, index: int) -> Sample:
        sample = self._read(self.refs[index])
        return sample if self._prepare is None else self._prepare(sample)
