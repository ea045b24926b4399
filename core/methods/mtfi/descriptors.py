"""Hand-made shape and colour features that can stand in for the networks'."""

from __future__ import annotations

from core.memory.kept_features import Source


def shape_source() -> Source:
    raise NotImplementedError


def colour_source() -> Source:
    raise NotImplementedError
