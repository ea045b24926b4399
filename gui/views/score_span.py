"""How far to the right a plot of scores reaches, so that a few extreme parts do not squeeze the others."""

from __future__ import annotations

from collections.abc import Sequence

LINES = 2.5
REACH = 3.0


def right_end(scores: Sequence[float], line: float | None) -> float:
    """The highest score, or a place well beyond the line: 2.5 lines, or 3 times the way up to the line."""
    lowest, highest = min(scores, default=0.0), max(scores, default=1.0)
    if line is None or line <= lowest:
        return highest
    return min(highest, max(LINES * line, line + REACH * (line - lowest)))


def beyond(scores: Sequence[float], end: float) -> int:
    """How many scores lie to the right of the plot."""
    return sum(score > end for score in scores)
