"""The LZF compression of PCD files: literal runs and back references."""

from __future__ import annotations


def decompress(packed: bytes, length: int) -> bytes:
    """Unpack the first `length` bytes; raises ValueError or IndexError where the stream is broken.

    A control byte c below 32 is followed by c + 1 literal bytes. Otherwise its upper three bits plus 2 are
    the length (7: one more length byte follows), its lower five bits and the next byte the distance minus 1.
    """
    out = bytearray()
    at = 0
    while len(out) < length:
        control = packed[at]
        at += 1
        if control < 32:
            end = at + control + 1
            if end > len(packed):
                raise ValueError("literal run beyond the end")
            out += packed[at:end]
            at = end
            continue
        count = control >> 5
        if count == 7:
            count += packed[at]
            at += 1
        start = len(out) - ((control & 31) << 8) - packed[at] - 1
        at += 1
        _repeat(out, start, count + 2)
    return bytes(out[:length])


def _repeat(out: bytearray, start: int, count: int) -> None:
    """Append `count` bytes beginning at `start`; source and target may overlap."""
    if start < 0:
        raise ValueError("reference before the beginning")
    distance = len(out) - start
    if distance >= count:
        out += out[start : start + count]
    else:
        out += (out[start:] * (count // distance + 1))[:count]
