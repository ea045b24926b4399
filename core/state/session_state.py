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

    @property
    def is_open(self) -> bool:
        """Whether there is a project."""
        return bool(self.project_name)

    @property
    def class_names(self) -> tuple[str, ...]:
        """The classes in the order in which they came."""
        return tuple(dict.fromkeys(record.ref.class_name for record in self.records))

    @property
    def class_records(self) -> tuple[SampleRecord, ...]:
        """The samples of the current class."""
        return tuple(record for record in self.records if record.ref.class_name == self.class_name)

    @property
    def model(self) -> ModelRecord | None:
        """The active model of the current class."""
        return next((model for model in self.models if model.is_active), None)

    @property
    def record(self) -> SampleRecord | None:
        """The current sample's row."""
        return next((record for record in self.records if record.id == self.sample_id), None)

    def close(self) -> None:
        """Nothing is open any more."""
        outer, self.changed = self.changed, Event()
        self.project_name, self.class_name, self.trouble = "", "", ""
        self.is_demo = self.is_read_only = False
        self.records, self.models = (), ()
        self.sample_id, self.link = None, None
        self.changed = outer
        self.changed.emit()
