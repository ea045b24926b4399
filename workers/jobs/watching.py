"""The job that watches a folder: on a thread of its own, for as long as the user wants."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from core.device import choose_compute
from core.live.events import LiveEvent, Notice
from core.live.loop import LiveLoop
from core.methods.detector import Detector
from core.monitor import Cancelled, Monitor
from core.phrase import say
from core.project.project import Project
from core.project.records import ModelRecord
from core.reporting.heat import HeatLook
from core.tasks.inspect_class import load_detector
from core.tasks.watch_folder import POLL_S, WatchWish, live_loop
from workers.job import Job

log = logging.getLogger(__name__)
RETRY_S = 5.0
_LEVELS = {"info": logging.INFO, "warning": logging.WARNING, "alarm": logging.ERROR}


@dataclass
class WatchControl:
    """What the window tells the watching thread; every word is heard at once."""

    retry_s: float = RETRY_S
    _is_paused: bool = False
    _word: threading.Event = field(default_factory=threading.Event)

    @property
    def is_paused(self) -> bool:
        """Whether parts are only taken into the queue."""
        return self._is_paused

    def pause(self, is_paused: bool = True) -> None:
        """Judge nothing more after the part that is under way, or go on."""
        self._is_paused = is_paused
        self._word.set()

    def wake(self) -> None:
        """Look up from waiting."""
        self._word.set()

    def wait(self, seconds: float) -> None:
        """Do nothing for so long, unless a word comes."""
        self._word.wait(seconds)
        self._word.clear()


@dataclass
class LoadedModel:
    """The model of the last watching, so that a start after a stop need not load it again."""

    key: tuple[int, str] = (0, "")
    detector: Detector | None = None


@dataclass(frozen=True)
class Watching:
    """The loop runs; `look` are the colours of its class."""

    look: HeatLook


@dataclass(frozen=True)
class Queue:
    """So many parts wait."""

    waiting: int


WatchSaid = LiveEvent | Watching | Queue


@dataclass(frozen=True)
class WatchOrder:
    """What is watched by which model, how it is steered, and what was loaded before."""

    model: ModelRecord
    wish: WatchWish
    control: WatchControl
    loaded: LoadedModel


def watching(project: Project, order: WatchOrder, device: str, threads: int) -> Job:
    """`delivered` carries what happens, as WatchSaid; it ends when it is cancelled."""

    def work(monitor: Monitor) -> None:
        compute = choose_compute(device, threads)
        key = (order.model.id, compute.device)
        loaded = order.loaded
        if loaded.key != key or loaded.detector is None:
            loaded.detector, loaded.key = load_detector(project, order.model, compute), key
        loop = live_loop(project, order.model, order.wish, compute, loaded.detector)
        job.signals.delivered.emit(Watching(loop.outputs.look))
        _watch(loop, order.control, monitor, job.signals.delivered.emit)

    job = Job(say("Watch {folder}", folder=order.wish.folder.name), work)
    return job


def _watch(
    loop: LiveLoop, control: WatchControl, monitor: Monitor, tell: Callable[[WatchSaid], object]
) -> None:
    """Step until cancelled; where the folder is gone or the disk full, look again every few seconds."""
    told = 0
    while not monitor.is_cancelled:
        loop.is_paused = control.is_paused
        events = loop.step()
        for event in events:
            if isinstance(event, Notice):
                log.log(_LEVELS[event.level], "%s", event.text)
            tell(event)
        if loop.waiting != told:
            told = loop.waiting
            tell(Queue(told))
        if loop.trouble is not None:
            control.wait(control.retry_s)
        elif not events:
            control.wait(POLL_S)
    raise Cancelled
