"""Lack of memory is told from other failures."""

from __future__ import annotations

import pytest

from core.lack_of_memory import lack_of_memory


class OutOfMemoryError(RuntimeError):
    """Named as the one of torch."""


@pytest.mark.parametrize(
    "error", [MemoryError(), OutOfMemoryError("CUDA"), RuntimeError("can't allocate memory: 8 GB")]
)
def test_lack_of_memory_has_a_remedy(error: Exception) -> None:
    found = lack_of_memory(error)

    assert found is not None
    assert "fewer or smaller samples" in found.remedy


@pytest.mark.parametrize("error", [ValueError("memory"), RuntimeError("shape mismatch")])
def test_other_failures_are_not_lack_of_memory(error: Exception) -> None:
    assert lack_of_memory(error) is None
