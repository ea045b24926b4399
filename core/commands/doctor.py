"""Say what this machine can do."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from pathlib import Path

from core.commands.context import Context
from core.errors import ExitCode
from core.paths import home
from core.tasks.provenance import library_versions, machine, product_version

_GB = 1e9


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing to choose."""


def run(args: argparse.Namespace, context: Context) -> int:
    """Look around and print a table."""
    values = {
        "inspector": product_version(),
        **machine(),
        **memory(),
        **accelerator(),
        **disk(home()),
        **library_versions(),
    }
    text = "\n".join(f"{name:<14}{value}" for name, value in values.items())
    context.console.result(values, text)
    return ExitCode.DONE


def memory() -> dict[str, str]:
    """The memory of the machine, where the system tells it."""
    if sys.platform == "win32" or "SC_PHYS_PAGES" not in os.sysconf_names:
        return {"memory": "unknown"}
    size = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return {"memory": f"{size / _GB:.1f} GB"}


def accelerator() -> dict[str, str]:
    """The graphics processor that torch can use."""
    try:
        import torch
    except ImportError as problem:
        return {"gpu": f"torch cannot be loaded: {problem}"}
    if not torch.cuda.is_available():
        return {"gpu": "none; everything runs on the processor"}
    found = torch.cuda.get_device_properties(0)
    return {"gpu": f"{found.name}, {found.total_memory / _GB:.1f} GB"}


def disk(folder: Path) -> dict[str, str]:
    """Free space where the user's data lie, which may not exist yet."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return {"disk free": f"{shutil.disk_usage(folder).free / _GB:.1f} GB"}
