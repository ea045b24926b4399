"""Everything that the viewer shows of one sample, as one frozen object."""

from __future__ import annotations

from dataclasses import dataclass

from core.frame import Frame
from core.pixel_link import PixelLink
from core.sample import Sample
from core.score_map import ScoreMap
from core.state.results_state import Mark
from gui.views.region_mark import RegionMark


@dataclass(frozen=True, eq=False)
class ShownSample:
    """`place` is (number from 1, how many) in the list that is walked through.

    `map_frame` is the raster that the map spans, None: the sample's own. `note` goes under an empty 3D
    view: which models can still judge the part.
    """

    sample: Sample
    score_map: ScoreMap | None = None
    title: str = ""
    split: str = ""
    label: str = ""
    mark: Mark = Mark.NONE
    place: tuple[int, int] = (0, 0)
    regions: tuple[RegionMark, ...] = ()
    note: str = ""
    map_frame: Frame | None = None

    @property
    def link(self) -> PixelLink:
        """The sample and its map, pixel by pixel."""
        return PixelLink(self.sample, self.score_map, self.map_frame)
