"""What a training of Quick look will take: its filters counted as if they were multiplications."""

from __future__ import annotations

from core.methods.cost import Cost, Stage
from core.methods.quick_look.config import QuickLookConfig
from core.phrase import say

_OPERATIONS = 30e9
"""Of one part at 400 px, from 0.7 s measured on one core."""
_WORKING_BYTES = 300_000_000


def cost(config: QuickLookConfig, parts: int) -> Cost:
    """One stage; the time of a part goes with its pixels."""
    share = (config.most_pixels / 400) ** 2
    return Cost(
        parts, (), (Stage(say("Learn"), int(_WORKING_BYTES * max(share, 1)), parts * share * _OPERATIONS),)
    )
