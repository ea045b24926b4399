"""How scores are laid over the part: the one appearance that all views share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from core.colour_maps import levels, lut, smooth_step
from core.event import Event
from core.phrase import say
from core.score_map import ScoreMap
from core.state.watched import Watched

RangeMode = Literal["class", "sample", "fixed"]
ColourBy = Literal["score", "rgb", "height", "distance"]
Background = Literal["theme", "dark", "light"]


class OverlayState:
    """Colours, range, threshold line and contour of the heat; `changed` after every change of any of them.

    `low` and `high` are the display range of the class, or the typed one in mode "fixed". `threshold` is
    the pixel threshold, None until there is one. `is_hidden` is true while the user looks at the naked
    part. Opacity is 0 to 1. The contour runs at `contour_value`, None: at the threshold. `mask_changed` says
    that another mask of the user's own is shown, or that it was painted on.
    """

    visible = Watched[bool](True)
    is_hidden = Watched[bool](False)
    opacity = Watched[float](0.72)
    fade = Watched[bool](True)
    colour_map = Watched[str]("inferno")
    range_mode = Watched[RangeMode]("class")
    low = Watched[float](0.0)
    high = Watched[float](1.0)
    threshold = Watched[float | None](None)
    contour = Watched[bool](True)
    contour_width = Watched[int](1)
    contour_value = Watched[float | None](None)
    truth_on = Watched[bool](False)
    my_mask_on = Watched[bool](True)
    model_mask_on = Watched[bool](False)
    colour_by_3d = Watched[ColourBy]("score")
    point_size = Watched[int](3)
    axes_on = Watched[bool](True)
    background_3d = Watched[Background]("theme")
    bar_title: str = say("score")
    """What the numbers of the colour bar are."""

    def __init__(self) -> None:
        self.changed = Event()
        self.mask_changed = Event()
        self._my_mask: NDArray[np.bool_] | None = None
        self._class_range: tuple[float, float] | None = None

    def take_class_range(self, ends: tuple[float, float], threshold: float | None) -> None:
        """Another class or model is shown; a typed range stays."""
        self._class_range = ends
        with self.together():
            self.threshold = threshold
            self.choose_range(self.range_mode)

    def choose_range(self, mode: RangeMode) -> None:
        """Stretch the colours over the class, over each sample, or over what is typed."""
        with self.together():
            self.range_mode = mode
            if mode != "fixed" and self._class_range is not None:
                self.low, self.high = self._class_range

    def change(self, **values: Any) -> None:
        """Set several attributes and say so once."""
        with self.together():
            for name, value in values.items():
                assert isinstance(getattr(type(self), name, None), Watched), name
                setattr(self, name, value)

    @contextmanager
    def together(self) -> Iterator[None]:
        """Changes made inside are announced once, at the end, and only if there were any."""
        outer, self.changed = self.changed, Event()
        before = {name: getattr(self, name) for name in self.names()}
        try:
            yield
        finally:
            self.changed = outer
        if any(getattr(self, name) != value for name, value in before.items()):
            self.changed.emit()

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """The attributes that can be set, and undone."""
        return tuple(name for name, kind in vars(cls).items() if isinstance(kind, Watched))

    @property
    def my_mask(self) -> NDArray[np.bool_] | None:
        """(H, W) what the user has marked on the shown part, on the raster of its source; None: nothing."""
        return self._my_mask

    @my_mask.setter
    def my_mask(self, mask: NDArray[np.bool_] | None) -> None:
        if mask is not self._my_mask:
            self._my_mask = mask
            self.mask_changed.emit()

    @property
    def contour_level(self) -> float | None:
        """Where the contour runs: at the typed value, else at the pixel threshold."""
        return self.threshold if self.contour_value is None else self.contour_value

    @property
    def is_shown(self) -> bool:
        """Whether heat and lines are painted just now."""
        return self.visible and not self.is_hidden

    def range_for(self, score_map: ScoreMap | None) -> tuple[float, float]:
        """The (low, high) ends of the colour bar for this map; never an empty range."""
        low, high = self.low, self.high
        if self.range_mode == "sample" and score_map is not None and np.isfinite(score_map.pixels).any():
            low, high = float(np.nanmin(score_map.pixels)), float(np.nanmax(score_map.pixels))
        return low, high if high > low else low + 1e-6

    def heat_table(self, low: float, high: float) -> NDArray[np.uint8]:
        """The (256, 4) table that paints quantised scores over a picture, opacity and fading included."""
        alpha = np.full(256, self.opacity)
        if self.fade:
            line = self._line(low, high)
            start = low + 0.2 * (line - low)
            end = low + 1.2 * (line - low) if low <= 0 else max(1.2 * line, line + 1e-9)
            alpha *= smooth_step(np.linspace(low, high, 256), start, end)
        return np.concatenate([lut(self.colour_map), np.rint(alpha * 255).astype(np.uint8)[:, None]], axis=1)

    def mixing(self, low: float, high: float) -> NDArray[np.float64]:
        """(256,) how much of the heat replaces the part's own shade in 3D: full just below the threshold."""
        if not self.is_shown:
            return np.zeros(256)
        line = self._line(low, high)
        start, end = low + 0.55 * (line - low), low + 0.95 * (line - low)
        return smooth_step(np.linspace(low, high, 256), start, end) * min(1.0, self.opacity / 0.72)

    def quantised(self, score_map: ScoreMap) -> NDArray[np.uint8]:
        """(H, W) the map as entries of the colour table over its range."""
        return levels(score_map.pixels, *self.range_for(score_map))

    def _line(self, low: float, high: float) -> float:
        line = self.threshold
        return line if line is not None and low < line < high else low + 0.6 * (high - low)
