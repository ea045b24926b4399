"""The dependency and size rules of this code base, as a test."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LAYERS = ("core", "workers", "gui")
DRAWING = ("PySide6.QtWidgets", "PySide6.QtGui", "pyqtgraph", "vtk", "vtkmodules")
FORBIDDEN = {
    "core": ("PySide6", *DRAWING, "workers", "gui", "main_app"),
    "workers": (*DRAWING, "gui", "main_app"),
    "gui": ("torch", "timm", "sklearn", "main_app"),
}
UPPER_CORE = ("core.batch", "core.reporting", "core.project", "core.tasks", "core.commands", "core.state")
FORBIDDEN_WITHIN_CORE = {
    "core/metrics": ("core.methods", "core.memory", "core.backbones", *UPPER_CORE),
    "core/measure": ("core.methods", "core.memory", "core.backbones", *UPPER_CORE),
    "core/descriptors": ("core.methods", *UPPER_CORE),
    "core/memory": ("core.methods", *UPPER_CORE),
    "core/scoring": ("core.methods", *UPPER_CORE),
    "core/backbones": ("core.methods", *UPPER_CORE),
    "core/preprocess": ("core.methods", *UPPER_CORE),
    "core/methods": UPPER_CORE,
    "core/project": ("core.tasks", "core.commands", "core.state"),
    "core/tasks": ("core.commands", "core.state"),
    "core/state": ("core.commands",),
}
SHARED_BY_METHODS = {"detector", "export_plan", "graphs", "registry", "saved", "cost"}
PURE_TABLES: dict[str, str] = {}
"""Files allowed to be longer than the limit, each with its reason."""

FILES = [path for layer in LAYERS for path in sorted((ROOT / layer).rglob("*.py"))]


def imports_of(tree: ast.Module) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {f"{'.' * node.level}{node.module}.{alias.name}" for alias in node.names}
    return names


def forbidden_for(path: Path) -> tuple[str, ...]:
    place = path.relative_to(ROOT).as_posix()
    within = [
        name
        for folder, names in FORBIDDEN_WITHIN_CORE.items()
        if place.startswith(f"{folder}/")
        for name in names
    ]
    return (".", *FORBIDDEN[place.split("/")[0]], *within)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_keeps_to_its_layer_and_to_a_readable_size(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    tree = ast.parse(source)
    banned = forbidden_for(path)
    assert not [n for n in imports_of(tree) for b in banned if n == b or n.startswith(f"{b.rstrip('.')}.")]
    if path.relative_to(ROOT).as_posix() not in PURE_TABLES:
        assert source.count("\n") <= 400
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    assert not [node.name for node in functions if (node.end_lineno or 0) - node.lineno >= 60]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_methods_never_import_each_other(path: Path) -> None:
    parts = path.relative_to(ROOT).parts
    if parts[:2] != ("core", "methods") or len(parts) < 4:
        return
    others = [
        name
        for name in imports_of(ast.parse(path.read_text(encoding="utf-8")))
        if name.startswith("core.methods.") and name.split(".")[2] not in {parts[2], *SHARED_BY_METHODS}
    ]
    assert others == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_package_file_is_empty_and_a_module_says_what_it_is_for(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    if path.name == "__init__.py":
        assert source == ""
    else:
        assert ast.get_docstring(ast.parse(source))


@pytest.mark.parametrize("module", ["core.methods.registry", "gui.main_window", "core.commands.entry"])
def test_looking_and_listing_do_not_load_the_heavy_libraries(module: str) -> None:
    code = f"import sys, {module}; sys.exit(bool({{'torch', 'timm', 'sklearn'}} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


@pytest.mark.parametrize("module", ["core.commands.entry", "main_app"])
def test_the_headless_side_imports_no_window_library(module: str) -> None:
    code = (
        f"import sys, {module}; sys.exit(bool({{'PySide6', 'vtkmodules', 'pyqtgraph'}} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
