"""What must be known about a result before it is believed, as short badges with a sentence behind each."""

from __future__ import annotations

from core.phrase import Phrase, say
from core.project.records import InspectionRecord
from core.sensor_words import say_sensors
from core.state.overlay_state import OverlayState
from core.state.results_state import ResultsState
from core.state.session_state import SessionState
from core.tasks.sensors_used import imagined_by, say_inspection_sensors

BadgeText = tuple[Phrase | str, Phrase]


def badges_of(session: SessionState, results: ResultsState, overlay: OverlayState) -> list[BadgeText]:
    """(badge, sentence) in the order of their weight; none for a part without a result."""
    record, model, kept = session.record, session.model, results.kept
    inspection = results.inspections.get(record.id) if record is not None else None
    found: list[BadgeText] = []
    if record is None or inspection is None:
        return found
    if model is not None and model.is_stale:
        found.append(
            (say("model is stale"), say("Parts or their preprocessing have changed since it was trained."))
        )
    if kept is not None and kept.is_optimistic:
        found.append(
            (
                say("tuned on reported data"),
                say("The line was drawn on the data that it is judged by: optimistic."),
            )
        )
    if record.ref.split == "train":
        found.append(
            (say("training part"), say("The model has learnt from this part; its score says little."))
        )
    only = one_sensor(session, inspection)
    if only and model is not None and imagined_by(model):
        found.append((only, say("The other sensor was imagined by a network; nothing real of it was seen.")))
    elif only:
        found.append((only, say("The other sensor did not take part in this verdict.")))
    if overlay.range_mode == "sample":
        found.append(
            (say("range of this sample only"), say("Colours cannot be compared with those of other parts."))
        )
    return found


def one_sensor(
    session: SessionState, inspection: InspectionRecord | None, *, is_short: bool = False
) -> Phrase | str:
    """ "RGB only" or "3D only, RGB imagined" where one sensor judged and there are two in this class.

    Where there `is_short` room it is not told what was imagined.
    """
    model = session.model
    if model is None or inspection is None or len(inspection.sensors) != 1:
        return ""
    is_one_of_two = bool(imagined_by(model)) or session.has_two_sensors(model.class_name)
    if not is_one_of_two:
        return ""
    return say_sensors(inspection.sensors) if is_short else say_inspection_sensors(model, inspection)
