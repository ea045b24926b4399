"""Where the user was comes back, whatever was written down."""

from __future__ import annotations

from core.state.gallery_state import GalleryState
from core.state.kept_session import KeptSession
from core.state.results_state import ResultsState
from core.state.session_state import SessionState
from tests.core.state.rows import part


def test_class_sample_filters_and_sort_are_kept() -> None:
    session = SessionState()
    session.records, session.class_name, session.sample_id = (part(1, "dent"),), "cap", 1
    gallery = GalleryState(session, ResultsState())
    gallery.text, gallery.sort = "verdict:ng", "name"
    gallery.show("test", "dent")
    kept = KeptSession.of(session, gallery)
    assert kept == KeptSession("cap", "cap/test/dent/001", "test", "dent", "verdict:ng", "name")
    assert KeptSession.from_dict(kept.as_dict()) == kept


def test_what_does_not_fit_is_left_out() -> None:
    assert KeptSession.from_dict({"class_name": 7, "sort": "name", "newer": "x"}) == KeptSession(sort="name")
