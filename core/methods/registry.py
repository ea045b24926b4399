"""All inspection methods as text: listing them loads nothing heavy."""

from __future__ import annotations

from dataclasses import dataclass, fields
from importlib import import_module
from pathlib import Path
from typing import Any

from core.errors import WrongUse
from core.methods.cost import Cost
from core.methods.detector import Detector
from core.methods.export_plan import ExportPlan
from core.monitor import Monitor
from core.phrase import say
from core.sample import Sensor

_BOTH: frozenset[Sensor] = frozenset({"rgb", "xyz"})
_ANY: frozenset[Sensor] = frozenset()


@dataclass(frozen=True)
class Method:
    """One row: `needs` are the sensors it cannot do without (empty: it takes what there is).

    `config` names a frozen dataclass whose fields are the method's parameters; it is a light module. A config
    with `sensors_needed` tells the sensors of its own variant; `needs` then holds for the default one.
    """

    key: str
    title: str
    summary: str
    needs: frozenset[Sensor]
    where: str
    config: str
    keeps_features: bool = False
    """Whether its constructor takes a folder for features that other trainings may use again."""
    cost: str = ""
    """A function (config, parts) -> Cost in a light module, where what it takes can be told beforehand."""
    export: str = ""
    """A function (detector, monitor) -> ExportPlan, where a trained model can leave the program."""


METHODS: tuple[Method, ...] = (
    Method(
        "quick_look",
        "Quick look",
        "A simple baseline. Needs no weights.",
        needs=_ANY,
        where="core.methods.quick_look.detector:QuickLook",
        config="core.methods.quick_look.config:QuickLookConfig",
        cost="core.methods.quick_look.cost:cost",
        export="core.methods.quick_look.export:export_plan",
    ),
    Method(
        "btf",
        "Back to the features (BTF)",
        "Colour network and hand-made shape features in one memory.",
        needs=_BOTH,
        where="core.methods.btf.detector:Btf",
        config="core.methods.btf.config:BtfConfig",
        cost="core.methods.btf.cost:cost",
        export="core.methods.btf.export:export_plan",
    ),
    Method(
        "m3dm",
        "Multimodal fusion (M3DM)",
        "Colour and point transformers, one memory each and one for both.",
        needs=_BOTH,
        where="core.methods.m3dm.detector:M3DM",
        config="core.methods.m3dm.config:M3dmConfig",
        keeps_features=True,
        cost="core.methods.m3dm.cost:cost",
        export="core.methods.m3dm.export:export_plan",
    ),
    Method(
        "mtfi",
        "One sensor imagines the other (MTFI)",
        "Trained with colour and 3D, inspects with one of them.",
        needs=_BOTH,
        where="core.methods.mtfi.detector:Mtfi",
        config="core.methods.mtfi.config:MtfiConfig",
        keeps_features=True,
        cost="core.methods.mtfi.cost:cost",
        export="core.methods.mtfi.export:export_plan",
    ),
    Method(
        "reverse_distillation",
        "Reverse distillation (RD4AD)",
        "Colour only. A student rebuilds what a teacher sees of good parts.",
        needs=frozenset({"rgb"}),
        where="core.methods.reverse_distillation.detector:ReverseDistillation",
        config="core.methods.reverse_distillation.config:ReverseDistillationConfig",
        keeps_features=True,
        cost="core.methods.reverse_distillation.cost:cost",
        export="core.methods.reverse_distillation.export:export_plan",
    ),
    Method(
        "shape_guided",
        "Shape-Guided",
        "A shape expert with a memory, which guides a colour memory.",
        needs=_BOTH,
        where="core.methods.shape_guided.detector:ShapeGuided",
        config="core.methods.shape_guided.config:ShapeGuidedConfig",
        cost="core.methods.shape_guided.cost:cost",
        export="core.methods.shape_guided.export:export_plan",
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


def cost(key: str, config: object, parts: int) -> Cost | None:
    """What a training on so many parts will take, None where the method cannot tell."""
    where = method(key).cost
    told: Cost | None = _resolve(where)(config, parts) if where else None
    return told


def export_plan(key: str, detector: Detector, monitor: Monitor) -> ExportPlan:
    """What leaves the program; raise WrongUse for a method that has no way out."""
    where = method(key).export
    if not where:
        able = ", ".join(row.key for row in METHODS if row.export)
        raise WrongUse(
            say("{method} has no export.", method=method(key).title),
            remedy=say("These have one: {methods}.", methods=able),
        )
    plan: ExportPlan = _resolve(where)(detector, monitor)
    return plan


def sensors_needed(row: Method, config: object | None) -> frozenset[Sensor]:
    """The sensors that the variant of this config cannot do without."""
    needed: frozenset[Sensor] = getattr(config, "sensors_needed", row.needs)
    return needed


def build(key: str, config: object | None = None, features: Path | None = None) -> Detector:
    """A fresh detector; imports the method's libraries. `features` is where it may keep features."""
    row = method(key)
    kind = _resolve(row.where)
    settled = config_class(key)() if config is None else config
    detector: Detector = kind(settled, cache_folder=features) if row.keeps_features else kind(settled)
    return detector


def load(key: str, folder: Path, device: str = "cpu") -> Detector:
    """A saved detector on the device chosen now, whichever it was trained on."""
    kind = _resolve(method(key).where)
    has_device = any(entry.name == "device" for entry in fields(config_class(key)))
    detector: Detector = kind.load(folder, device=device) if has_device else kind.load(folder)
    return detector
