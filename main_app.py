"""Starts the program: a sub-command without any window, or else the window."""

from __future__ import annotations

import os
import sys
from pathlib import Path

NO_DISPLAY = (
    "There is no display for the window; run `make demo`, or `python main_app.py --help` for commands."
)
_WITHOUT_SCREEN = ("offscreen", "minimal", "vnc")


def main(argv: list[str] | None = None) -> int:
    """Run what the words ask for and return the exit code."""
    words = sys.argv[1:] if argv is None else argv
    if words and words[0] != "gui":
        from core.commands.entry import main as run_command

        return run_command(words)
    if words[1:] and words[1].startswith("-"):
        sys.stderr.write("usage: inspector gui [PROJECT]\n")
        return 0 if words[1] in ("-h", "--help") else 2
    if not has_display():
        sys.stderr.write(NO_DISPLAY + "\n")
        return 6
    from gui.app import run

    return run(Path(words[1]) if words[1:] else None)


def has_display() -> bool:
    """Whether a window can be shown; Windows and macOS always have a display."""
    if not sys.platform.startswith("linux"):
        return True
    wanted = os.environ.get("QT_QPA_PLATFORM", "").partition(":")[0]
    if wanted in _WITHOUT_SCREEN:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


if __name__ == "__main__":
    sys.exit(main())
