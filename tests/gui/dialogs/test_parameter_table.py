"""Nobody meets a raw name of a field."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, Literal, get_args, get_origin, get_type_hints

import pytest

from core.backbones.weights import WEIGHTS
from core.methods.pretraining import PRETRAININGS, pretrain_config
from core.methods.registry import METHODS, config_class
from gui.dialogs.parameter_table import HIDDEN, PRESETS, parameter

CONFIGS = {
    **{row.key: config_class(row.key)() for row in METHODS},
    **{row.key: pretrain_config(row) for row in PRETRAININGS},
}


@pytest.mark.parametrize("key", CONFIGS)
def test_every_parameter_has_a_name_in_words(key: str) -> None:
    names = {entry.name for entry in fields(CONFIGS[key])} - HIDDEN
    assert sorted(name for name in names if parameter(name).label == name) == []


@pytest.mark.parametrize("key", ["mtfi", "shape_guided", "ftof", "itof_xyz", "sdf"])
def test_every_choice_has_words(key: str) -> None:
    config, hints = CONFIGS[key], get_type_hints(type(CONFIGS[key]))
    known = {row.key for row in WEIGHTS}
    raw: list[Any] = []
    for entry in fields(config):
        if entry.name in HIDDEN or get_origin(hints[entry.name]) is not Literal:
            continue
        words = set(parameter(entry.name).words) | known
        raw += [
            value for value in get_args(hints[entry.name]) if isinstance(value, str) and value not in words
        ]
    assert raw == []


@pytest.mark.parametrize("key", CONFIGS)
def test_every_preset_has_a_name_in_words(key: str) -> None:
    assert set(getattr(CONFIGS[key], "presets", {})) <= set(PRESETS)
