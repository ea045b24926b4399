"""Whether a model of a method can leave the program as graphs; told without loading anything heavy."""

from __future__ import annotations

from importlib.util import find_spec

from core.methods.registry import method
from core.phrase import Phrase, say

LIBRARIES = ("onnx", "onnxscript", "onnxruntime")


def missing_libraries() -> tuple[str, ...]:
    """The libraries of the export that are not installed."""
    return tuple(name for name in LIBRARIES if find_spec(name) is None)


def why_no_export(key: str) -> Phrase | None:
    """The reason why models of this method cannot leave, None where they can."""
    row = method(key)
    if not row.export:
        return say("{method} has no export.", method=row.title)
    missing = missing_libraries()
    if missing:
        return say("Export needs {libraries}, which are not installed.", libraries=", ".join(missing))
    return None
