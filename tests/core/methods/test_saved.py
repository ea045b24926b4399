"""A saved detector is whole or not there, and a disk that refuses it is told."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import torch

from core.errors import InspectionError
from core.methods.saved import save_detector


@dataclass(frozen=True)
class Config:
    """No parameters."""


@pytest.fixture
def small_disk() -> Iterator[None]:
    """No file may grow beyond 64 kB."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (65_536, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.usefixtures("small_disk")
def test_a_disk_too_small_for_a_model_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(InspectionError, match="could not be written"):
        save_detector(tmp_path / "model", "plain", Config(), {"bank": torch.zeros(100_000)})

    assert list(tmp_path.iterdir()) == []
