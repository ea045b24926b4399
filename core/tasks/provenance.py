"""What a result depends on beside data and parameters: program, libraries, machine."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from core.backbones.weight_checks import fingerprint
from core.backbones.weights import require
from core.device import Compute
from core.errors import WeightsMissing
from core.monitor import Monitor
from core.phrase import say

_LIBRARIES = ("numpy", "scipy", "scikit-learn", "torch", "timm", "pillow", "tifffile")


def product_version() -> str:
    """The version of this program, "unknown" where it was never installed."""
    return _version("inspector")


def library_versions() -> dict[str, str]:
    """The versions of everything that computes."""
    return {"python": platform.python_version(), **{name: _version(name) for name in _LIBRARIES}}


def machine() -> dict[str, str]:
    """The machine in words; no name of it or of its user."""
    return {
        "system": f"{platform.system()} {platform.release()}",
        "processor": processor(),
        "cores": str(os.cpu_count() or 1),
    }


def processor() -> str:
    """The processor's name as far as the system tells it."""
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:  # noqa: PTH123 (not a file of ours)
            for line in file:
                if line.startswith("model name"):
                    return line.partition(":")[2].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()


def provenance(compute: Compute) -> dict[str, Any]:
    """All of it, with the device and the number of threads in use."""
    return {
        "product": product_version(),
        "versions": library_versions(),
        "machine": machine(),
        "device": compute.device,
        "threads": compute.threads,
    }


def weight_hashes(config: Any, monitor: Monitor) -> dict[str, str]:
    """SHA-256 of every file of weights that a method with this config uses."""
    hashes = {key: fingerprint(key, monitor) for key in getattr(config, "weights_needed", ())}
    own: Iterable[Path] = getattr(config, "files_needed", ())
    return hashes | {path.name: fingerprint(path.name, monitor, path) for path in own}


def refuse_missing_weights(config: Any) -> None:
    """Raise WeightsMissing, before any work is done, that names every file which is not there."""
    require(getattr(config, "weights_needed", ()))
    for path in getattr(config, "files_needed", ()):
        if not path.is_file():
            raise WeightsMissing(
                say("There is no file {path}.", path=path), remedy=say("Look at the spelling of its name.")
            )


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "unknown"
