"""Numbers of LZW-packed TIFF pages, unpacked by Pillow's libtiff as if every byte were a grey pixel."""

from __future__ import annotations

import struct
from io import BytesIO
from itertools import accumulate
from pathlib import Path

import numpy as np
import tifffile
from numpy.typing import NDArray
from PIL import Image

from core.datasets.faults import WrongType
from core.phrase import say


def unpack(path: Path, page: tifffile.TiffPage) -> NDArray[np.generic]:
    """The page as (H, W, C); only strips of interleaved channels without predictor.

    tifffile unpacks LZW only with a further library; Pillow knows LZW, but not three floats a pixel.
    """
    dtype = page.dtype
    is_plain = page.predictor in (0, 1) and page.samplesperpixel == 3 and page.planarconfig == 1
    if not is_plain or page.is_tiled or dtype is None:
        raise WrongType(
            say("{file} is packed in a way that cannot be read.", file=path),
            remedy=say("Save the TIFF without compression, or as NPY."),
        )
    content = path.read_bytes()
    strips = [
        content[start : start + size]
        for start, size in zip(page.dataoffsets, page.databytecounts, strict=True)
    ]
    width = page.imagewidth * page.samplesperpixel * dtype.itemsize
    grey = _grey_tiff(width, page.imagelength, page.rowsperstrip, strips)
    with Image.open(BytesIO(grey)) as image:
        stored = np.asarray(image)
    values: NDArray[np.generic] = stored.reshape(-1).view(dtype.newbyteorder(page.parent.byteorder))
    return values.reshape(page.imagelength, page.imagewidth, page.samplesperpixel)


def _grey_tiff(width: int, height: int, rows_per_strip: int, strips: list[bytes]) -> bytes:
    """A one-channel 8-bit LZW TIFF around strips that are packed already."""
    lists = 8 + 2 + 9 * 12 + 4
    sizes = [len(strip) for strip in strips]
    starts = list(accumulate(sizes[:-1], initial=lists + 8 * len(strips)))
    one = len(strips) == 1
    tags = [
        (256, 4, 1, width),
        (257, 4, 1, height),
        (258, 3, 1, 8),
        (259, 3, 1, 5),
        (262, 3, 1, 1),
        (273, 4, len(strips), starts[0] if one else lists),
        (277, 3, 1, 1),
        (278, 4, 1, min(rows_per_strip, height)),
        (279, 4, len(strips), sizes[0] if one else lists + 4 * len(strips)),
    ]
    head = struct.pack("<2sHIH", b"II", 42, 8, len(tags))
    directory = b"".join(struct.pack("<HHII", *tag) for tag in tags) + bytes(4)
    tables = struct.pack(f"<{2 * len(strips)}I", *starts, *sizes)
    return head + directory + tables + b"".join(strips)
