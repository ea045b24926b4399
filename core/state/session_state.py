"""Where the user is: one project, one class, one model, one sample."""

from __future__ import annotations

from core.event import Event
from core.pixel_link import PixelLink
from core.project.records import ModelRecord, SampleRecord
from core.state.watched import Watched


class SessionState:
    """The current project, class, model and sample; `changed` after every change of any of them.

    `records` are the samples of the whole project. `link` is what the views show: the part and its map; it
    comes later than `sample_id`, because files are read elsewhere. `trouble` says why there is none.
    """

    project_name = Watched[str]("")
    is_demo = Watched[bool](False)
    is_read_only = Watched[bool](False)
    records = Watched[tuple[SampleRecord, ...]](())
    class_name = Watched[str]("")
    models = Watched[tuple[ModelRecord, ...]](())
    sample_id = Watched[int | None](None)
    link = Watched[PixelLink | None](None)
    trouble = Watched[str]("")

    def __init__(self) -> None:
        self.changed = Event()
        self._grouped: tuple[tuple[SampleRecord, ...], dict[str, tuple[SampleRecord, ...]]] = ((), {})
        self._numbered: tuple[tuple[SampleRecord, ...], dict[int, SampleRecord]] = ((), {})
        self._paired: tuple[tuple[SampleRecord, ...], frozenset[str]] = ((), frozenset())

    @property
    def is_open(self) -> bool:
        """Whether there is a project."""
        return bool(self.project_name)

    @property
    def class_names(self) -> tuple[str, ...]:
        """The classes in the order in which they came."""
        return tuple(self._groups())

    @property
    def class_records(self) -> tuple[SampleRecord, ...]:
        """The samples of the current class."""
        return self._groups().get(self.class_name, ())

    def of_class(self, name: str) -> tuple[SampleRecord, ...]:
        """The samples of any class."""
        return self._groups().get(name, ())

    def of_number(self, sample_id: int | None) -> SampleRecord | None:
        """The sample of that number, None where the project has none."""
        if self._numbered[0] is not self.records:
            self._numbered = (self.records, {record.id: record for record in self.records})
        return self._numbered[1].get(sample_id) if sample_id is not None else None

    @property
    def model(self) -> ModelRecord | None:
        """The active model of the current class."""
        return next((model for model in self.models if model.is_active), None)

    @property
    def record(self) -> SampleRecord | None:
        """The current sample's row."""
        return self.of_number(self.sample_id)

    def close(self) -> None:
        """Nothing is open any more."""
        outer, self.changed = self.changed, Event()
        self.project_name, self.class_name, self.trouble = "", "", ""
        self.is_demo = self.is_read_only = False
        self.records, self.models = (), ()
        self.sample_id, self.link = None, None
        self.changed = outer
        self.changed.emit()

    def has_two_sensors(self, class_name: str) -> bool:
        """Whether any part of that class was seen by both."""
        if self._paired[0] is not self.records:
            both = {record.ref.class_name for record in self.records if len(record.ref.sensors) == 2}
            self._paired = (self.records, frozenset(both))
        return class_name in self._paired[1]

    def _groups(self) -> dict[str, tuple[SampleRecord, ...]]:
        """The samples by class, in the order in which they came; kept as long as the samples are the same."""
        if self._grouped[0] is not self.records:
            groups: dict[str, list[SampleRecord]] = {}
            for record in self.records:
                groups.setdefault(record.ref.class_name, []).append(record)
            self._grouped = (self.records, {name: tuple(found) for name, found in groups.items()})
        return self._grouped[1]
