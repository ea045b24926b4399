"""What becomes of a model when a sensor is missing: variants of its method that do with what is left."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from core.sample import Sensor

SENSORS: tuple[Sensor, ...] = ("xyz", "rgb")
SINGLE: dict[Sensor, str] = {"xyz": "Point_MAE", "rgb": "DINO"}


@dataclass(frozen=True)
class Way:
    """The variant to judge by; None: the model as it is, or learnt anew with a sensor `dropped`."""

    config: Any = None
    dropped: Sensor | None = None


def ways_of(method: str, config: Any) -> tuple[Way, ...]:
    """With both sensors first, then with one; empty for a method that looks at one sensor only."""
    build = _WAYS.get(method)
    return tuple(build(config)) if build is not None else ()


def _any_sensors(config: Any) -> Iterator[Way]:
    """It takes what sensors there are."""
    yield Way()
    yield Way(dropped="rgb")
    yield Way(dropped="xyz")


def _imagining(config: Any) -> Iterator[Way]:
    """Both real, then for either sensor the other one imagined, and not imagined."""
    plain = replace(
        config,
        method_name="DINO+Point_MAE",
        main_modality="",
        use_hn=None,
        use_hrnet=None,
        use_hn_from_rgb_conv=None,
        c_hrnet=0,
        fusion_module_path="",
    )
    yield Way(plain)
    for sensor in SENSORS:
        yield Way(_imagined(config, plain, sensor))
        yield Way(replace(plain, method_name=SINGLE[sensor]))


def _imagined(config: Any, plain: Any, sensor: Sensor) -> Any:
    if config.imagines and config.main == sensor:
        return config
    if config.imagines:  # a file that was made for the other main sensor does not go with this one
        return replace(config, main_modality=sensor, fusion_module_path="")
    return replace(plain, method_name="WithHallucination", main_modality=sensor)


def _banks(config: Any) -> Iterator[Way]:
    both = config if len(config.sensors_needed) == 2 else replace(config, **_freed("DINO+Point_MAE"))
    yield Way(both)
    for sensor in SENSORS:
        yield Way(replace(config, **_freed(SINGLE[sensor])))


def _freed(name: str) -> dict[str, Any]:
    return {"method_name": name, "memory_bank": "as_method", "use_uff": None, "fusion_module_path": ""}


def _described(config: Any) -> Iterator[Way]:
    for variant in ("rgb+fpfh", "fpfh", "rgb"):
        yield Way(replace(config, variant=variant))


def _guided(config: Any) -> Iterator[Way]:
    """Its colour is always guided by shape: there is no way without 3D."""
    for experts in ("RGB_SDF", "SDF"):
        yield Way(replace(config, experts=experts))


_WAYS: dict[str, Callable[[Any], Iterator[Way]]] = {
    "quick_look": _any_sensors,
    "mtfi": _imagining,
    "m3dm": _banks,
    "btf": _described,
    "shape_guided": _guided,
}
WEIGHED = frozenset(_WAYS)
"""Methods that look at two sensors, or can."""
