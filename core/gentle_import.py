"""Brings torch in without holding the interpreter up: the window goes on painting meanwhile."""

from __future__ import annotations

import ctypes
import gc
import os
import sys
from importlib.util import find_spec
from pathlib import Path

_LIBRARIES = ("libc10.so", "libtorch_cpu.so", "libc10_cuda.so", "libtorch_cuda.so", "libtorch_python.so")


def import_torch() -> None:
    """Import torch; on Linux its large libraries are opened first by a call that lets other threads run.

    A plain import opens them while it holds the interpreter's lock, several tenths of a second at a time. Its
    many new objects also set off garbage collections that stop all threads: they wait until it is done, and
    later ones leave the modules' objects out.
    """
    hide_triton()
    if "torch" in sys.modules:
        return
    if sys.platform == "linux":
        _open_libraries()
    was_collecting = gc.isenabled()
    gc.disable()
    try:
        import torch  # noqa: F401 - imported for everybody after us
    finally:
        gc.freeze()
        if was_collecting:
            gc.enable()


def hide_triton() -> None:
    """Let torch do without triton, which only its compiler needs and which we never use.

    WORKAROUND(triton 3): its LLVM crashes the process where software OpenGL has loaded another one, as the 3D
    view does on a machine without a graphics card; remove when both can be loaded.
    """
    if "triton" not in sys.modules:
        sys.modules["triton"] = None  # type: ignore[assignment]  # an import of it then fails cleanly


def _open_libraries() -> None:
    spec = find_spec("torch")
    if spec is None or spec.origin is None:
        return
    libc = ctypes.CDLL(None)
    libc.dlopen.restype = ctypes.c_void_p
    libc.dlopen.argtypes = [ctypes.c_char_p, ctypes.c_int]
    for name in _LIBRARIES:
        path = Path(spec.origin).parent / "lib" / name
        if path.is_file():
            libc.dlopen(os.fsencode(path), os.RTLD_NOW)  # a failure shows in the import itself
