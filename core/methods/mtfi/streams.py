"""The patches of one sample in the streams of a variant; the missing sensor is never asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

from core.memory.feature_cache import Shelf
from core.memory.kept_features import ReadSample, Source, kept_features
from core.methods.mtfi.config import MtfiConfig, Stream
from core.methods.mtfi.imagination import Imagination
from core.patches import PatchFeatures
from core.sample import Sample, Sensor

Views = dict[Stream, PatchFeatures]


@dataclass(frozen=True)
class Shelves:
    """Where the real patches of a sample are kept, and where the imagined ones; None: nowhere."""

    real: Shelf | None = None
    imagined: Shelf | None = None


@dataclass(frozen=True)
class Streams:
    """Sources by sensor, and the imagination once there is one."""

    config: MtfiConfig
    sources: Mapping[Sensor, Source]
    imagination: Imagination | None = None

    def with_imagination(self, imagination: Imagination) -> Streams:
        """The same, now able to imagine."""
        return replace(self, imagination=imagination)

    def views(self, read: ReadSample, shelves: Shelves) -> Views:
        """Every stream of the variant."""
        return {stream: self.patches(stream, read, shelves) for stream in self.config.streams}

    def patches(self, stream: Stream, read: ReadSample, shelves: Shelves) -> PatchFeatures:
        """One stream of one sample."""
        if stream != "imagined":
            return kept_features(self.sources[stream], read, shelves.real)
        assert self.imagination is not None, "nothing has been trained that could imagine"
        main = self.config.main
        real = partial(self.patches, main, read, Shelves(shelves.real))
        imagine = self.imagination.imagine
        source = Source(
            lambda sample: imagine(partial(_given, sample), real),
            f"{self.imagination.identity} from {main} {self.sources[main].identity}",
        )
        return kept_features(source, read, shelves.imagined)


def _given(sample: Sample) -> Sample:
    return sample
