"""A network as an ONNX graph, where it can take any number of pictures at a time."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import torch
from torch import nn

from core.errors import InspectionError
from core.exporting.ready import missing_libraries
from core.methods.export_plan import GraphPlan
from core.phrase import say

OPSET = 18


def write_graph(plan: GraphPlan, path: Path) -> None:
    """Write the plan's network; what it never uses does not get into the graph."""
    require_libraries()
    axes = tuple({0: torch.export.Dim("batch")} if name in plan.any_number else None for name in plan.inputs)
    with _quiet():
        program = torch.onnx.export(
            plan.network,
            tuple(plan.inputs.values()),
            input_names=list(plan.inputs),
            output_names=list(plan.outputs),
            dynamic_shapes=axes if plan.any_number else None,
            opset_version=OPSET,
            dynamo=True,
            verbose=False,
        )
        assert program is not None
        program.save(path, external_data=_is_large(plan.network))


def require_libraries() -> None:
    """Raise InspectionError that names what is not installed."""
    missing = missing_libraries()
    if missing:
        raise InspectionError(
            say("Export needs {libraries}, which are not installed.", libraries=", ".join(missing)),
            remedy=say('Install them with: pip install "inspector[export]"'),
        )


def _is_large(network: nn.Module) -> bool:
    """Whether the weights exceed what one file of this format can hold (2 GB)."""
    size: int = sum(value.nbytes for value in network.state_dict().values())
    return size > 1_900_000_000


@contextmanager
def _quiet() -> Iterator[None]:
    """The exporter speaks of its own inner steps."""
    logs = [logging.getLogger(name) for name in ("torch.onnx", "onnxscript", "onnx_ir")]
    before = [log.level for log in logs]
    for log in logs:
        log.setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        for log, level in zip(logs, before, strict=True):
            log.setLevel(level)
