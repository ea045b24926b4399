"""From the start of the program to a window that answers, in new processes; torch and timm stay unloaded."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time

RUNS = 5
GOAL_S = 3.0
_PROGRAM = """
import os, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from gui.app import Product

application = QApplication([])
product = Product(application)
product.show()

def answer():
    loaded = [name for name in ("torch", "timm", "sklearn") if name in sys.modules]
    print(",".join(loaded) or "none", flush=True)
    os._exit(0)

QTimer.singleShot(0, answer)
application.exec()
"""


def main() -> None:
    """Print the time of the first start and the median of the later ones."""
    with tempfile.TemporaryDirectory() as home:
        found = [_start(home) for _ in range(RUNS)]
    seconds = [spent for spent, _ in found]
    print(f"start to a usable window: first {seconds[0]:.2f} s, warm {statistics.median(seconds[1:]):.2f} s")
    print(f"goal {GOAL_S:.0f} s warm; heavy libraries loaded: {found[-1][1]}")


def _start(home: str) -> tuple[float, str]:
    begun = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM],
        env={"QT_QPA_PLATFORM": "offscreen", **os.environ, "INSPECTOR_HOME": home},
        capture_output=True,
        text=True,
        check=True,
    )
    return time.perf_counter() - begun, done.stdout.strip()


if __name__ == "__main__":
    main()
