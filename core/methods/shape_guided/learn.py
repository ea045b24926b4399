"""Fills both memories from normal parts, and brings their maps to one scale."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from core.errors import DataError
from core.methods.shape_guided.config import ShapeGuidedConfig
from core.methods.shape_guided.judge import Judged, Learnt, blurred, judge
from core.methods.shape_guided.looks import Eyes, Look
from core.methods.shape_guided.memories import Memories, Remembered
from core.monitor import Monitor
from core.phrase import say
from core.sample import Sample
from core.scoring.align import Alignment


def learn(eyes: Eyes, normal: Sequence[Sample], config: ShapeGuidedConfig, monitor: Monitor) -> Learnt:
    """Read every part once; raise DataError where there is none."""
    if not normal:
        raise DataError(
            say("There is no normal part to learn from."), remedy=say("Add at least one good part.")
        )
    aligns = config.experts == "RGB_SDF"
    stages = 2 if aligns else 1
    chosen = alignment_parts(len(normal), config) if aligns else frozenset()
    remembered, kept = Remembered(), {}
    reading = monitor.at_stage(1, stages, say("Extract features"))
    for number in range(len(normal)):
        sample = normal[number]
        reading.tick(number, len(normal), say("Reading {name}", name=sample.name))
        look = eyes.look(sample, config)
        places = look.patches.centres if config.place_weight else None
        remembered.take(look.codes, look.cells, look.colours, places)
        if number in chosen:
            kept[number] = look
    memories = remembered.memories(is_scaled=config.colour == "hand_made").on(config.device)
    if not aligns:
        return Learnt(memories, Alignment())
    return Learnt(
        memories, align(eyes, memories, kept, config, monitor.at_stage(2, stages, say("Calibrate")))
    )


def alignment_parts(parts: int, config: ShapeGuidedConfig) -> frozenset[int]:
    """A seeded choice of the parts that set the scale."""
    order = np.random.default_rng(config.seed).permutation(parts)
    return frozenset(order[: config.align_images].tolist())


def align(
    eyes: Eyes, memories: Memories, looks: dict[int, Look], config: ShapeGuidedConfig, monitor: Monitor
) -> Alignment:
    """From normal parts, each scored as if it were not in the memories."""
    judged = []
    for done, (number, look) in enumerate(looks.items()):
        monitor.tick(done, len(looks), say("Scoring training parts"))
        judged.append(judge(eyes.expert, memories, look, config, own_part=number))
    monitor.tick(len(looks), len(looks), say("Scoring training parts"))
    return alignment_of(judged, config)


def alignment_of(judged: Sequence[Judged], config: ShapeGuidedConfig) -> Alignment:
    """From what was said of normal parts.

    Reference: from blurred maps, though it is applied to one that is not.
    """
    colours = [blurred(one.colour_map, config) for one in judged]
    return Alignment.fit(colours, onto=[blurred(one.shape_map, config) for one in judged])
