"""Fills an open project with demo parts one by one, so that the first can be looked at at once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from core.datasets.demo.plan import DemoPlan, demo_order
from core.datasets.demo.write import write_part
from core.datasets.layout import scan
from core.monitor import Monitor
from core.phrase import say
from core.project.project import Project
from core.project.records import SampleRecord
from core.tasks.make_demo import DATA

TAKE_IN_EVERY = 6
WAIT_S = 0.1


@dataclass
class GrowingDemo:
    """Says how far each class is; other work may wait for one, and ask for the machine to itself.

    A class is `ready` once its training and validation parts are there, and `whole` at its end.
    """

    ready: dict[str, threading.Event] = field(default_factory=dict)
    whole: dict[str, threading.Event] = field(default_factory=dict)
    _may_go_on: threading.Event = field(default_factory=threading.Event)

    @classmethod
    def of(cls, plan: DemoPlan) -> GrowingDemo:
        """Nothing is there yet."""
        ready, whole = ({name: threading.Event() for name in plan.classes} for _ in range(2))
        growing = cls(ready, whole)
        growing._may_go_on.set()
        return growing

    def wait_until_ready(self, class_name: str, monitor: Monitor) -> None:
        """Return once the class can be trained; can be cancelled."""
        _wait(self.ready.get(class_name), monitor, say("Waiting for the demo parts"))

    def wait_until_whole(self, class_name: str, monitor: Monitor) -> None:
        """Return once the class has all its parts; can be cancelled."""
        _wait(self.whole.get(class_name), monitor, say("Waiting for the demo parts"))

    @contextmanager
    def standing_still(self) -> Iterator[None]:
        """No part is made inside: a training or a first heatmap has the machine to itself."""
        self._may_go_on.clear()
        try:
            yield
        finally:
            self._may_go_on.set()

    def wait_for_leave(self, monitor: Monitor) -> None:
        """Stand still while somebody needs the machine."""
        _wait(self._may_go_on, monitor, say("Standing back"))

    def give_up(self) -> None:
        """Nobody need wait any longer: what is there is all there will be."""
        for event in (*self.ready.values(), *self.whole.values(), self._may_go_on):
            event.set()


def grow_demo(
    project: Project,
    plan: DemoPlan,
    growing: GrowingDemo,
    monitor: Monitor,
    on_parts: Callable[[list[SampleRecord]], None],
) -> None:
    """Write the parts, the first defective one ahead of all, and take them in group by group."""
    root = project.folder / DATA
    project.set_value("demo", {"is_demo": True})
    parts = demo_order(plan)
    last_good = {part.family: at for at, part in enumerate(parts) if part.split != "test"}
    last = {part.family: at for at, part in enumerate(parts)}
    try:
        for at, part in enumerate(parts):
            growing.wait_for_leave(monitor)
            monitor.tick(at, len(parts), say("Making {kind} {id}", kind=part.family, id=part.id))
            write_part(root, plan, part)
            ends = at in (last_good.get(part.family), last[part.family])
            if at % TAKE_IN_EVERY == 0 or ends:
                on_parts(_take_in(project, root))
            if at >= last_good.get(part.family, last[part.family]):
                growing.ready[part.family].set()
            if at == last[part.family]:
                growing.whole[part.family].set()
    finally:
        growing.give_up()


def _wait(event: threading.Event | None, monitor: Monitor, text: str) -> None:
    while event is not None and not event.wait(WAIT_S):
        monitor.tick(0, 0, text)


def _take_in(project: Project, root: Path) -> list[SampleRecord]:
    """Add what is whole on disk and not in the project yet."""
    known = {record.name for record in project.samples()}
    fresh = [ref for ref in scan(root, "mvtec_3d") if ref.name not in known]
    return project.add_samples(fresh, root)
