"""What a training of reverse distillation will take: sizes from the config alone."""

from __future__ import annotations

from core.methods.cost import Cost, Stage
from core.methods.reverse_distillation.config import ReverseDistillationConfig
from core.phrase import say

_LEVEL_SIDES = (4, 8, 16)
"""How much smaller than the picture the three maps are."""
_LESS_IN_HALF = 28_055_552
"""Numbers that a bottleneck of half the width does without."""
_COPIES_WHILE_LEARNING = 14
"""Of the teacher's maps of one batch: what the student keeps on the way, and gradients."""


def cost(config: ReverseDistillationConfig, parts: int) -> Cost:
    """Look, then learn; pictures stay in memory, the teacher's maps too where they are kept."""
    share = (config.image_size / 256) ** 2
    picture = 3 * config.image_size**2 * 4
    maps = sum(
        channels * (config.image_size // side) ** 2 * 4
        for channels, side in zip(config.form.channels, _LEVEL_SIDES, strict=True)
    )
    keeps = config.teacher_maps == "kept"
    held = parts * (picture + keeps * maps)
    teacher, student = config.form.weights, student_numbers(config)
    batch = min(config.batch_size, parts) * maps * _COPIES_WHILE_LEARNING
    look = parts * config.form.operations * share
    learn = parts * config.epochs * 3 * (1.6 if config.form.expansion == 4 else 1.2) * config.form.operations
    again = 0.0 if keeps else config.epochs * look
    return Cost(
        parts,
        (),
        (
            Stage(say("Look at the parts"), held + teacher * 4 + 12 * maps, look if keeps else 0.0),
            Stage(say("Train the student"), held + teacher * 4 + student * 16 + batch, learn * share + again),
        ),
        disk_bytes=student * 12,
    )


def student_numbers(config: ReverseDistillationConfig) -> int:
    """The numbers of bottleneck and decoder."""
    return config.form.student - (config.bottleneck == "half") * _LESS_IN_HALF
