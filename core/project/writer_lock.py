"""One writer per project: a small file says who it is."""

from __future__ import annotations

import json
import os
import socket
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

State = Literal["taken", "taken after a crash", "held by another", "not writable"]


@dataclass(frozen=True)
class Holder:
    """The process that holds a lock; `born` tells it from a later one with the same number."""

    pid: int
    host: str
    born: str = ""


@dataclass(frozen=True)
class Claim:
    """How an attempt to become the writer ended, and who stood in the way."""

    state: State
    holder: Holder | None = None

    @property
    def is_writer(self) -> bool:
        """True where the lock is ours."""
        return self.state.startswith("taken")


def claim(path: Path) -> Claim:
    """Try to become the writer; a lock left behind by a dead process of this machine is taken over."""
    crashed = False
    for _ in range(3):
        try:
            descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
        except FileExistsError:
            holder = _read(path)
            if holder is not None and _lives(holder):
                return Claim("held by another", holder)
            crashed = True
            if not _removed(path):
                return Claim("not writable", holder)
            continue
        except OSError:
            return Claim("not writable")
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(asdict(_ourselves()), file)
        return Claim("taken after a crash" if crashed else "taken")
    return Claim("held by another", _read(path))


def release(path: Path) -> None:
    """Stop being the writer; a lock that has become somebody else's is left alone."""
    if _read(path) == _ourselves():
        path.unlink(missing_ok=True)


def _ourselves() -> Holder:
    return Holder(os.getpid(), socket.gethostname(), _birth(os.getpid()))


def _read(path: Path) -> Holder | None:
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        return Holder(int(stored["pid"]), str(stored["host"]), str(stored.get("born", "")))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _removed(path: Path) -> bool:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return False
    return True


def _lives(holder: Holder) -> bool:
    """True unless the process is surely gone; nothing is known about other machines."""
    if holder.host != socket.gethostname():
        return True
    return _is_running(holder.pid) and holder.born == _birth(holder.pid)


def _birth(pid: int) -> str:
    """When the process began, in ticks since the machine did; "" where the system does not tell."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return ""


def _is_running(pid: int) -> bool:
    if sys.platform == "win32":
        return _is_running_on_windows(pid)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _is_running_on_windows(pid: int) -> bool:
    """Ask for a handle: os.kill(pid, 0) would send Ctrl+C there."""
    if sys.platform != "win32":
        raise AssertionError("only for Windows")
    import ctypes

    query, still_active = 0x1000, 259
    kernel = ctypes.windll.kernel32
    handle = kernel.OpenProcess(query, False, pid)
    if not handle:
        return False
    code = ctypes.c_ulong()
    kernel.GetExitCodeProcess(handle, ctypes.byref(code))
    kernel.CloseHandle(handle)
    return code.value == still_active
