"""A saved detector is whole or not there, and a disk that refuses it is told."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

_SAVES_ON_A_SMALL_DISK = """
import resource, sys
from dataclasses import dataclass
from pathlib import Path
import torch
from core.errors import InspectionError
from core.methods.saved import save_detector

@dataclass(frozen=True)
class Config:
    pass

resource.setrlimit(resource.RLIMIT_FSIZE, (65_536, 65_536))
try:
    save_detector(Path(sys.argv[1]), "plain", Config(), {"bank": torch.zeros(100_000)})
except InspectionError as problem:
    print(problem)
"""
"""In a process of its own: the limit would also hold for the file that a test run is logged to."""


def test_a_disk_too_small_for_a_model_is_said_in_a_sentence(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _SAVES_ON_A_SMALL_DISK, str(tmp_path / "model")],
        capture_output=True,
        text=True,
        check=True,
    )

    assert "could not be written" in done.stdout
    assert list(tmp_path.iterdir()) == []
