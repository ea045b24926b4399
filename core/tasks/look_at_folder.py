"""The first look at a folder of parts: what it is, what is in it, and one part of it to see."""

from __future__ import annotations

from dataclasses import dataclass, replace

from core.datasets.layout import Recognition, recognise, scan
from core.datasets.reading import read_sample
from core.datasets.unit import UnitGuess, guess_unit_of, spread
from core.errors import DataError
from core.monitor import Monitor
from core.phrase import say
from core.sample import Sample, SampleRef
from core.tasks.import_folder import ImportWish


@dataclass(frozen=True, eq=False)
class FolderLook:
    """What a folder was recognised as; `sample` is a part of it, None where none could be read.

    `size_units` is how large it is along x, y and z in the unit of its file, `guess` the likelier unit.
    """

    found: Recognition
    sample: Sample | None = None
    size_units: tuple[float, float, float] | None = None
    guess: UnitGuess | None = None


def look_at_folder(wish: ImportWish, monitor: Monitor) -> FolderLook:
    """Recognise the folder, or read it as told, and open one part; raise DataError where nothing fits."""
    monitor.tick(0, 2, say("Looking at {name}", name=wish.source.name))
    found = recognise(wish.source, wish.options)
    if wish.layout not in ("auto", found.layout):
        refs = tuple(scan(wish.source, wish.layout, wish.options))
        found = replace(found, folder=wish.source.absolute(), layout=wish.layout, refs=refs)
    monitor.tick(1, 2, say("Looking at {name}", name=wish.source.name))
    ref = _telling(found.refs)
    try:
        sample = read_sample(ref)
    except DataError:
        return FolderLook(found)
    if sample.xyz is None or ref.cloud is None:
        return FolderLook(found, sample)
    metres, unit = spread(sample.xyz), ref.metres_per_unit
    size = None if metres is None else (metres[0] / unit, metres[1] / unit, metres[2] / unit)
    return FolderLook(found, sample, size, guess_unit_of([ref]))


def _telling(refs: tuple[SampleRef, ...]) -> SampleRef:
    """A part with as many files as there are, a defective one first: it shows the most."""
    return max(refs, key=lambda ref: (len(ref.sensors), ref.mask is not None))
