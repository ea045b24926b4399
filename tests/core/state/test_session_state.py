"""One project, one class, one model, one sample."""

from __future__ import annotations

from core.state.session_state import SessionState
from tests.core.state.rows import model, part


def open_session() -> SessionState:
    session = SessionState()
    session.project_name = "Line 4"
    session.records = (part(1), part(2, "dent"), part(3, class_name="flange"))
    session.class_name = "cap"
    return session


def test_classes_come_in_the_order_of_their_first_sample() -> None:
    assert open_session().class_names == ("cap", "flange")


def test_only_samples_of_the_current_class_are_its_records() -> None:
    assert [record.id for record in open_session().class_records] == [1, 2]


def test_the_current_record_is_the_one_with_the_current_number() -> None:
    session = open_session()
    assert session.record is None
    session.sample_id = 2
    assert session.record is not None
    assert session.record.ref.label == "dent"


def test_the_model_is_the_active_one() -> None:
    session = open_session()
    assert session.model is None
    session.models = (model(2, active=False), model(1))
    assert session.model is not None
    assert session.model.id == 1


def test_setting_the_same_value_again_is_not_announced() -> None:
    session = open_session()
    heard: list[int] = []
    session.changed.connect(lambda: heard.append(1))
    session.class_name = "cap"
    assert heard == []


def test_closing_forgets_everything_and_says_so_once() -> None:
    session = open_session()
    heard: list[int] = []
    session.changed.connect(lambda: heard.append(1))
    session.close()
    assert heard == [1]
    assert not session.is_open
    assert session.class_names == ()
