"""A method's parameters from words: `--set key=value`, a config file, the seed and the device."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields, replace
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from core.device import Compute
from core.errors import WrongUse
from core.methods.registry import config_class
from core.phrase import say

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


Config = TypeVar("Config", bound="DataclassInstance")
PRESET = "preset"


def method_config(method: str, values: Mapping[str, Any], seed: int | None = None) -> Any:
    """The frozen config of a method with some values replaced; texts are read by the field's type.

    Raise WrongUse for a key that the method does not have and for a value that does not fit.
    """
    config = config_class(method)()
    names = {entry.name for entry in fields(config)}
    seeds: dict[str, Any] = {
        name: seed for name in ("seed", "random_state") if name in names and seed is not None
    }
    return with_values(config, {**seeds, **values})


def with_values(config: Config, values: Mapping[str, Any]) -> Config:
    """Any frozen config with some values replaced; raise WrongUse for what it does not have.

    The value "preset" names a set of values of the config's own, over which all others go.
    """
    hints = get_type_hints(type(config))
    names = [entry.name for entry in fields(config)]
    changes: dict[str, Any] = dict(_preset(config, values))
    for key, value in values.items():
        if key == PRESET:
            continue
        if key not in names:
            raise _unknown(config, key, names)
        changes[key] = _typed(key, value, hints[key])
    return replace(config, **changes)


def _preset(config: Any, values: Mapping[str, Any]) -> Mapping[str, Any]:
    if PRESET not in values:
        return {}
    presets: Mapping[str, Mapping[str, Any]] = getattr(config, "presets", {})
    name = str(values[PRESET])
    if name not in presets:
        raise WrongUse(
            say('There is no preset "{name}".', name=name),
            remedy=say("Choose one of: {known}.", known=", ".join(presets) or "-"),
        )
    return presets[name]


def _unknown(config: Any, key: str, names: Sequence[str]) -> WrongUse:
    command = getattr(config, "settled_elsewhere", {}).get(key)
    if command is not None:
        return WrongUse(
            say("{key} is a command of its own here.", key=key),
            remedy=say("Use: {command}", command=command),
        )
    return WrongUse(
        say('There is no parameter "{key}".', key=key),
        remedy=say("The parameters are: {names}.", names=", ".join(names)),
    )


def on_device(config: Any, compute: Compute) -> Any:
    """The config told where to compute, if it has a field for that."""
    names = {entry.name for entry in fields(config)}
    return replace(config, device=compute.device) if "device" in names else config


def config_values(config: Any) -> dict[str, Any]:
    """The parameters as JSON values."""
    values: dict[str, Any] = json.loads(json.dumps(asdict(config)))
    return values


def _typed(key: str, value: Any, hint: Any) -> Any:
    for choice in _choices(hint):
        try:
            return _read(value, choice)
        except (ValueError, TypeError):
            continue
    raise WrongUse(
        say('{key} cannot be "{value}".', key=key, value=value),
        remedy=say("It takes {kind}.", kind=_in_words(hint)),
    )


def _choices(hint: Any) -> tuple[Any, ...]:
    return get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)


def _read(value: Any, hint: Any) -> Any:
    """The value as the type wants it; raise ValueError or TypeError where it cannot be."""
    if get_origin(hint) is tuple:
        return _read_tuple(value, get_args(hint))
    if get_origin(hint) is Literal:
        return next(choice for choice in _matching(value, get_args(hint)))
    if hint is NoneType:
        return _one_of(value, {"none": None, "null": None, None: None})
    if hint is bool:
        return _one_of(value, {"true": True, "false": False, "1": True, "0": False, True: True, False: False})
    if hint in (int, float) and isinstance(value, bool):
        raise ValueError(value)
    if hint is int and isinstance(value, float):
        raise ValueError(value)
    return hint(value)


def _read_tuple(value: Any, kinds: tuple[Any, ...]) -> tuple[Any, ...]:
    items = [item.strip() for item in value.split(",")] if isinstance(value, str) else list(value)
    if len(kinds) == 2 and kinds[1] is Ellipsis:
        kinds = (kinds[0],) * len(items)
    if len(items) != len(kinds):
        raise ValueError(value)
    return tuple(_read(item, kind) for item, kind in zip(items, kinds, strict=True))


def _matching(value: Any, choices: tuple[Any, ...]) -> list[Any]:
    found = [choice for choice in choices if choice == value or str(choice) == str(value)]
    if not found:
        raise ValueError(value)
    return found


def _one_of(value: Any, table: Mapping[Any, Any]) -> Any:
    key = value.strip().lower() if isinstance(value, str) else value
    if key not in table:
        raise ValueError(value)
    return table[key]


def _in_words(hint: Any) -> str:
    if get_origin(hint) in (Union, UnionType):
        return " or ".join(_in_words(choice) for choice in get_args(hint))
    if get_origin(hint) is Literal:
        return "one of " + ", ".join(str(choice) for choice in get_args(hint))
    if get_origin(hint) is tuple:
        return "values separated by commas"
    words = {int: "a whole number", float: "a number", bool: "true or false", str: "a text", NoneType: "none"}
    return words.get(hint, str(hint))
