"""Counts that fit into a cell: parts as they are, pixels in thousands and millions."""

from __future__ import annotations

PLAIN = 10_000
UNITS = ("", "k", "M", "G", "T")


def short_count(count: int) -> str:
    """All digits up to ten thousand, then three of them with k, M or G."""
    if count < PLAIN:
        return str(count)
    step = (len(str(count)) - 1) // 3
    if round(count / 1000**step) == 1000:
        step += 1
    return f"{count / 1000**step:.3g} {UNITS[step]}"
