"""The patches of one sample in the streams of a variant, from features that are computed once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import torch

from core.backbones.fusion_block import FusionBlock
from core.backbones.rgb_patches import doubled
from core.memory.feature_cache import Shelf
from core.memory.kept_features import ReadSample, Source, kept_features, kept_name
from core.methods.m3dm.config import Stream
from core.patches import PatchFeatures

Views = dict[Stream, PatchFeatures]
_SOURCES: dict[Stream, tuple[str, ...]] = {"xyz": ("xyz",), "rgb": ("rgb",), "fused": ("xyz", "rgb")}


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
        sensors = self.sensors(read, shelf)
        return {stream: self._stream_of(sensors, stream) for stream in self._streams}

    def sensors(self, read: ReadSample, shelf: Shelf | None = None) -> dict[str, PatchFeatures]:
        """The features of every sensor that the streams are made of."""
        names = {name for stream in self._streams for name in _SOURCES[stream]}
        return {name: self.sensor(name, read, shelf) for name in sorted(names)}

    def stream(self, stream: Stream, read: ReadSample, shelf: Shelf | None = None) -> PatchFeatures:
        """One stream alone."""
        return self._stream_of({name: self.sensor(name, read, shelf) for name in _SOURCES[stream]}, stream)

    def sensor(self, name: str, read: ReadSample, shelf: Shelf | None = None) -> PatchFeatures:
        """The features of one sensor, kept on the shelf where there is one."""
        return kept_features(self._sources[name], read, shelf)

    def keep(self, name: str, read: ReadSample, shelf: Shelf) -> Path:
        """Leave the features of one sensor on the shelf, and say where they lie."""
        self.sensor(name, read, shelf)
        return shelf.place(kept_name(self._sources[name]))

    def _stream_of(self, sensors: Mapping[str, PatchFeatures], stream: Stream) -> PatchFeatures:
        if stream != "fused":
            return sensors[stream]
        assert self._fusion is not None
        device = self._fusion.xyz_head.weight.device
        with torch.inference_mode():
            values = self._fusion(sensors["xyz"].values.to(device), doubled(sensors["rgb"]).values.to(device))
        return PatchFeatures(values.cpu().clone(), sensors["xyz"].grid)
