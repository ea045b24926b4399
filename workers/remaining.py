"""The remaining time in words: rounded, never negative."""

from __future__ import annotations

from core.phrase import Phrase, say


def say_remaining(seconds: float) -> Phrase:
    """About how long it will take: seconds up to a minute, minutes up to two hours, hours up to two days."""
    seconds = max(0.0, seconds)
    if seconds < 5:
        return say("a few seconds")
    if seconds < 55:
        return say("about {seconds} s", seconds=max(10, round(seconds / 10) * 10))
    if seconds < 115 * 60:
        return say("about {minutes} min", minutes=max(1, round(seconds / 60)))
    if seconds < 47.5 * 3600:
        return say("about {hours} h", hours=round(seconds / 3600))
    return say("about {days} days", days=round(seconds / 86_400))


def say_elapsed(seconds: float) -> Phrase:
    """How long something has taken, to the second."""
    whole = int(max(0.0, seconds))
    if whole < 60:
        return say("{seconds} s", seconds=whole)
    if whole < 3600:
        return say("{minutes} min {seconds} s", minutes=whole // 60, seconds=whole % 60)
    return say("{hours} h {minutes} min", hours=whole // 3600, minutes=whole % 3600 // 60)
