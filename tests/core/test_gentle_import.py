"""Torch comes in without stopping the window, and garbage collection is as it was afterwards."""

import subprocess
import sys

import pytest

_PROGRAM = """
import gc
collected = []
gc.callbacks.append(lambda phase, info: collected.append(info["generation"]))
from core.gentle_import import import_torch
before = len(collected)
import_torch()
import sys
print(len(collected) - before, gc.isenabled(), "torch" in sys.modules)
frozen = gc.get_freeze_count()
import_torch()
print(frozen > 0, gc.get_freeze_count() == frozen)
"""


def test_importing_torch_sets_off_no_collection_and_leaves_them_on() -> None:
    done = subprocess.run([sys.executable, "-c", _PROGRAM], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["0 True True", "True True"]


@pytest.mark.slow
def test_the_networks_come_in_without_triton_whose_llvm_and_that_of_software_opengl_crash() -> None:
    program = "from core.gentle_import import import_torch; import_torch(); import timm"
    program += "; import sys; print(sys.modules['triton'])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["None"]
