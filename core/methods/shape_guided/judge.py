"""The verdicts of both experts on one part, and how they become one map."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.errors import NotFitted
from core.methods.shape_guided.config import PartScore, ShapeGuidedConfig
from core.methods.shape_guided.cut import normalised
from core.methods.shape_guided.expert import Expert
from core.methods.shape_guided.looks import Look
from core.methods.shape_guided.memories import Memories
from core.methods.shape_guided.millimetres import signed_on_pixels
from core.methods.shape_guided.scores import Map, least_on_pixels, score_colour, score_shape
from core.phrase import say
from core.score_map import ScoreMap
from core.scoring.align import Alignment
from core.scoring.smooth import smooth


@dataclass(frozen=True, eq=False)
class Learnt:
    """What the detector keeps of the normal parts."""

    memories: Memories
    alignment: Alignment

    @classmethod
    def require(cls, learnt: Learnt | None) -> Learnt:
        """`learnt`, or NotFitted where there is nothing."""
        if learnt is None:
            raise NotFitted(
                say("This detector has seen no normal parts."), remedy=say("Train it, or open a saved one.")
            )
        return learnt


@dataclass(frozen=True, eq=False)
class Judged:
    """Both experts' scores of a part, and their maps before any blur; zeros where an expert is not asked.

    `distance_mm` are signed millimetres; None for a cloud without unit, or where the shape expert is not
    asked.
    """

    shape_score: float
    shape_map: Map
    colour_score: float
    colour_map: Map
    distance_mm: Map | None = None


def judge(
    expert: Expert, memories: Memories, look: Look, config: ShapeGuidedConfig, own_part: int | None = None
) -> Judged:
    """What each expert says of a part; `own_part` tells which normal part it is, while these are aligned."""
    is_own = own_part is not None
    without = None
    if own_part is not None and config.alignment_leaves_out == "image" and len(memories.patches_until) > 1:
        without = memories.patches_of(own_part)
    shape = score_shape(
        memories, look.codes, config, look.patches.centres, drops_first=is_own, without=without
    )
    empty = np.zeros((config.image_size, config.image_size), np.float32)
    pixels, signed = empty, None
    if config.experts != "RGB":
        distances = expert.distances(shape.codes, normalised(look.patches.points))
        pixels = least_on_pixels(np.abs(distances), look.patches.pixels, config.image_size)
        if not is_own and look.to_sensor is not None:
            signed = signed_on_pixels(
                expert, shape.codes, look.patches, distances, look.to_sensor, config.image_size
            )
    if look.colours is None:
        return Judged(shape.whole, pixels, 0.0, empty, signed)
    colours = look.colours if memories.spread is None else look.colours / memories.spread.cpu()
    # Another part's cells are no twin of this one's: nothing is dropped where the whole part was left out.
    colour = score_colour(
        memories, shape.neighbours, look.cells, colours, config, drops_first=is_own and without is None
    )
    return Judged(shape.whole, pixels, colour.whole, colour.pixels, signed)


def score_map(judged: Judged, alignment: Alignment, config: ShapeGuidedConfig) -> ScoreMap:
    """The map and the score that the config asks for; those of both experts are multiplied."""
    if config.experts == "SDF":
        joined, whole = judged.shape_map, judged.shape_score
    elif config.experts == "RGB":
        joined, whole = judged.colour_map, judged.colour_score
    else:
        joined = np.maximum(alignment(judged.colour_map), judged.shape_map)
        whole = judged.shape_score * judged.colour_score
    pixels = blurred(joined, config)
    return ScoreMap(pixels, part_score(whole, pixels, config.part_score))


def part_score(experts: float, pixels: Map, way: PartScore) -> float:
    """The score of a part, of what its experts say and of its map."""
    if way == "experts":
        return experts
    highest = float(pixels.max())
    return highest if way == "map" else experts * highest


def blurred(pixels: Map, config: ShapeGuidedConfig) -> Map:
    """A map as it is shown and compared."""
    return smooth(pixels, radius=config.blur_radius, blur=config.blur)
