"""The patches of one sample in the streams of a variant, from features that are computed once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import torch

from core.backbones.fusion_block import FusionBlock
from core.backbones.rgb_patches import doubled
from core.errors import DataError
from core.memory.feature_cache import Shelf
from core.methods.m3dm.config import Stream
from core.patches import PatchFeatures
from core.phrase import say
from core.sample import Sample

Views = dict[Stream, PatchFeatures]
ReadSample = Callable[[], Sample]
"""Gives the sample when its features are not kept anywhere."""
_SOURCES: dict[Stream, tuple[str, ...]] = {"xyz": ("xyz",), "rgb": ("rgb",), "fused": ("xyz", "rgb")}


@dataclass(frozen=True)
class Source:
    """How one sensor's features come about; features of equal identity are interchangeable."""

    extract: Callable[[Sample], PatchFeatures]
    identity: str


def _extracted(source: Source, read: ReadSample) -> PatchFeatures:
    """Fresh features; raise DataError for what is not a number, before anything keeps it."""
    sample = read()
    found = source.extract(sample)
    if not bool(torch.isfinite(found.values).all()):
        raise DataError(
            say("Some features of {name} are not numbers.", name=sample.name),
            remedy=say("Check the part for broken points or values, or leave it out."),
        )
    return found


class StreamPatches:
    """Patches of every wanted stream of a sample."""

    def __init__(
        self, streams: Sequence[Stream], sources: Mapping[str, Source], fusion: FusionBlock | None = None
    ) -> None:
        self._streams = tuple(streams)
        self._sources = sources
        self._fusion = None if fusion is None else fusion.eval()
        wanted = {source for stream in streams for source in _SOURCES[stream]}
        assert wanted <= set(sources), "a stream lacks its source"
        assert "fused" not in streams or fusion is not None, "the fused stream lacks its fusion block"

    @property
    def identities(self) -> dict[str, str]:
        """What the features of every sensor were made with."""
        return {name: source.identity for name, source in self._sources.items()}

    def views(self, read: ReadSample, shelf: Shelf | None = None) -> Views:
        """Every stream of one sample."""
        names = {name for stream in self._streams for name in _SOURCES[stream]}
        sensors = {name: self.sensor(name, read, shelf) for name in sorted(names)}
        return {stream: self._stream_of(sensors, stream) for stream in self._streams}

    def stream(self, stream: Stream, read: ReadSample, shelf: Shelf | None = None) -> PatchFeatures:
        """One stream alone."""
        return self._stream_of({name: self.sensor(name, read, shelf) for name in _SOURCES[stream]}, stream)

    def sensor(self, name: str, read: ReadSample, shelf: Shelf | None = None) -> PatchFeatures:
        """The features of one sensor, kept on the shelf where there is one."""
        source = self._sources[name]
        if shelf is None:
            return _extracted(source, read)
        rows = shelf.rows(source.identity, lambda: _extracted(source, read).values.numpy())
        side = round(len(rows) ** 0.5)
        return PatchFeatures(torch.from_numpy(rows), (side, side))

    def _stream_of(self, sensors: Mapping[str, PatchFeatures], stream: Stream) -> PatchFeatures:
        if stream != "fused":
            return sensors[stream]
        assert self._fusion is not None
        device = self._fusion.xyz_head.weight.device
        with torch.inference_mode():
            values = self._fusion(sensors["xyz"].values.to(device), doubled(sensors["rgb"]).values.to(device))
        return PatchFeatures(values.cpu().clone(), sensors["xyz"].grid)
