"""Where the user was in a project when it was closed, as plain data that is kept with the project."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any, Literal, get_args

from core.sample import Split
from core.state.gallery_state import SORTS, GalleryState, SortKey
from core.state.session_state import SessionState


@dataclass(frozen=True)
class KeptSession:
    """`sample` is the full name of a part; "" means that nothing was kept."""

    class_name: str = ""
    sample: str = ""
    split: str = "test"
    label: str = ""
    text: str = ""
    sort: str = "score"

    @classmethod
    def of(cls, session: SessionState, gallery: GalleryState) -> KeptSession:
        """Where the user is now."""
        record = session.record
        return cls(
            session.class_name,
            record.name if record is not None else "",
            gallery.split,
            gallery.label,
            gallery.text,
            gallery.sort,
        )

    @classmethod
    def from_dict(cls, stored: dict[str, Any]) -> KeptSession:
        """What `as_dict` gave; whatever does not fit is left out."""
        names = {entry.name for entry in fields(cls)}
        return cls(**{key: value for key, value in stored.items() if key in names and isinstance(value, str)})

    def as_dict(self) -> dict[str, str]:
        """JSON values."""
        return asdict(self)


def kept_sort(name: str) -> SortKey:
    """The order of that name, the usual one where it is none."""
    return next((key for key in SORTS if key == name), SORTS[0])


def kept_split(name: str) -> Split | Literal[""]:
    """The split of that name, all of them where it is none."""
    return next((split for split in get_args(Split) if split == name), "")
