"""Words for presets, data and the way a line was chosen."""

from __future__ import annotations

from core.phrase import Phrase, say
from core.project.records import ThresholdRecord
from core.reporting.class_section import PRESETS as REPORTED
from core.reporting.class_section import SOURCES
from core.state.tune_state import TuneData, TuneState
from gui.views.hud import number

PRESETS: dict[str, Phrase] = {
    "manual": say("Manual"),
    "max_f1": say("Max F1"),
    "false_alarms": say("False alarms ≤"),
    "recall_100": say("Recall 100 %"),
    "equal_error": say("Equal error"),
    "good_only": say("From good parts only"),
    "tolerance": say("Tolerance"),
}
DATA: dict[TuneData, Phrase] = {"validation": say("Validation"), "test": say("Test")}
OPTIMISTIC = say("The line was drawn on the data that it is judged by: optimistic.")


def preset_word(preset: str) -> Phrase:
    """How a preset is called in a list."""
    return PRESETS.get(preset, say(preset))


def source_word(data: str) -> Phrase:
    """Which parts a version was drawn from."""
    return SOURCES.get(data, say(data)) if data else say("no data named")


def how_chosen(tune: TuneState, kept: ThresholdRecord | None, model_name: str) -> list[Phrase]:
    """Sentences on a version: how, from what, by whom, and what to beware of."""
    if kept is None:
        return [say("No threshold has been set yet.")]
    told = [
        say(
            "T {value}: {how}, from {data}.",
            value=number(kept.value),
            how=REPORTED.get(kept.preset, say(kept.preset)),
            data=source_word(kept.data),
        )
    ]
    if tune.reason is not None and tune.reason[0] == kept.id:
        told.append(tune.reason[1])
    told.append(_who(kept, model_name))
    if kept.is_optimistic:
        told.append(OPTIMISTIC)
    if kept == tune.kept and tune.table is not None and tune.table.left_out:
        told.append(say("{count} parts without a score are left out.", count=tune.table.left_out))
    return told


def _who(kept: ThresholdRecord, model_name: str) -> Phrase:
    when = f"{kept.made:%Y-%m-%d %H:%M}"
    if not kept.who:
        return say("Set on {when} for {model}.", when=when, model=model_name)
    return say("Set on {when} by {who} for {model}.", when=when, who=kept.who, model=model_name)
