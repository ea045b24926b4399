"""The patches of one sample in the streams of a variant, from features that are computed once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import torch

from core.backbones.fusion_block import FusionBlock
from core.backbones.rgb_patches import doubled
from core.memory.feature_cache import FeatureCache
from core.methods.m3dm.config import Stream
from core.patches import PatchFeatures
from core.sample import Sample

Views = dict[Stream, PatchFeatures]
_SOURCES: dict[Stream, tuple[str, ...]] = {"xyz": ("xyz",), "rgb": ("rgb",), "fused": ("xyz", "rgb")}


@dataclass(frozen=True)
class Source:
    """How one sensor's features come about; features of equal identity are interchangeable."""

    extract: Callable[[Sample], PatchFeatures]
    identity: str


class StreamPatches:
    """Callable: sample -> patches of every wanted stream."""

    def __init__(
        self, streams: Sequence[Stream], sources: Mapping[str, Source], fusion: FusionBlock | None = None
    ) -> None:
        self._streams = tuple(streams)
        self._sources = sources
        self._fusion = None if fusion is None else fusion.eval()
        wanted = {source for stream in streams for source in _SOURCES[stream]}
        assert wanted <= set(sources), "a stream lacks its source"
        assert "fused" not in streams or fusion is not None, "the fused stream lacks its fusion block"

    def __call__(self, sample: Sample, cache: FeatureCache | None = None) -> Views:
        names = {name for stream in self._streams for name in _SOURCES[stream]}
        sensors = {name: self._sensor(sample, name, cache) for name in sorted(names)}
        return {stream: self._stream_of(sensors, stream) for stream in self._streams}

    def stream(self, sample: Sample, stream: Stream, cache: FeatureCache | None = None) -> PatchFeatures:
        """The patches of one stream alone."""
        return self._stream_of({name: self._sensor(sample, name, cache) for name in _SOURCES[stream]}, stream)

    def _sensor(self, sample: Sample, name: str, cache: FeatureCache | None) -> PatchFeatures:
        source = self._sources[name]
        if cache is None:
            return source.extract(sample)
        rows = cache.rows(sample, source.identity, lambda: source.extract(sample).values.numpy())
        side = round(len(rows) ** 0.5)
        return PatchFeatures(torch.from_numpy(rows), (side, side))

    def _stream_of(self, sensors: Mapping[str, PatchFeatures], stream: Stream) -> PatchFeatures:
        if stream != "fused":
            return sensors[stream]
        assert self._fusion is not None
        with torch.inference_mode():
            values = self._fusion(sensors["xyz"].values, doubled(sensors["rgb"]).values)
        return PatchFeatures(values.clone(), sensors["xyz"].grid)
