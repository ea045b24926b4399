"""The deployed program as one file beside an export: `python inspect.pyz IMAGE...`."""

from __future__ import annotations

import ast
import zipfile
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
NAME = "inspect.pyz"
_PROGRAM = "core.deployed.program"
_START = """import sys
from pathlib import Path

from core.deployed.program import main

sys.exit(main(Path(__file__).absolute().parent.parent, sys.argv[1:]))
"""


def write_runner(folder: Path) -> Path:
    """Write the archive with the program and every module of ours that it imports."""
    path = folder / NAME
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("__main__.py", _START)
        for name in sorted(modules_of(_PROGRAM)):
            file = _file(name)
            archive.write(file, file.relative_to(ROOT))
    return path


def modules_of(program: str) -> set[str]:
    """The modules of this product that `program` imports, at once or later, and the packages above them."""
    found: set[str] = set()
    waiting = [program]
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        waiting.append(name.rpartition(".")[0] or name)
        waiting.extend(_imported(_file(name)) - found)
    return found


def _imported(file: Path) -> set[str]:
    """What a file imports when it runs; imports for type checkers alone are left out."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            node.body = []
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    modules = {node.module or "" for node in imports}
    inner = {f"{node.module}.{alias.name}" for node in imports for alias in node.names}
    found = modules | {name for name in inner if name.startswith("core.") and _file(name).is_file()}
    return {name for name in found if name.startswith("core.")}


def _file(module: str) -> Path:
    place = ROOT.joinpath(*module.split("."))
    return place / "__init__.py" if place.is_dir() else place.with_suffix(".py")
