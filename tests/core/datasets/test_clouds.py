from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest
import tifffile
from numpy.typing import NDArray
from PIL import Image

from core.datasets.clouds import read_cloud
from core.datasets.faults import EmptyCloud, NoRaster, PartnerMissing, Unreadable, WrongType
from tests.core.datasets.planted import cloud, picture, save_cloud, save_picture


def with_missing(seed: int = 1) -> NDArray[np.float32]:
    """The planted cloud as the readers must give it."""
    points = cloud(seed)
    points[(points == 0).any(-1)] = np.nan
    return points


@pytest.mark.parametrize("compression", [None, "zlib"])
def test_a_float_tiff_is_read_in_metres_with_missing_points_as_nan(
    tmp_path: Path, compression: str | None
) -> None:
    tifffile.imwrite(tmp_path / "a.tiff", cloud(1), photometric="rgb", compression=compression)
    np.testing.assert_array_equal(read_cloud(tmp_path / "a.tiff"), with_missing())


def test_a_point_is_missing_when_any_coordinate_is_zero_or_not_finite(tmp_path: Path) -> None:
    points = np.full((8, 8, 3), 0.5)
    points[0, 0, 0], points[0, 1, 1], points[0, 2, 2], points[0, 3, 2] = 0, 0, np.nan, np.inf
    np.save(tmp_path / "a.npy", points)
    read = read_cloud(tmp_path / "a.npy")
    assert read.dtype == np.float32
    assert np.isnan(read).all(-1)[0].tolist() == [True, True, True, True, False, False, False, False]
    assert np.isnan(read).sum() == 12


def test_a_value_too_small_for_32_bits_is_not_taken_for_a_missing_point(tmp_path: Path) -> None:
    points = np.full((8, 8, 3), 1e-50)
    save_cloud(tmp_path / "a.tiff", points)
    assert np.isfinite(read_cloud(tmp_path / "a.tiff")).all()


def test_millimetres_become_metres(tmp_path: Path) -> None:
    save_cloud(tmp_path / "a.tiff", cloud(1).astype(np.float64) * 1000)
    np.testing.assert_allclose(read_cloud(tmp_path / "a.tiff", 0.001), with_missing(), rtol=1e-6)


def test_whole_numbers_of_millimetres_are_a_cloud(tmp_path: Path) -> None:
    save_cloud(tmp_path / "a.tiff", np.full((9, 8, 3), 250, np.int16))
    np.testing.assert_allclose(read_cloud(tmp_path / "a.tiff", 0.001), 0.25)


def test_coordinates_stored_one_plane_after_the_other_are_put_together(tmp_path: Path) -> None:
    tifffile.imwrite(
        tmp_path / "a.tiff", np.moveaxis(cloud(1), 2, 0), photometric="rgb", planarconfig="separate"
    )
    np.testing.assert_array_equal(read_cloud(tmp_path / "a.tiff"), with_missing())


def test_a_page_for_every_row_or_for_every_coordinate_is_put_together(tmp_path: Path) -> None:
    tifffile.imwrite(tmp_path / "rows.tiff", cloud(1), photometric="minisblack")
    tifffile.imwrite(tmp_path / "axes.tiff", np.moveaxis(cloud(1), 2, 0), photometric="minisblack")
    np.testing.assert_array_equal(read_cloud(tmp_path / "rows.tiff"), with_missing())
    np.testing.assert_array_equal(read_cloud(tmp_path / "axes.tiff"), with_missing())


@pytest.mark.parametrize("order", ["<", ">"])
def test_an_lzw_packed_tiff_is_read_without_a_further_library(tmp_path: Path, order: str) -> None:
    (tmp_path / "a.tiff").write_bytes(_lzw_tiff(cloud(1), order, tmp_path))
    np.testing.assert_array_equal(read_cloud(tmp_path / "a.tiff"), with_missing())


def test_a_depth_map_is_refused_and_explained(tmp_path: Path) -> None:
    save_cloud(tmp_path / "a.tiff", cloud(1)[..., 2])
    with pytest.raises(WrongType, match="depth map"):
        read_cloud(tmp_path / "a.tiff")


def test_a_picture_in_place_of_a_cloud_is_refused(tmp_path: Path) -> None:
    save_picture(tmp_path / "a.tiff", picture(1))
    with pytest.raises(WrongType, match="picture"):
        read_cloud(tmp_path / "a.tiff")


def test_a_cloud_without_a_point_is_called_empty(tmp_path: Path) -> None:
    save_cloud(tmp_path / "a.tiff", np.full((9, 9, 3), np.nan, np.float32))
    with pytest.raises(EmptyCloud, match=r"a\.tiff"):
        read_cloud(tmp_path / "a.tiff")


@pytest.mark.parametrize("coding", ["ascii", "binary_little_endian", "binary_big_endian"])
@pytest.mark.parametrize(
    "notes", ["comment width 24\ncomment height 20", "obj_info num_cols 24\nobj_info num_rows 20"]
)
def test_a_ply_that_tells_its_raster_is_organised(tmp_path: Path, coding: str, notes: str) -> None:
    points = cloud(1)[:20]
    (tmp_path / "a.ply").write_bytes(_ply(points, coding, notes))
    np.testing.assert_array_equal(read_cloud(tmp_path / "a.ply"), with_missing()[:20])


def test_a_list_of_points_takes_the_raster_of_its_image_only_where_it_fits(tmp_path: Path) -> None:
    (tmp_path / "a.ply").write_bytes(_ply(cloud(1), "ascii", "comment made by hand"))
    np.testing.assert_array_equal(read_cloud(tmp_path / "a.ply", raster=(24, 24)), with_missing())
    with pytest.raises(NoRaster, match="576 points without rows"):
        read_cloud(tmp_path / "a.ply", raster=(24, 25))


@pytest.mark.parametrize("coding", ["ascii", "binary", "binary_compressed"])
def test_an_organised_pcd_is_read_in_every_coding(tmp_path: Path, coding: str) -> None:
    (tmp_path / "a.pcd").write_bytes(_pcd(cloud(1)[:20], coding))
    np.testing.assert_array_equal(read_cloud(tmp_path / "a.pcd"), with_missing()[:20])


def test_a_pcd_of_one_row_lists_points(tmp_path: Path) -> None:
    (tmp_path / "a.pcd").write_bytes(_pcd(cloud(1).reshape(1, -1, 3), "binary"))
    with pytest.raises(NoRaster):
        read_cloud(tmp_path / "a.pcd")
    assert read_cloud(tmp_path / "a.pcd", raster=(24, 24)).shape == (24, 24, 3)


@pytest.mark.parametrize("name", ["a.tiff", "a.npy", "a.ply", "a.pcd", "packed.pcd", "text.ply", "text.pcd"])
def test_a_cut_off_cloud_is_named_with_a_remedy(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    whole = {
        "a.ply": _ply(cloud(1), "binary_little_endian", "comment width 24\ncomment height 24"),
        "text.ply": _ply(cloud(1), "ascii", "comment width 24\ncomment height 24"),
        "a.pcd": _pcd(cloud(1), "binary"),
        "packed.pcd": _pcd(cloud(1), "binary_compressed"),
        "text.pcd": _pcd(cloud(1), "ascii"),
    }.get(name)
    if name == "a.npy":
        np.save(path, cloud(1))
    elif name == "a.tiff":
        save_cloud(path, cloud(1))
    whole = whole or path.read_bytes()
    path.write_bytes(whole[: len(whole) * 2 // 3])
    with pytest.raises(Unreadable, match=path.stem) as caught:
        read_cloud(path)
    assert "skip" in caught.value.remedy


@pytest.mark.parametrize("suffix", ["tiff", "npy", "ply", "pcd"])
def test_text_under_a_clouds_name_is_refused(tmp_path: Path, suffix: str) -> None:
    (tmp_path / f"a.{suffix}").write_text("hello, this is a letter and not a cloud\n" * 9)
    with pytest.raises((WrongType, Unreadable), match=rf"a\.{suffix}"):
        read_cloud(tmp_path / f"a.{suffix}")


def test_a_header_that_promises_more_than_the_file_holds_costs_no_memory(tmp_path: Path) -> None:
    np.save(tmp_path / "a.npy", cloud(1))
    lying = (tmp_path / "a.npy").read_bytes().replace(b"(24, 24, 3)", b"(24000000000, 24, 3)", 1)
    (tmp_path / "a.npy").write_bytes(lying)
    with pytest.raises(Unreadable):
        read_cloud(tmp_path / "a.npy")


def test_a_file_that_is_gone_is_called_missing(tmp_path: Path) -> None:
    with pytest.raises(PartnerMissing, match="not there"):
        read_cloud(tmp_path / "a.npy")


def _ply(points: NDArray[np.float32], coding: str, notes: str) -> bytes:
    flat = points.reshape(-1, 3)
    kind = "double" if coding == "ascii" else "float"
    lines = ["ply", f"format {coding} 1.0", notes, f"element vertex {len(flat)}", f"property {kind} x"]
    lines += ["property uchar red", f"property {kind} y", f"property {kind} z", "element face 0"]
    lines += ["property list uchar int vertex_indices", "end_header", ""]
    head = "\n".join(lines).encode()
    if coding == "ascii":
        return head + b"".join(f"{x!r} 7 {y!r} {z!r}\n".encode() for x, y, z in flat.astype(float).tolist())
    order = ">" if "big" in coding else "<"
    record = np.dtype([("x", f"{order}f4"), ("red", "u1"), ("y", f"{order}f4"), ("z", f"{order}f4")])
    vertices = np.zeros(len(flat), record)
    vertices["x"], vertices["y"], vertices["z"] = flat.T
    return head + vertices.tobytes()


def _pcd(points: NDArray[np.float32], coding: str) -> bytes:
    height, width = points.shape[:2]
    flat = points.reshape(-1, 3)
    head = (
        "# .PCD v0.7 - Point Cloud Data file format\nVERSION 0.7\nFIELDS _ x y z rgb\nSIZE 1 4 4 4 4\n"
        f"TYPE U F F F U\nCOUNT 3 1 1 1 1\nWIDTH {width}\nHEIGHT {height}\nVIEWPOINT 0 0 0 1 0 0 0\n"
        f"POINTS {len(flat)}\nDATA {coding}\n"
    ).encode()
    if coding == "ascii":
        return head + b"".join(
            f"0 0 0 {x!r} {y!r} {z!r} 9\n".encode() for x, y, z in flat.astype(float).tolist()
        )
    record = np.dtype([("_", "u1", (3,)), ("x", "<f4"), ("y", "<f4"), ("z", "<f4"), ("rgb", "<u4")])
    rows = np.zeros(len(flat), record)
    rows["x"], rows["y"], rows["z"] = flat.T
    if coding == "binary":
        return head + rows.tobytes()
    columns = b"".join(rows[name].tobytes() for name in record.names or ())
    packed = _lzf(columns)
    return head + struct.pack("<II", len(packed), len(columns)) + packed


def _lzf(data: bytes) -> bytes:
    """A plain LZF packer: runs of one byte become references, the rest literals."""
    out, at = bytearray(), 0
    while at < len(data):
        run = 1
        while at + run < len(data) and run < 200 and data[at + run] == data[at]:
            run += 1
        if run >= 12:
            out += bytes([0, data[at], 7 << 5, run - 1 - 9, 0])
            at += run
        else:
            step = data[at : at + min(run, 32)]
            out += bytes([len(step) - 1]) + step
            at += len(step)
    return bytes(out)


def _lzw_tiff(points: NDArray[np.float32], order: str, folder: Path) -> bytes:
    """Strips packed by Pillow as grey bytes, put under a header of three floats a pixel."""
    stored = points.astype(f"{order}f4")
    height, width = stored.shape[:2]
    grey = folder / "grey.tif"
    as_bytes = np.frombuffer(stored.tobytes(), np.uint8).reshape(height, -1)
    Image.fromarray(as_bytes).save(grey, compression="tiff_lzw", tiffinfo={278: 7})
    with tifffile.TiffFile(grey) as file:
        page = file.pages.first
        rows, sizes, starts = page.rowsperstrip, page.databytecounts, page.dataoffsets
    content = grey.read_bytes()
    strips = [content[start : start + size] for start, size in zip(starts, sizes, strict=True)]
    count, first = len(strips), 8 + 2 + 10 * 12 + 4
    begin = first + 8 * count
    offsets = [begin + sum(len(strip) for strip in strips[:index]) for index in range(count)]
    tags = [(256, 4, 1, width), (257, 4, 1, height), (258, 3, 1, 32), (259, 3, 1, 5), (262, 3, 1, 1)]
    tags += [(273, 4, count, first if count > 1 else offsets[0]), (277, 3, 1, 3), (278, 4, 1, rows)]
    tags += [(279, 4, count, first + 4 * count if count > 1 else sizes[0]), (339, 3, 1, 3)]
    mark = {"<": b"II", ">": b"MM"}[order]
    directory = b"".join(
        struct.pack(f"{order}HHI", *tag[:3])
        + (struct.pack(f"{order}HH", tag[3], 0) if tag[1] == 3 else struct.pack(f"{order}I", tag[3]))
        for tag in tags
    )
    head = mark + struct.pack(f"{order}HIH", 42, 8, len(tags)) + directory + bytes(4)
    tables = struct.pack(f"{order}{2 * count}I", *offsets, *(len(strip) for strip in strips))
    return head + tables + b"".join(strips)
