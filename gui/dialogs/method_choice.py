"""Which variant of each method can be trained here and now, and what stands in the way of the others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from itertools import product
from typing import Any, Literal, get_args, get_origin, get_type_hints

from core.backbones.weights import WEIGHTS, present, weight_file
from core.errors import WrongUse
from core.methods.registry import METHODS, Method, config_class, sensors_needed
from core.phrase import Phrase, say
from core.sample import Sensor
from gui.dialogs.parameter_table import parameter

NO_3D = say("Needs a 3D sensor, which these parts do not have.")
NO_COLOUR = say("Needs colour pictures, which these parts do not have.")
_BEST_FIRST = ("m3dm", "quick_look")
"""Which one is recommended, as far as its usual variant can run; else the first that can."""


@dataclass(frozen=True)
class MethodChoice:
    """A method with the config that a click on it would train.

    `blocked` is why no variant can run ("" if one can); `note` says that it is not the usual variant.
    `missing` are the keys of the weights that the usual variant lacks.
    """

    method: Method
    config: Any
    blocked: Phrase | str = ""
    note: Phrase | str = ""
    missing: tuple[str, ...] = ()
    is_recommended: bool = False


def choices(sensors: frozenset[Sensor]) -> tuple[MethodChoice, ...]:
    """All methods in the order of the registry, one of them recommended."""
    there = present_weights()
    found = [_choice(method, sensors, there) for method in METHODS]
    usual = {choice.method.key for choice in found if not choice.blocked and not choice.note}
    usable = [choice.method.key for choice in found if not choice.blocked]
    best = next((key for key in (*_BEST_FIRST, *usable) if key in usual), next(iter(usable), ""))
    return tuple(replace(choice, is_recommended=choice.method.key == best) for choice in found)


def present_weights() -> frozenset[str]:
    """Keys of the files that are in the library."""
    return frozenset(row.key for row in WEIGHTS if present(row) is not None)


def why_not(method: Method, config: Any, sensors: frozenset[Sensor], there: frozenset[str]) -> Phrase | str:
    """Why this variant cannot run here, "" if it can."""
    lacking = sensors_needed(method, config) - sensors
    if lacking:
        return NO_3D if "xyz" in lacking else NO_COLOUR
    lost = [path for path in getattr(config, "files_needed", ()) if not path.is_file()]
    if lost:
        return say("There is no file {path}.", path=lost[0])
    return say_missing(missing_weights(config, there))


def missing_weights(config: Any, there: frozenset[str]) -> tuple[str, ...]:
    """Keys that this variant needs and that are not in the library."""
    return tuple(key for key in getattr(config, "weights_needed", ()) if key not in there)


def say_missing(keys: tuple[str, ...]) -> Phrase | str:
    """Which weights are missing, in words; "" for none."""
    if len(keys) == 1:
        return say("Needs weights: {title}", title=say(weight_file(keys[0]).title))
    return (
        say("Needs {count} files of weights that are not on this machine.", count=len(keys)) if keys else ""
    )


def variants(config: Any) -> Iterator[Any]:
    """The configs that differ in what they need, the one that changes least first."""
    names = [name for name in _named_choices(config) if _matters(config, name)]
    options = [_first(getattr(config, name), _named_choices(config)[name]) for name in names]
    combined = sorted(
        product(*(enumerate(each) for each in options)), key=lambda way: sum(n > 0 for n, _ in way)
    )
    for way in combined:
        changed = _replaced(config, dict(zip(names, (value for _, value in way), strict=True)))
        if changed is not None:
            yield changed


def variant_reason(method: Method, config: Any, sensors: frozenset[Sensor]) -> Phrase | str:
    """Why this variant cannot run here now, "" if it can."""
    return why_not(method, config, sensors, present_weights())


def variant_reasons(
    method: Method, config: Any, sensors: frozenset[Sensor]
) -> dict[str, dict[Any, Phrase | str]]:
    """For each field that decides what is needed, the reason against each of its values, "" for none."""
    there, found = present_weights(), dict[str, dict[Any, Phrase | str]]()
    for name, values in _named_choices(config).items():
        if _matters(config, name):
            ways = {value: _replaced(config, {name: value}) for value in values}
            found[name] = {
                value: why_not(method, way, sensors, there) for value, way in ways.items() if way is not None
            }
    return found


def _choice(method: Method, sensors: frozenset[Sensor], there: frozenset[str]) -> MethodChoice:
    usual = config_class(method.key)()
    missing = missing_weights(usual, there) if sensors_needed(method, usual) <= sensors else ()
    all_variants = list(variants(usual))
    fitting = [config for config in all_variants if sensors_needed(method, config) <= sensors]
    runnable = next((config for config in fitting if not missing_weights(config, there)), None)
    if runnable is None:
        wanted = fitting[0] if fitting else usual
        return MethodChoice(
            method,
            wanted,
            why_not(method, wanted, sensors, there),
            "",
            missing_weights(wanted, there) if fitting else (),
        )
    note = say("Here only as {variant}.", variant=_difference(usual, runnable)) if runnable != usual else ""
    return MethodChoice(method, runnable, "", note, missing)


def _difference(usual: Any, other: Any) -> Phrase | str:
    """What sets a variant apart: the words for its one choice, else the values."""
    names = [
        entry.name for entry in fields(usual) if getattr(usual, entry.name) != getattr(other, entry.name)
    ]
    values = [str(getattr(other, name)) for name in names]
    known = parameter(names[0]).words.get(values[0]) if len(names) == 1 else None
    return known or ", ".join(values)


def _named_choices(config: Any) -> dict[str, tuple[Any, ...]]:
    hints = get_type_hints(type(config))
    return {
        entry.name: get_args(hints[entry.name])
        for entry in fields(config)
        if get_origin(hints[entry.name]) is Literal
    }


def _matters(config: Any, name: str) -> bool:
    """Whether what is needed depends on that field."""
    found = {_needs(_replaced(config, {name: value})) for value in _named_choices(config)[name]}
    return len(found - {None}) > 1


def _needs(config: Any) -> tuple[frozenset[Sensor], tuple[str, ...]] | None:
    if config is None:
        return None
    return getattr(config, "sensors_needed", frozenset()), tuple(getattr(config, "weights_needed", ()))


def _replaced(config: Any, values: dict[str, Any]) -> Any:
    try:
        return replace(config, **values)
    except WrongUse:
        return None


def _first(value: Any, options: tuple[Any, ...]) -> list[Any]:
    """The options with the present one first and its neighbours in the list next."""
    here = options.index(value)
    return sorted(options, key=lambda option: abs(options.index(option) - here))
