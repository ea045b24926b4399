"""All inspection methods as text: listing them loads nothing heavy."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Any

from core.errors import WrongUse
from core.methods.detector import Detector
from core.phrase import say
from core.sample import Sensor

_BOTH: frozenset[Sensor] = frozenset({"rgb", "xyz"})
_ANY: frozenset[Sensor] = frozenset()


@dataclass(frozen=True)
class Method:
    """One row: `needs` are the sensors it cannot do without (empty: it takes what there is).

    `config` names a frozen dataclass whose fields are the method's parameters; it is a light module.
    """

    key: str
    title: str
    summary: str
    needs: frozenset[Sensor]
    where: str
    config: str


METHODS: tuple[Method, ...] = (
    Method(
        "quick_look",
        "Quick look",
        "A simple baseline. Needs no weights.",
        needs=_ANY,
        where="core.methods.quick_look.detector:QuickLook",
        config="core.methods.quick_look.config:QuickLookConfig",
    ),
    Method(
        "btf",
        "Back to the features (BTF)",
        "Colour network and hand-made shape features in one memory.",
        needs=_BOTH,
        where="core.methods.btf.detector:Btf",
        config="core.methods.btf.config:BtfConfig",
    ),
)


def method(key: str) -> Method:
    """The row of that key; raise WrongUse for an unknown one."""
    for row in METHODS:
        if row.key == key:
            return row
    known = ", ".join(row.key for row in METHODS)
    raise WrongUse(
        say('There is no method "{key}".', key=key), remedy=say("Choose one of: {known}.", known=known)
    )


def _resolve(where: str) -> Any:
    module, _, name = where.partition(":")
    return getattr(import_module(module), name)


def config_class(key: str) -> Any:
    """The frozen dataclass that holds the method's parameters."""
    return _resolve(method(key).config)


def build(key: str, config: object | None = None) -> Detector:
    """A fresh detector; imports the method's libraries."""
    kind = _resolve(method(key).where)
    detector: Detector = kind() if config is None else kind(config)
    return detector


def detector_class(key: str) -> type[Detector]:
    """The class behind a row, for loading a saved detector."""
    kind: type[Detector] = _resolve(method(key).where)
    return kind
