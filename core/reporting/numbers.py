"""Numbers as a report writes them."""

from __future__ import annotations

from core.metrics.wilson import Rate


def share(value: float | None) -> str:
    """A figure between 0 and 1 with four digits, a dash where the data cannot tell."""
    return "–" if value is None else f"{value:.4f}"


def score(value: float | None) -> str:
    """A raw score with four significant digits."""
    return "–" if value is None else f"{value:.4g}".replace("-", "−")


def percent(rate: Rate) -> str:
    """A rate with its counts and its 95 % interval."""
    if rate.value is None:
        return "–"
    low, high = rate.interval
    return f"{100 * rate.value:.1f} % ({rate.count}/{rate.total}) [{100 * low:.0f}–{100 * high:.0f}]"
