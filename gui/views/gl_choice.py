"""Whether and how OpenGL can be used on this machine, asked before any 3D window is made."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from functools import cache

from core.phrase import say

SOFTWARE_RENDERERS = ("llvmpipe", "softpipe", "swrast", "osmesa", "software")


@dataclass(frozen=True)
class GlChoice:
    """`reason` is empty if OpenGL can be used, else the sentence that says why not."""

    reason: str = ""
    is_software: bool = False


def choose_gl() -> GlChoice:
    """Obey INSPECTOR_NO_3D and INSPECTOR_SOFTWARE_GL, then try whether a context can be made."""
    if os.environ.get("INSPECTOR_NO_3D") == "1":
        return GlChoice(say("3D drawing is switched off by INSPECTOR_NO_3D."))
    if os.environ.get("INSPECTOR_SOFTWARE_GL") == "1":
        os.environ["LIBGL_ALWAYS_SOFTWARE"] = "1"
        os.environ["__GLX_VENDOR_LIBRARY_NAME"] = "mesa"
    if sys.platform.startswith("linux") and not os.environ.get("DISPLAY"):
        os.environ.setdefault("VTK_DEFAULT_OPENGL_WINDOW", "vtkEGLRenderWindow")
    try:
        return _tried()
    except (ImportError, RuntimeError) as problem:
        return GlChoice(say("OpenGL cannot be loaded here: {problem}", problem=str(problem)))


@cache
def _tried() -> GlChoice:
    """Make a one-pixel window and ask what draws it; a process keeps what draws its first one."""
    import vtkmodules.vtkRenderingOpenGL2  # noqa: F401 - registers the window classes
    from vtkmodules.vtkRenderingCore import vtkRenderWindow

    window = vtkRenderWindow()
    window.SetShowWindow(False)
    window.SetOffScreenRendering(1)
    window.SetSize(1, 1)
    try:
        if not window.SupportsOpenGL():
            return GlChoice(say("The graphics driver offers no usable OpenGL."))
        window.Render()
        told = window.ReportCapabilities().lower()
    finally:
        window.Finalize()
    return GlChoice(is_software=any(name in told for name in SOFTWARE_RENDERERS))
