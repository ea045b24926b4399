from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import tifffile
from PIL import Image

from core.datasets.faults import TooLarge, Unreadable, WrongType
from core.datasets.images import MOST_PIXELS, read_image
from tests.core.datasets.planted import picture, save_picture


def test_a_colour_png_is_read_as_stored(tmp_path: Path) -> None:
    save_picture(tmp_path / "零件 1.png", picture(1))
    np.testing.assert_array_equal(read_image(tmp_path / "零件 1.png"), picture(1))


@pytest.mark.parametrize("mode", ["L", "LA", "RGBA", "P", "1", "CMYK"])
def test_every_common_mode_gives_three_channels_of_eight_bits(tmp_path: Path, mode: str) -> None:
    path = tmp_path / ("a.tif" if mode == "CMYK" else "a.png")
    Image.fromarray(picture(1)).convert(mode).save(path)
    read = read_image(path)
    assert read.shape == (24, 24, 3)
    assert read.dtype == np.uint8


def test_alpha_is_dropped_and_colours_under_it_stay(tmp_path: Path) -> None:
    with_alpha = np.dstack([picture(1), np.zeros((24, 24), np.uint8)])
    save_picture(tmp_path / "a.png", with_alpha)
    np.testing.assert_array_equal(read_image(tmp_path / "a.png"), picture(1))


@pytest.mark.parametrize("name", ["grey.png", "grey.tiff"])
def test_sixteen_bit_grey_keeps_its_upper_eight_bits(tmp_path: Path, name: str) -> None:
    values = np.linspace(0, 65535, 24 * 24).reshape(24, 24).astype(np.uint16)
    Image.fromarray(values).save(tmp_path / name)
    np.testing.assert_array_equal(read_image(tmp_path / name)[..., 1], values >> 8)


@pytest.mark.parametrize("channels", [3, 4])
def test_sixteen_bit_colour_tiffs_follow_the_same_rule(tmp_path: Path, channels: int) -> None:
    values = np.random.default_rng(0).integers(0, 65536, (24, 20, channels), np.uint16)
    tifffile.imwrite(tmp_path / "a.tif", values, photometric="rgb")
    np.testing.assert_array_equal(read_image(tmp_path / "a.tif"), (values >> 8)[..., :3])


def test_a_sixteen_bit_colour_png_follows_the_same_rule(tmp_path: Path) -> None:
    values = np.random.default_rng(0).integers(0, 65536, (24, 20, 3), np.uint16)
    (tmp_path / "a.png").write_bytes(_png_of_sixteen_bits(values))
    np.testing.assert_array_equal(read_image(tmp_path / "a.png"), values >> 8)


def test_channels_stored_one_after_the_other_are_put_together(tmp_path: Path) -> None:
    values = np.random.default_rng(0).integers(0, 65536, (3, 24, 20), np.uint16)
    tifffile.imwrite(tmp_path / "a.tif", values, photometric="rgb", planarconfig="separate")
    np.testing.assert_array_equal(read_image(tmp_path / "a.tif"), np.moveaxis(values >> 8, 0, 2))


def test_the_cameras_orientation_mark_is_obeyed(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.fromarray(picture(1)[:, :12]).save(tmp_path / "a.png", exif=exif)
    np.testing.assert_array_equal(read_image(tmp_path / "a.png"), np.rot90(picture(1)[:, :12], -1))


def test_a_picture_of_24_million_pixels_is_read(tmp_path: Path) -> None:
    Image.new("RGB", (6000, 4000), (1, 2, 3)).save(tmp_path / "big.png", compress_level=1)
    read = read_image(tmp_path / "big.png")
    assert read.shape == (4000, 6000, 3)
    assert read[3999, 5999].tolist() == [1, 2, 3]


@pytest.mark.parametrize("factor", [1.1, 2.5])
def test_a_picture_too_large_for_memory_is_refused_with_its_name(tmp_path: Path, factor: float) -> None:
    Image.new("1", (10_000, int(MOST_PIXELS * factor) // 10_000)).save(tmp_path / "giant.png")
    with pytest.raises(TooLarge, match=r"giant\.png"):
        read_image(tmp_path / "giant.png")


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.tif"])
def test_a_cut_off_file_is_named_with_a_remedy(tmp_path: Path, name: str) -> None:
    save_picture(tmp_path / name, picture(1, 64))
    whole = (tmp_path / name).read_bytes()
    (tmp_path / name).write_bytes(whole[: len(whole) // 2])
    with pytest.raises(Unreadable, match=name) as caught:
        read_image(tmp_path / name)
    assert caught.value.remedy


def test_an_empty_file_is_called_empty(tmp_path: Path) -> None:
    (tmp_path / "a.png").touch()
    with pytest.raises(Unreadable, match="empty"):
        read_image(tmp_path / "a.png")


def test_text_under_a_pictures_name_is_called_no_picture(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_text("hello")
    with pytest.raises(WrongType, match=r"a\.png"):
        read_image(tmp_path / "a.png")


def test_measured_numbers_are_no_picture(tmp_path: Path) -> None:
    tifffile.imwrite(tmp_path / "a.tif", np.ones((24, 24), np.float32))
    with pytest.raises(WrongType, match="measured"):
        read_image(tmp_path / "a.tif")


def _png_of_sixteen_bits(values: np.ndarray[tuple[int, ...], np.dtype[np.uint16]]) -> bytes:
    import struct
    import zlib

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    height, width = values.shape[:2]
    rows = b"".join(b"\0" + row.astype(">u2").tobytes() for row in values)
    header = struct.pack(">IIBBBBB", width, height, 16, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )
