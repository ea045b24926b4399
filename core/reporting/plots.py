"""Histogram, ROC and precision-recall curve as inline SVG; colours are the style sheet's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.metrics.candidates import candidates
from core.reporting.markup import Markup, element, joined
from core.reporting.numbers import score as score_text

WIDTH, HEIGHT = 560, 230
_LEFT, _RIGHT, _TOP, _BOTTOM = 34, 14, 26, 34
_BINS = 36


@dataclass(frozen=True)
class PlotWords:
    """The words in the plots, in the report's language."""

    score: str
    ok: str
    ng: str
    false_alarms: str
    found: str
    precision: str = ""


def histogram(good: Sequence[float], bad: Sequence[float], line: float | None, words: PlotWords) -> Markup:
    """Good parts grow up and bad ones down from a common zero line; wrong sides of the line are darker."""
    values = np.array([*good, *bad], np.float64)
    if not values.size:
        return Markup()
    edges = _edges(values, line)
    up, down = _counts(good, edges), _counts(bad, edges)
    scale = (HEIGHT - _TOP - _BOTTOM) / max(int(up.max()) + int(down.max()), 1)
    zero = _TOP + scale * int(up.max())
    bars = [*_bars(up, edges, line, zero, -scale, "ok"), *_bars(down, edges, line, zero, scale, "ng")]
    x_zero, x_end = _x(edges[0], edges), _x(edges[-1], edges)
    axis = element("line", x1=x_zero, x2=x_end, y1=f"{zero:.1f}", y2=f"{zero:.1f}", class_="axis")
    titles = [
        _title(f"● {words.ok} {len(good)}", line, edges),
        _text(_LEFT, HEIGHT - 4, f"◆ {words.ng} {len(bad)}", "ngText", "start"),
        _text(WIDTH - _RIGHT, HEIGHT - 4, words.score, "tick", "end"),
    ]
    parts = [*bars, axis, *_ticks(edges), *_flag(line, edges), *titles]
    return _drawing(WIDTH, HEIGHT, parts, f"{words.score}: {words.ok} {len(good)}, {words.ng} {len(bad)}")


def roc(good: Sequence[float], bad: Sequence[float], line: float | None, words: PlotWords) -> Markup:
    """Share of bad parts found over the share of good ones called bad, with the working point."""
    if not good or not bad:
        return Markup()
    scores = np.array([*good, *bad], np.float64)
    among = candidates(scores, np.arange(scores.size) >= len(good))
    places = zip(among.false_alarms[::-1] / among.good, among.caught[::-1] / among.bad, strict=True)
    at = None
    if line is not None:
        at = float(np.mean(np.asarray(good) > line)), float(np.mean(np.asarray(bad) > line))
    return _square("ROC", list(places), at, (words.false_alarms, words.found), has_chance=True)


def precision_recall(
    good: Sequence[float], bad: Sequence[float], line: float | None, words: PlotWords
) -> Markup:
    """Share of truly bad parts among those called bad over the share of bad parts found."""
    if not good or not bad:
        return Markup()
    scores = np.array([*good, *bad], np.float64)
    among = candidates(scores, np.arange(scores.size) >= len(good))
    called = among.caught + among.false_alarms
    places = [
        (float(caught / among.bad), float(caught / count))
        for caught, count in zip(among.caught[::-1], called[::-1], strict=True)
        if count
    ]
    at = None
    if line is not None:
        right, wrong = int(np.sum(np.asarray(bad) > line)), int(np.sum(np.asarray(good) > line))
        at = (right / len(bad), right / (right + wrong)) if right + wrong else None
    return _square("PR", [(0.0, places[0][1]), *places], at, (words.found, words.precision))


def _square(
    name: str,
    places: Sequence[tuple[float, float]],
    point: tuple[float, float] | None,
    axes: tuple[str, str],
    *,
    has_chance: bool = False,
) -> Markup:
    """A curve of shares over shares, 0 to 1, with the working point."""
    side, left, top = HEIGHT - _TOP - _BOTTOM, 40, 12
    path = " L".join(f"{left + side * x:.1f},{top + side * (1 - y):.1f}" for x, y in places)
    area = f"M{left},{top + side} L{path} L{left + side},{top + side} Z"
    parts = [
        element("path", d=area, class_="fill"),
        element("line", x1=left, y1=top + side, x2=left + side, y2=top, class_="chance")
        if has_chance
        else Markup(),
        element("path", d=f"M{path}", class_="curve"),
        element("line", x1=left, x2=left + side, y1=top + side, y2=top + side, class_="axis"),
        *(_text(left + side * at, top + side + 15, f"{at:g}", "tick", "middle") for at in (0, 0.5, 1)),
        *(_text(left - 7, top + side * (1 - at) + 4, f"{at:g}", "tick", "end") for at in (0, 0.5, 1)),
        _text(left + side / 2, top + side + 31, axes[0], "tick", "middle"),
    ]
    if point is not None:
        x, y = point
        parts.append(
            element(
                "circle", cx=f"{left + side * x:.1f}", cy=f"{top + side * (1 - y):.1f}", r=5, class_="point"
            )
        )
    turned = element(
        "text",
        axes[1],
        class_="tick",
        text_anchor="middle",
        transform=f"translate(11 {top + side / 2}) rotate(-90)",
    )
    return _drawing(left + side + 14, HEIGHT - 10, [*parts, turned], name)


def _edges(values: NDArray[np.float64], line: float | None) -> NDArray[np.float64]:
    """Even bins, one of whose edges is the line, so that no bar lies on both sides."""
    low, high = float(values.min()), float(values.max())
    span = max(high - low, 1e-9)
    if line is None:
        return np.linspace(low - 0.01 * span, high + 0.01 * span, _BINS + 1)
    low, high = min(low, line) - 0.01 * span, max(high, line) + 0.01 * span
    step = (high - low) / _BINS
    before = int(np.ceil((line - low) / step))
    after = int(np.ceil((high - line) / step))
    edges: NDArray[np.float64] = line + step * np.arange(-before, after + 1, dtype=np.float64)
    return edges


def _counts(values: Sequence[float], edges: NDArray[np.float64]) -> NDArray[np.int64]:
    """Parts in each bin, which holds its upper edge: a score equal to the line is not above it."""
    bins = np.searchsorted(edges, np.asarray(values, np.float64), side="left") - 1
    return np.bincount(bins, minlength=edges.size - 1)


def _bars(
    counts: NDArray[np.int64],
    edges: NDArray[np.float64],
    line: float | None,
    zero: float,
    scale: float,
    kind: str,
) -> list[Markup]:
    found = []
    for index in np.flatnonzero(counts):
        x, end = _x(edges[index], edges), _x(edges[index + 1], edges)
        tall = abs(scale) * int(counts[index])
        is_above = line is not None and edges[index] >= line - 1e-12 * abs(line)
        is_wrong = line is not None and is_above == (kind == "ok")
        found.append(
            element(
                "rect",
                x=f"{x + 0.08 * (end - x):.1f}",
                width=f"{0.84 * (end - x):.1f}",
                y=f"{zero - tall if scale < 0 else zero:.1f}",
                height=f"{tall:.1f}",
                class_=f"{kind}{'Wrong' if is_wrong else 'Bar'}",
            )
        )
    return found


def _flag(line: float | None, edges: NDArray[np.float64]) -> list[Markup]:
    if line is None:
        return []
    x, text = _x(line, edges), f"T {score_text(line)}"
    wide = 7.2 * len(text) + 10
    start = min(max(x - wide / 2, 0), WIDTH - wide)
    return [
        element("line", x1=f"{x:.1f}", x2=f"{x:.1f}", y1=_TOP - 6, y2=HEIGHT - _BOTTOM, class_="line"),
        element("rect", x=f"{start:.1f}", y=_TOP - 24, width=f"{wide:.1f}", height=18, rx=4, class_="flag"),
        _text(start + wide / 2, _TOP - 11, text, "flagText", "middle"),
    ]


def _title(text: str, line: float | None, edges: NDArray[np.float64]) -> Markup:
    """Above the bars, on the side where the flag of the line is not."""
    if line is not None and _x(line, edges) < WIDTH / 2:
        return _text(WIDTH - _RIGHT, _TOP - 12, text, "okText", "end")
    return _text(_LEFT, _TOP - 12, text, "okText", "start")


def _ticks(edges: NDArray[np.float64]) -> list[Markup]:
    """Three to six round values below the histogram."""
    span = float(edges[-1] - edges[0])
    step = 10.0 ** np.floor(np.log10(span / 3))
    step *= next(factor for factor in (1, 2, 5, 10) if span / (step * factor) <= 6)
    values = step * np.arange(np.ceil(edges[0] / step), np.floor(edges[-1] / step) + 1)
    return [
        _text(
            _x(float(value), edges),
            HEIGHT - _BOTTOM + 15,
            score_text(round(float(value), 10) + 0.0),
            "tick",
            "middle",
        )
        for value in values
    ]


def _x(value: float, edges: NDArray[np.float64]) -> float:
    share = (value - edges[0]) / (edges[-1] - edges[0])
    return float(_LEFT + share * (WIDTH - _LEFT - _RIGHT))


def _text(x: float, y: float, text: str, kind: str, anchor: str) -> Markup:
    return element("text", text, x=f"{x:.1f}", y=f"{y:.1f}", class_=kind, text_anchor=anchor)


def _drawing(width: float, height: float, parts: Sequence[Markup], name: str) -> Markup:
    return element(
        "svg",
        joined(*parts),
        viewBox=f"0 0 {width:g} {height:g}",
        width=f"{width:g}",
        height=f"{height:g}",
        role="img",
        aria_label=name,
    )
