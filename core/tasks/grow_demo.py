"""Fills an open project with demo parts one by one, so that the first can be looked at at once."""

from __future__ import annotations

import threading
from collections.abc import Callable
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
    """Says which classes are whole; other work may wait for one of them."""

    whole: dict[str, threading.Event] = field(default_factory=dict)

    @classmethod
    def of(cls, plan: DemoPlan) -> GrowingDemo:
        """Nothing is there yet."""
        return cls({name: threading.Event() for name in plan.classes})

    def wait_for(self, class_name: str, monitor: Monitor) -> None:
        """Return once the class is whole; can be cancelled."""
        event = self.whole.get(class_name)
        while event is not None and not event.wait(WAIT_S):
            monitor.tick(0, 0, say("Waiting for the demo parts"))

    def give_up(self) -> None:
        """Nobody need wait any longer: what is there is all there will be."""
        for event in self.whole.values():
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
    last_of = {part.family: at for at, part in enumerate(parts)}
    try:
        for at, part in enumerate(parts):
            monitor.tick(at, len(parts), say("Making {kind} {id}", kind=part.family, id=part.id))
            write_part(root, plan, part)
            if at == 0 or at % TAKE_IN_EVERY == 0 or at == last_of[part.family]:
                on_parts(_take_in(project, root))
            if at == last_of[part.family]:
                growing.whole[part.family].set()
    finally:
        growing.give_up()


def _take_in(project: Project, root: Path) -> list[SampleRecord]:
    """Add what is whole on disk and not in the project yet."""
    known = {record.name for record in project.samples()}
    fresh = [ref for ref in scan(root, "mvtec_3d") if ref.name not in known]
    return project.add_samples(fresh, root)
