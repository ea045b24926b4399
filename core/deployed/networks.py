"""The graphs of an export, run by onnxruntime."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from time import perf_counter
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from core.deployed.manifest import Graph
from core.errors import DataError, InspectionError
from core.phrase import say

Array = NDArray[np.float32]


class Networks:
    """Answers, and how long it took: `seconds` in all, `asked_at` the time of the first question."""

    def __init__(self, sessions: Mapping[str, Any], graphs: Mapping[str, Graph]) -> None:
        self._sessions = sessions
        self._graphs = graphs
        self.seconds = 0.0
        self.asked_at: float | None = None

    @classmethod
    def open(cls, folder: Path, graphs: Mapping[str, Graph], threads: int) -> Self:
        """Raise InspectionError where onnxruntime is missing, DataError where it refuses a graph."""
        return cls({name: _session(folder / graph.file, threads) for name, graph in graphs.items()}, graphs)

    def forget_times(self) -> None:
        """Begin to count anew."""
        self.seconds, self.asked_at = 0.0, None

    def __call__(self, name: str, *given: Array) -> list[Array]:
        """The outputs of that graph for its inputs, both in the order of the manifest."""
        graph, start = self._graphs[name], perf_counter()
        self.asked_at = self.asked_at or start
        fed = dict(zip(graph.inputs, given, strict=True))
        found: list[Array] = self._sessions[name].run(list(graph.outputs), fed)
        self.seconds += perf_counter() - start
        return found


def _session(path: Path, threads: int) -> Any:
    try:
        import onnxruntime
    except ImportError as problem:
        raise InspectionError(
            say("An exported model needs onnxruntime, which is not installed."),
            remedy=say("Install it with: pip install onnxruntime"),
        ) from problem
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    except Exception as problem:  # its errors share no class of their own
        raise DataError(
            say("{path} cannot be run: {reason}.", path=path, reason=problem),
            remedy=say("Export the model again with this version of the program."),
        ) from problem
