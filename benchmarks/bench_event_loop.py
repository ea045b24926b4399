"""How late a 10 ms timer of the window's thread comes, idle and while jobs run on the engine."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

import numpy as np

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
from PySide6.QtCore import QCoreApplication, QEventLoop, Qt, QTimer

from core.datasets.demo.plan import DemoPlan
from core.device import apply_threads, choose_compute
from core.monitor import Monitor
from core.project.project import Project
from core.tasks.make_demo import make_demo
from core.tasks.method_config import method_config
from core.tasks.train_class import train_class
from workers.job import Job
from workers.job_queue import JobQueue

TICK_MS = 10
IDLE_S = 3.0
LONGEST_MS = 100


class Lateness:
    """Measures each interval of a precise timer against its 10 ms."""

    def __init__(self) -> None:
        self.late_ms: list[float] = []
        self._last = time.perf_counter()
        self._timer = QTimer(timerType=Qt.TimerType.PreciseTimer, interval=TICK_MS)
        self._timer.timeout.connect(self._on_tick)
        self._timer.start()

    def stop(self) -> None:
        """Measure no more."""
        self._timer.stop()

    def _on_tick(self) -> None:
        now = time.perf_counter()
        self.late_ms.append(max(0.0, (now - self._last) * 1000 - TICK_MS))
        self._last = now


def main() -> None:
    """Print one line of quantiles for each load."""
    application = QCoreApplication.instance() or QCoreApplication([])
    assert application is not None
    queue = JobQueue()
    print(f"lateness of a {TICK_MS} ms timer in ms:  median   p95   p99   max")
    lateness = Lateness()
    wait(IDLE_S)
    said = [say("idle", lateness)]
    said.append(measured(queue, "import torch, first time", Job("import", lambda monitor: start_engine())))
    said.append(measured(queue, "small numpy and torch steps", Job("steps", small_steps)))
    with tempfile.TemporaryDirectory() as folder:
        project = demo_project(Path(folder))
        said.append(measured(queue, "training Quick look", training(project)))
        project.close()
    queue.close()
    print(f"longest pause {max(said):.0f} ms, goal {LONGEST_MS} ms")


def measured(queue: JobQueue, name: str, job: Job) -> float:
    """Run a job to its end and give the longest lateness meanwhile."""
    loop = QEventLoop()
    job.signals.ended.connect(loop.quit)
    lateness = Lateness()
    queue.submit(job)
    loop.exec()
    if job.failure is not None:
        print(f"  {name}: {job.failure.message}")
    return say(name, lateness)


def say(name: str, lateness: Lateness) -> float:
    """One line of the table."""
    lateness.stop()
    late = np.array(lateness.late_ms)
    middle, p95, p99 = np.percentile(late, (50, 95, 99))
    print(f"  {name:30} {middle:12.1f} {p95:5.1f} {p99:5.1f} {late.max():5.1f}   ({len(late)} ticks)")
    return float(late.max())


def wait(seconds: float) -> None:
    """Let the event loop run."""
    loop = QEventLoop()
    QTimer.singleShot(int(seconds * 1000), loop.quit)
    loop.exec()


def start_engine() -> None:
    """What the first job does before its work."""
    apply_threads(choose_compute("cpu", 0))


def small_steps(monitor: Monitor) -> None:
    """Many short operations, which fight for the interpreter most."""
    import torch

    rows, far = torch.rand(4000, 64), torch.full((4000,), 1e9)
    for step in range(4000):
        monitor.tick(step, 4000, "step")
        far = torch.minimum(far, ((rows - rows[int(far.argmax())]) ** 2).sum(1))


def demo_project(folder: Path) -> Project:
    """A flange class of eight training parts."""
    plan = DemoPlan(classes=("flange",), train=8, validation=2, test=4, size=300)
    return Project.open(make_demo(folder / "demo", plan, Monitor()))


def training(project: Project) -> Job:
    """Train Quick look on the flange."""

    def work(monitor: Monitor) -> object:
        config = method_config("quick_look", {})
        return train_class(project, "flange", "quick_look", config, choose_compute("cpu", 0), monitor)

    return Job("train", work)


if __name__ == "__main__":
    main()
