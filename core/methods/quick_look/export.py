"""Quick look leaves the program: there is no network, and its memories are files."""

from __future__ import annotations

from dataclasses import asdict

import numpy as np
from numpy.typing import NDArray

from core.methods.export_plan import ExportPlan
from core.methods.quick_look.detector import QuickLook
from core.methods.quick_look.streams import SHAPE
from core.monitor import Monitor
from core.sample import Sensor


def export_plan(detector: QuickLook, monitor: Monitor) -> ExportPlan:
    """Everything that was learnt; a part must have the sensors that the training parts had."""
    judge = detector.judge
    arrays: dict[str, NDArray[np.generic]] = {}
    memories: dict[str, dict[str, str]] = {}
    for stream, memory in judge.memories.items():
        memories[stream] = {}
        for name, array in memory.as_arrays().items():
            memories[stream][name] = f"{stream}_{name}.npy"
            arrays[memories[stream][name]] = array
    sensors: set[Sensor] = {"xyz" if stream in SHAPE else "rgb" for stream in judge.memories}
    settings = {
        "memories": memories,
        "unit": judge.unit,
        "top": judge.top,
        "config": asdict(detector.config),
    }
    return ExportPlan(tuple(sorted(sensors)), {}, "quick_look", settings, arrays)
