"""Where clicks on the live page reach the watching thread, and its words reach the state."""

from __future__ import annotations

from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from core.datasets.reading import read_sample
from core.live.events import PartJudged
from core.monitor import Monitor
from core.paths import home
from core.phrase import say
from core.pixel_link import PixelLink
from core.preprocess.part_on_source import with_part
from core.preprocess.prepare import prepare
from core.project.project import Project
from core.sample import Sample
from core.state.live_state import PICTURES, LiveChoice, LiveState, LiveSubject
from core.state.overlay_state import OverlayState
from core.tasks.kept_measuring import kept_wish
from core.tasks.watch_folder import WatchWish
from workers.failure import Failure
from workers.job import Job
from workers.job_queue import JobQueue
from workers.jobs.watching import LoadedModel, Queue, WatchControl, Watching, WatchOrder, WatchSaid, watching

if TYPE_CHECKING:
    from gui.workspace import Workspace

KEY = "live"
_PLAIN: dict[str, type] = {"folder": str, "out": str, "pictures": str, "csv": bool, "json": bool}


class LiveWork(QObject):
    """`link_shown` carries what the views show, None for nothing."""

    link_shown = Signal(object)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._work = workspace
        self.state, self.overlay = LiveState(), OverlayState()
        self.queue, self.reader = JobQueue("live"), JobQueue("live reader", keeps_ended=False)
        self.control = WatchControl()
        self._loaded = LoadedModel()
        self._job: Job | None = None
        self._looking: Job | None = None
        workspace.opened.connect(self._read_choice)
        workspace.closing.connect(self.stop)
        workspace.closed.connect(self._forget)

    def choose(self, **values: Any) -> None:
        """Keep what the user wants with the project."""
        chosen = LiveChoice(**(asdict(self.state.choice) | values))
        self.state.choice = chosen
        project = self._work.project
        if project is not None and not project.is_read_only:
            self._work.attempt(lambda: project.set_value(KEY, asdict(chosen)))

    def reason(self) -> str:
        """Why it cannot start, "" where it can."""
        session, project = self._work.session, self._work.project
        if project is None or session.model is None:
            return say("Train the class first.")
        if project.threshold(session.model.id, "image") is None:
            return say("Inspect the class first.")
        return "" if self.state.choice.folder else say("Choose a folder.")

    def start(self) -> None:
        """Begin to watch, or go on after a pause."""
        project, model, state = self._work.project, self._work.session.model, self.state
        if state.phase == "paused":
            self.pause(False)
            return
        if state.is_on or self.reason() or project is None or model is None:
            return
        line = project.threshold(model.id, "image")
        assert line is not None
        folder = Path(state.choice.folder)
        state.begin(LiveSubject(str(folder), model.class_name, model.id, model.name, line.value, line.lower))
        self.link_shown.emit(None)
        self.control = WatchControl(self.control.retry_s)
        order = WatchOrder(model, self._wish(project, model.class_name), self.control, self._loaded)
        settings = self._work.settings
        job = watching(project, order, settings.device, settings.threads)
        job.signals.delivered.connect(self._take)
        job.signals.failed.connect(self._on_failed)
        job.signals.ended.connect(self._on_ended)
        self._job = self.queue.submit(job)

    def pause(self, is_paused: bool = True) -> None:
        """Take parts into the queue only, or go on judging; answers at once."""
        if self.state.phase in ("watching", "paused", "starting"):
            self.control.pause(is_paused)
            self.state.phase = "paused" if is_paused else "watching"

    def stop(self) -> None:
        """End after the part that is under way; who asks about the queue has asked before."""
        if self._job is not None and self.state.is_on:
            self.state.phase = "stopping"
            self._job.cancel()
            self.control.wake()

    def look_at(self, part: PartJudged) -> None:
        """Show a part again; its files are read anew."""
        self.state.last = part
        if part.sample is not None:
            self._show(part, part.sample)
            return
        ref, project = part.ref, self._work.project
        if ref is None or project is None:
            self.link_shown.emit(None)
            return
        config = project.preprocess_config(ref.class_name)
        if self._looking is not None:
            self._looking.cancel()

        def work(monitor: Monitor) -> tuple[PartJudged, Sample]:
            monitor.tick(0, 1, say("Reading {name}", name=ref.id))
            sample = read_sample(ref)
            return part, with_part(sample, prepare(sample, config).sample)

        job = Job(say("Reading {name}", name=ref.id), work)
        job.signals.succeeded.connect(lambda found: self._show(*found))
        job.signals.failed.connect(self._on_unreadable)
        self._looking = self.reader.submit(job)

    @property
    def queues(self) -> tuple[JobQueue, ...]:
        """Both threads."""
        return self.queue, self.reader

    def out(self) -> Path:
        """Where results go: the chosen folder, or one of the project's own."""
        chosen, project = self.state.choice.out, self._work.project
        if chosen:
            return Path(chosen)
        if project is None or self._work.session.is_demo:
            return home() / "live"
        return project.folder / "live"

    def _wish(self, project: Project, class_name: str) -> WatchWish:
        choice, settings = self.state.choice, self._work.settings
        return WatchWish(
            Path(choice.folder),
            self.out(),
            choice.pictures,
            settings.live_partner_s,
            settings.live_missing == "alone",
            settings.live_newest_first,
            mm_per_pixel=kept_wish(project, class_name).mm_per_pixel,
            csv=choice.csv,
            json=choice.json,
        )

    def _take(self, said: WatchSaid) -> None:
        state = self.state
        if isinstance(said, Queue):
            state.waiting = said.waiting
        elif isinstance(said, Watching):
            self.overlay.take_class_range((said.look.low, said.look.high), said.look.threshold)
            if state.phase == "starting":
                state.phase = "watching"
        else:
            state.take(_light(said) if isinstance(said, PartJudged) else said)
            if isinstance(said, PartJudged) and said.sample is not None:
                self._show(said, said.sample)

    def _show(self, part: PartJudged, sample: Sample) -> None:
        outcome = part.outcome
        if outcome is None or outcome.score_map is None:
            self.link_shown.emit(PixelLink(sample))
        else:
            self.link_shown.emit(PixelLink(sample, outcome.score_map, outcome.frame))

    def _on_unreadable(self, failure: Failure) -> None:
        self.link_shown.emit(None)
        self._work.noticed.emit(say("This part cannot be shown any more"), str(failure.message))

    def _on_failed(self, failure: Failure) -> None:
        self._work.failed.emit(failure)

    def _on_ended(self) -> None:
        self._job = None
        self.queue.clear_finished()
        self.state.end()

    def _read_choice(self) -> None:
        """What was chosen when the project was open before; the settings say how to begin."""
        project, settings = self._work.project, self._work.settings
        kept = project.value(KEY) if project is not None else {}
        usual = LiveChoice(pictures=settings.live_pictures, csv=settings.live_csv, json=settings.live_json)
        known = {
            entry.name: kept[entry.name]
            for entry in fields(LiveChoice)
            if type(kept.get(entry.name)) is _PLAIN[entry.name]
        }
        if known.get("pictures") not in PICTURES:
            known.pop("pictures", None)
        self.state.choice = LiveChoice(**(asdict(usual) | known))

    def _forget(self) -> None:
        self._loaded = LoadedModel()
        self.link_shown.emit(None)
        self.state.forget()


def _light(part: PartJudged) -> PartJudged:
    """Without the part's picture and cloud: many of these are kept."""
    return replace(part, sample=None)
