"""Clouds in the PLY format: ascii and binary of either byte order."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.datasets.faults import WrongType
from core.phrase import say

KINDS = {
    "char": "i1", "uchar": "u1", "short": "i2", "ushort": "u2", "int": "i4", "uint": "u4", "float": "f4",
    "double": "f8", "int8": "i1", "uint8": "u1", "int16": "i2", "uint16": "u2", "int32": "i4",
    "uint32": "u4", "float32": "f4", "float64": "f8",
}  # fmt: skip
CODINGS = {"ascii": "=", "binary_little_endian": "<", "binary_big_endian": ">"}
SIZE_NOTE = re.compile(r"(?:comment|obj_info)\s+(width|height|num_cols|num_rows)\s*[:=]?\s*(\d+)\s*", re.I)


@dataclass
class _Element:
    name: str
    count: int
    fields: list[tuple[str, str]] = field(default_factory=list)
    has_list: bool = False


@dataclass
class _Header:
    coding: str = ""
    elements: list[_Element] = field(default_factory=list)
    sizes: dict[str, int] = field(default_factory=dict)

    @property
    def raster(self) -> tuple[int, int] | None:
        """(rows, columns) where the comments tell them."""
        rows = self.sizes.get("height", self.sizes.get("num_rows"))
        columns = self.sizes.get("width", self.sizes.get("num_cols"))
        return (rows, columns) if rows and columns else None


def read_ply(path: Path) -> NDArray[np.generic]:
    """Points as (H, W, 3) where a comment tells width and height, else (N, 3), as stored."""
    content = path.read_bytes()
    header, begin = _header(content, path)
    place = next((i for i, element in enumerate(header.elements) if element.name == "vertex"), None)
    if place is None or not {"x", "y", "z"} <= {name for name, _ in header.elements[place].fields}:
        raise _not_a_cloud(path)
    if any(element.has_list for element in header.elements[: place + 1]):
        raise _not_a_cloud(path)
    body = content[begin:]
    xyz = _from_text(body, header, place) if header.coding == "ascii" else _from_bytes(body, header, place)
    raster = header.raster
    if raster is not None and raster[0] * raster[1] == len(xyz):
        return xyz.reshape(*raster, 3)
    return xyz


def _not_a_cloud(path: Path) -> WrongType:
    return WrongType(
        say("{file} is not a PLY cloud of points with x, y and z.", file=path),
        remedy=say("Export it again as points with coordinates, or skip this sample."),
    )


def _header(content: bytes, path: Path) -> tuple[_Header, int]:
    """The parsed header and the place where the data begin."""
    closing = re.search(rb"^end_header[ \t]*\r?\n", content[:65536], re.M)
    if not content.startswith(b"ply") or closing is None:
        raise _not_a_cloud(path)
    header = _Header()
    for line in content[: closing.start()].decode("utf-8", "replace").splitlines():
        words = line.split()
        note = SIZE_NOTE.fullmatch(line)
        if note:
            header.sizes[note[1].lower()] = int(note[2])
        elif words[:1] == ["format"]:
            header.coding = words[1]
        elif words[:1] == ["element"]:
            header.elements.append(_Element(words[1], int(words[2])))
        elif words[:1] == ["property"]:
            _add_property(header.elements[-1], words)
    if header.coding not in CODINGS:
        raise _not_a_cloud(path)
    return header, closing.end()


def _add_property(element: _Element, words: list[str]) -> None:
    if words[1] == "list":
        element.has_list = True
    else:
        element.fields.append((words[2], KINDS[words[1]]))


def _from_text(body: bytes, header: _Header, place: int) -> NDArray[np.float64]:
    vertex = header.elements[place]
    names = [name for name, _ in vertex.fields]
    before = sum(element.count for element in header.elements[:place])
    columns = [names.index(axis) for axis in "xyz"]
    xyz = np.loadtxt(BytesIO(body), usecols=columns, skiprows=before, max_rows=vertex.count, ndmin=2)
    if len(xyz) != vertex.count:
        raise ValueError(f"{len(xyz)} of {vertex.count} points")
    return xyz


def _from_bytes(body: bytes, header: _Header, place: int) -> NDArray[np.generic]:
    order = CODINGS[header.coding]
    records = [np.dtype([(n, order + kind) for n, kind in e.fields]) for e in header.elements[: place + 1]]
    counts = [element.count for element in header.elements]
    before = sum(record.itemsize * count for record, count in zip(records[:-1], counts, strict=False))
    vertices = np.frombuffer(body, records[-1], counts[place], before)
    return np.stack([vertices[axis] for axis in "xyz"], axis=-1)
