from __future__ import annotations

import pytest

from core.datasets.lzf import decompress


def test_literals_and_references_are_unpacked() -> None:
    assert decompress(b"\x02abc" + bytes([1 << 5, 2]) + b"\x00!", 7) == b"abcabc!"


def test_a_reference_may_overlap_what_it_writes() -> None:
    assert decompress(b"\x00x" + bytes([7 << 5, 3, 0]), 13) == b"x" * 13


def test_unpacking_stops_at_the_wanted_length() -> None:
    assert decompress(b"\x02abc\x02def", 2) == b"ab"


@pytest.mark.parametrize("packed", [b"\x05ab", bytes([1 << 5, 9]), b"\x00a", b""])
def test_a_broken_stream_is_refused(packed: bytes) -> None:
    with pytest.raises((ValueError, IndexError)):
        decompress(packed, 10)
