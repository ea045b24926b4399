from __future__ import annotations

import gc
import weakref
from dataclasses import replace

import numpy as np
import pytest

from core.datasets.lazy import LazySamples
from core.errors import DataError
from core.sample import Sample, SampleRef


class Counted:
    """A reader that notes what it was asked for and whether its samples are still alive."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.alive: weakref.WeakSet[Sample] = weakref.WeakSet()

    def __call__(self, ref: SampleRef) -> Sample:
        self.asked.append(ref.id)
        sample = Sample(ref.name, rgb=np.zeros((8, 8, 3), np.uint8))
        self.alive.add(sample)
        return sample


REFS = [SampleRef("nut", "train", "good", f"{index:03d}") for index in range(6)]


def test_nothing_is_read_before_somebody_looks() -> None:
    read = Counted()
    samples = LazySamples(REFS, read=read)
    assert len(samples) == 6
    assert read.asked == []
    assert samples[-1].name == "nut/train/good/005"
    assert read.asked == ["005"]


def test_only_the_last_few_stay_in_memory() -> None:
    read = Counted()
    names = [sample.name for sample in LazySamples(REFS, keep=2, read=read)]
    gc.collect()
    assert len(names) == 6
    assert len(read.alive) <= 3


def test_a_sample_looked_at_twice_in_a_row_is_read_once() -> None:
    read = Counted()
    samples = LazySamples(REFS, read=read)
    assert samples[1] is samples[1]
    assert read.asked == ["001"]


def test_a_slice_is_lazy_too_and_prepares_alike() -> None:
    read = Counted()
    some = LazySamples(REFS, prepare=lambda sample: replace(sample, name="prepared"), read=read)[1:3]
    assert read.asked == []
    assert [sample.name for sample in some] == ["prepared", "prepared"]
    assert read.asked == ["001", "002"]


def test_an_index_beyond_the_end_is_an_index_error() -> None:
    with pytest.raises(IndexError):
        LazySamples(REFS)[6]


def test_a_sample_without_files_raises_its_sentence_when_looked_at() -> None:
    with pytest.raises(DataError, match="nut/train/good/000"):
        LazySamples(REFS)[0]
