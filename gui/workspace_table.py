"""The five workspaces: which panels stand around the middle, which lie in front, what fills the middle."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class WorkspaceRow:
    """One workspace; `key` is also its icon.

    `hidden` panels are put away, `front` ones brought before their neighbours; `page` names what fills the
    middle, "" for the views; `bottom` is the height of the lower panels at plain size of letters. One that
    `has_primary` has a filled button of its own even while nothing is empty, so the top bar shows none.
    """

    key: str
    front: tuple[str, ...]
    hidden: tuple[str, ...] = ()
    page: str = ""
    bottom: int = 240
    has_primary: bool = False


_LOWER = ("dockGallery", "dockCurves", "dockJobs", "dockLog")
_RIGHT = ("dockResult", "dockDisplay", "dockRegions", "dockReview")

WORKSPACES = (
    WorkspaceRow("inspect", ("dockGallery", "dockResult")),
    WorkspaceRow("tune", ("dockCurves",), _RIGHT, page="pageTune", bottom=262),
    WorkspaceRow("review", ("dockGallery", "dockReview"), ("dockNavigator",), has_primary=True),
    WorkspaceRow("compare", ("dockGallery",), ("dockNavigator", *_RIGHT), page="pageCompare", bottom=190),
    WorkspaceRow("live", (), ("dockNavigator", *_RIGHT, *_LOWER), page="pageLive", has_primary=True),
)


def workspace_row(key: str) -> WorkspaceRow:
    """The workspace of that key; the first one for a key that is not known."""
    return next((row for row in WORKSPACES if row.key == key), WORKSPACES[0])
