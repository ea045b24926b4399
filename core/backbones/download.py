"""Fetches one file of weights, on request only; resumes, and checks a hash where one is published."""

from __future__ import annotations

import hashlib
import re
import shutil
import urllib.error
import urllib.request
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPException
from pathlib import Path
from typing import Protocol

from core.atomic import unwritable
from core.backbones.weights import WeightFile, weights_folder
from core.errors import InspectionError, WeightsMissing
from core.monitor import Monitor
from core.phrase import say

_BYTES_AT_ONCE = 1 << 18
_TIMEOUT_S = 30.0
_NAME_HASH = re.compile(r"-([0-9a-f]{8,64})\.[a-z]+$")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_HASH_HEADERS = ("X-Linked-ETag", "X-Checksum-Sha256")
"""Where hubs publish the SHA-256 of a large file."""
_NO_HEAD = (403, 405, 501)
"""How servers answer that do not tell sizes beforehand."""


class Answer(Protocol):
    """What a server sends: a stream with its headers."""

    headers: Message
    status: int

    def read(self, amount: int) -> bytes: ...


@dataclass(frozen=True)
class Downloaded:
    """Where the file lies now; `is_verified` where a published hash agreed."""

    path: Path
    is_verified: bool


def download(row: WeightFile, monitor: Monitor, base_address: str = "") -> Downloaded:
    """Fetch the file of `row` into the library and give its place.

    A file that broke off goes on where it stopped, now or at the next call. `base_address` takes the place of
    everything before the file's name (a mirror). The system's proxy settings are used.
    """
    address = address_of(row, base_address)
    final = weights_folder() / row.names[0]
    part = unfinished(row)
    try:
        part.parent.mkdir(parents=True, exist_ok=True)
        headers = _fetch(row, address, part, monitor)
        is_verified = _verify(row, part, headers)
        part.replace(final)
    except OSError as problem:
        raise unwritable(part, problem) from problem
    return Downloaded(final, is_verified)


def address_of(row: WeightFile, base_address: str = "") -> str:
    """Where the file of `row` is fetched from; raise WeightsMissing where nobody publishes it."""
    address = f"{base_address.rstrip('/')}/{row.names[0]}" if base_address else row.address
    if not address:
        raise WeightsMissing(
            say("{title} has no public direct address.", title=row.title), remedy=_by_hand(row)
        )
    return address


def unfinished(row: WeightFile) -> Path:
    """Where the part of a file lies that has arrived so far, if there is one."""
    return weights_folder() / f"{row.names[0]}.part"


def announced_size(row: WeightFile, base_address: str = "") -> int | None:
    """Bytes of the file as its server tells them, None where it does not; fetches nothing.

    Raise WeightsMissing where the server cannot be reached or has no such file.
    """
    address = address_of(row, base_address)
    request = urllib.request.Request(address, headers={"User-Agent": "inspector"}, method="HEAD")
    try:
        with urllib.request.urlopen(request, timeout=_TIMEOUT_S) as answer:
            told = answer.headers.get("Content-Length")
            return int(told) if told else None
    except urllib.error.HTTPError as problem:
        if problem.code in _NO_HEAD:
            return None
        raise _refused(row, address, f"{problem.code} {problem.reason}") from problem
    except (urllib.error.URLError, TimeoutError, HTTPException, ConnectionError) as problem:
        raise _refused(row, address, str(getattr(problem, "reason", problem))) from problem


def _fetch(row: WeightFile, address: str, part: Path, monitor: Monitor) -> Message:
    """Fill `part` to the length that the server tells; the last answer's headers."""
    have = part.stat().st_size if part.is_file() else 0
    request = urllib.request.Request(address, headers={"User-Agent": "inspector"})
    if have:
        request.add_header("Range", f"bytes={have}-")
    try:
        with urllib.request.urlopen(request, timeout=_TIMEOUT_S) as answer:
            return _receive(row, answer, part, have, monitor)
    except urllib.error.HTTPError as problem:
        if problem.code == 416 and have:  # nothing is left to send: the part is whole
            return problem.headers
        raise _refused(row, address, f"{problem.code} {problem.reason}") from problem
    except (urllib.error.URLError, TimeoutError, HTTPException, ConnectionError) as problem:
        raise _refused(row, address, str(getattr(problem, "reason", problem))) from problem


def _receive(row: WeightFile, answer: Answer, part: Path, have: int, monitor: Monitor) -> Message:
    if answer.status != 206:  # the server sends all of it again
        have = 0
    left = int(answer.headers.get("Content-Length", 0))
    total = have + left
    if left and shutil.disk_usage(part.parent).free < left:
        raise InspectionError(
            say("{name} needs {size} MB on the disk, which is full.", name=part.stem, size=left >> 20),
            remedy=say("Free some space, then press Download again."),
        )
    with part.open("ab" if have else "wb") as opened:
        while piece := answer.read(_BYTES_AT_ONCE):
            opened.write(piece)
            have += len(piece)
            monitor.tick(have, total, say("Downloading {name}", name=part.stem))
    if total and have < total:
        raise _refused(row, part.stem, f"{have} of {total} bytes came")
    return answer.headers


def _verify(row: WeightFile, part: Path, headers: Message) -> bool:
    """Compare with the hash that name or server publish; a wrong file is thrown away."""
    published = published_hash(row, headers)
    if not published:
        return False
    with part.open("rb") as opened:
        found = hashlib.file_digest(opened, "sha256").hexdigest()
    if not found.startswith(published):
        part.unlink()
        raise WeightsMissing(
            say("{name} came with other bytes than its publisher announced.", name=row.names[0]),
            remedy=say("Download it again, or from another network; the wrong file was thrown away."),
        )
    return True


def published_hash(row: WeightFile, headers: Message) -> str:
    """The (beginning of the) SHA-256 told by the file's name or by the server; empty where nobody tells."""
    in_name = _NAME_HASH.search(row.names[0])
    if in_name is not None:
        return in_name[1]
    for header in _HASH_HEADERS:
        value = str(headers.get(header, "")).strip('W/"')
        if _SHA256.fullmatch(value):
            return value
    return ""


def _refused(row: WeightFile, address: str, reason: str) -> WeightsMissing:
    return WeightsMissing(
        say("{address} could not be fetched ({reason}).", address=address, reason=reason),
        remedy=_by_hand(row),
    )


def _by_hand(row: WeightFile) -> str:
    return say(
        "What has arrived is kept: try again, or put {name} (from {origin}) into {folder}.",
        name=row.names[0],
        origin=row.origin,
        folder=weights_folder(),
    )
