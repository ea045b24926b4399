"""What can be wrong with a file of a data set; each fault names the file and says what to do."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from core.errors import DataError
from core.phrase import say

COPY_AGAIN = say("Copy it again from its source, or skip this sample.")


class Unreadable(DataError):
    """A file that is cut off, damaged, empty or locked."""


class PartnerMissing(DataError):
    """A file that belongs to the part and is not there."""


class WrongType(DataError):
    """A file that holds something else than its place promises."""


class TooLarge(DataError):
    """A picture that would not fit into memory with certainty."""


class TooSmall(DataError):
    """A picture of so few pixels that no method can look at it."""


class SizesDiffer(DataError):
    """Image, cloud and mask of one part on different rasters."""


class EmptyCloud(DataError):
    """A cloud without a single point."""


class NoRaster(DataError):
    """A cloud whose points are not told to lie on rows and columns."""


BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    KeyError,
    IndexError,
    TypeError,
    OverflowError,
    MemoryError,
    struct.error,
    zlib.error,
)
"""What numpy, PIL and tifffile raise over damaged content; headers that lie end in the last ones."""


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Turn whatever a library raises over the file into one sentence that names it."""
    try:
        if path.stat().st_size == 0:
            raise Unreadable(say("{file} is empty (0 bytes).", file=path), remedy=COPY_AGAIN)
        yield
    except FileNotFoundError as error:
        raise PartnerMissing(
            say("{file} is not there.", file=path),
            remedy=say("Put the file back, or skip this sample."),
        ) from error
    except PermissionError as error:
        raise Unreadable(
            say("{file} may not be read by this user.", file=path),
            remedy=say("Allow reading the file, or skip this sample."),
        ) from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise too_large(path) from error
    except UnidentifiedImageError as error:
        raise WrongType(
            say("{file} is not a picture, whatever its name says.", file=path),
            remedy=say("Save it as PNG, JPEG or TIFF, or skip this sample."),
        ) from error
    except BROKEN as error:
        raise Unreadable(
            say("{file} cannot be read: it is cut off or damaged.", file=path), remedy=COPY_AGAIN
        ) from error


def too_large(path: Path) -> TooLarge:
    """The fault of a picture with more pixels than memory is sure to hold."""
    return TooLarge(
        say("{file} has more pixels than can be opened safely.", file=path),
        remedy=say("Cut it into tiles or save it smaller, or skip this sample."),
    )
