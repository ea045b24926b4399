"""Clouds in the Point Cloud Library's PCD format: ascii, binary and binary_compressed."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.datasets import lzf
from core.datasets.faults import WrongType
from core.phrase import say

KINDS = {"F": "f", "I": "i", "U": "u"}
LONGEST_HEADER = 64


@dataclass(frozen=True)
class _Header:
    record: np.dtype[np.void]
    width: int
    height: int
    coding: str
    begin: int

    @property
    def points(self) -> int:
        return self.width * self.height


def read_pcd(path: Path) -> NDArray[np.generic]:
    """Points as (H, W, 3) where the file has rows, else (N, 3), as stored."""
    content = path.read_bytes()
    header = _header(content, path)
    body = content[header.begin :]
    xyz: NDArray[np.generic]
    if header.coding == "ascii":
        xyz = _from_text(body, header)
    elif header.coding == "binary":
        records = np.frombuffer(body, header.record, header.points)
        xyz = np.stack([records[axis] for axis in "xyz"], axis=-1)
    elif header.coding == "binary_compressed":
        xyz = _from_columns(body, header)
    else:
        raise ValueError(header.coding)
    return xyz.reshape(header.height, header.width, 3) if header.height > 1 else xyz


def _header(content: bytes, path: Path) -> _Header:
    lines: dict[str, list[str]] = {}
    begin = 0
    for _ in range(LONGEST_HEADER):
        end = content.find(b"\n", begin) + 1
        if not end:
            break
        words = content[begin:end].decode("ascii", "replace").split()
        begin = end
        if words and not words[0].startswith("#"):
            lines[words[0].upper()] = words[1:]
        if "DATA" in lines:
            break
    names = lines.get("FIELDS", [])
    if "DATA" not in lines or not {"x", "y", "z"} <= set(names):
        raise WrongType(
            say("{file} is not a PCD cloud with x, y and z.", file=path),
            remedy=say("Export it again with coordinates, or skip this sample."),
        )
    width, height = int(lines["WIDTH"][0]), int(lines.get("HEIGHT", ["1"])[0])
    return _Header(_record(lines), width, height, lines["DATA"][0].lower(), begin)


def _record(lines: dict[str, list[str]]) -> np.dtype[np.void]:
    """One point as stored; only x, y and z keep their names, others may be missing one or repeat."""
    counts = lines.get("COUNT", ["1"] * len(lines["FIELDS"]))
    rows = zip(lines["FIELDS"], lines["TYPE"], lines["SIZE"], counts, strict=True)
    fields = []
    for place, (name, kind, size, count) in enumerate(rows):
        shape = () if count == "1" else (int(count),)
        fields.append((name if name in ("x", "y", "z") else f"other{place}", f"<{KINDS[kind]}{size}", shape))
    return np.dtype(fields)


def _from_text(body: bytes, header: _Header) -> NDArray[np.float64]:
    assert header.record.names is not None
    starts, column = {}, 0
    for name in header.record.names:
        starts[name] = column
        column += int(np.prod(header.record[name].shape))
    columns = [starts[axis] for axis in "xyz"]
    xyz = np.loadtxt(BytesIO(body), usecols=columns, max_rows=header.points, ndmin=2)
    if len(xyz) != header.points:
        raise ValueError(f"{len(xyz)} of {header.points} points")
    return xyz


def _from_columns(body: bytes, header: _Header) -> NDArray[np.generic]:
    """Compressed points lie field by field; what follows z is never unpacked."""
    assert header.record.names is not None
    packed_size, full_size = np.frombuffer(body, "<u4", 2)
    if full_size != header.points * header.record.itemsize or packed_size > len(body) - 8:
        raise ValueError("sizes disagree")
    begins, begin = {}, 0
    for name in header.record.names:
        begins[name] = begin
        begin += header.record[name].itemsize * header.points
    needed = max(begins[axis] + header.record[axis].itemsize * header.points for axis in "xyz")
    values = lzf.decompress(body[8 : 8 + int(packed_size)], needed)
    axes = [np.frombuffer(values, header.record[a], header.points, begins[a]) for a in "xyz"]
    return np.stack(axes, axis=-1)
