"""Several processes over gloo train what one process trains."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
SCRIPT = """
import sys, torch
from torch import nn
from core.training.processes import team
with team() as ours:
    torch.manual_seed(0)
    network = nn.Linear(2, 1)
    rows = torch.arange(8.0).reshape(4, 2)
    share = rows[ours.rank :: ours.size]
    network(share).square().mean().backward()
    ours.average_gradients(network)
    if ours.is_first:
        torch.save(network.weight.grad, sys.argv[1])
"""


@pytest.mark.slow
def test_two_processes_average_to_the_gradient_of_one(tmp_path: Path) -> None:
    import torch

    script = tmp_path / "step.py"
    script.write_text(SCRIPT, encoding="utf-8")
    launch = [
        sys.executable,
        "-m",
        "torch.distributed.run",
        "--nproc-per-node",
        "2",
        "--master-port",
        "29611",
    ]
    where = {"cwd": ROOT, "env": {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "OMP_NUM_THREADS": "1"}}
    subprocess.run([*launch, str(script), str(tmp_path / "two.pt")], check=True, timeout=120, **where)  # type: ignore[call-overload]  # plain keyword arguments
    subprocess.run([sys.executable, str(script), str(tmp_path / "one.pt")], check=True, timeout=60, **where)  # type: ignore[call-overload]  # plain keyword arguments
    one, two = (torch.load(tmp_path / f"{name}.pt", weights_only=True) for name in ("one", "two"))
    torch.testing.assert_close(one, two)
