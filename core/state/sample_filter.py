"""What is typed to find samples: words, and terms like type:hole verdict:ng score>3.2 reviewed:no."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from fnmatch import fnmatchcase

from core.project.records import SampleRecord
from core.state.results_state import Mark, ResultsState

Passes = Callable[[SampleRecord], bool]
KEYS = ("name", "type", "split", "verdict", "outcome", "reviewed", "sensor", "truth", "machine")
_COMPARE: dict[str, Callable[[float, float], bool]] = {
    ">": lambda score, value: score > value,
    ">=": lambda score, value: score >= value,
    "<": lambda score, value: score < value,
    "<=": lambda score, value: score <= value,
    "=": lambda score, value: score == value,
}
_SCORE = re.compile(r"score(>=|<=|>|<|=)(-?\d+(?:\.\d+)?(?:e-?\d+)?)$")
_TERMS = re.compile(r'(?:[^\s"]|"[^"]*")+')
_YES, _NO = ("yes", "true", "1"), ("no", "false", "0")
_VERDICTS = {
    "ok": Mark.OK,
    "ng": Mark.NG,
    "review": Mark.REVIEW,
    "unsure": Mark.REVIEW,
    "none": Mark.NONE,
    "failed": Mark.FAILED,
}
_OUTCOMES = {"correct": "correct", "false": "false", "false_alarm": "false", "miss": "miss", "missed": "miss"}
_SENSORS = {
    "rgb": frozenset({"rgb"}),
    "3d": frozenset({"xyz"}),
    "xyz": frozenset({"xyz"}),
    "both": frozenset({"rgb", "xyz"}),
}
_TRUTHS = {"ok": True, "good": True, "ng": False, "bad": False, "unknown": None}
_MACHINE = {"ok": Mark.OK, "ng": Mark.NG, "review": Mark.REVIEW, "failed": Mark.FAILED}
_RIGHT = {"wrong": False, "right": True}
NEEDS_RESULTS = ("verdict:", "outcome:", "reviewed:", "machine:", "score")


@dataclass(frozen=True)
class SampleFilter:
    """The terms of a text, in the order in which they were typed; all of them must hold."""

    terms: tuple[str, ...] = ()

    @classmethod
    def of(cls, text: str) -> SampleFilter:
        """Cut at blanks, but not within quotation marks."""
        return cls(tuple(_TERMS.findall(text)))

    @property
    def text(self) -> str:
        """What would be typed for it."""
        return " ".join(self.terms)

    @property
    def needs_results(self) -> bool:
        """Whether it asks for more than the samples themselves tell."""
        return any(term.casefold().startswith(NEEDS_RESULTS) for term in self.terms)

    def without(self, term: str) -> SampleFilter:
        """The others."""
        return SampleFilter(tuple(other for other in self.terms if other != term))

    def passing(self, results: ResultsState) -> Passes:
        """A quick test whether a sample passes."""
        tests = [_test(term, results) for term in self.terms]
        return lambda record: all(test(record) for test in tests)


def outcome(record: SampleRecord, results: ResultsState) -> str:
    """ "correct", "false" (alarm), "miss", or "" where truth or verdict is open."""
    mark, is_good = results.mark(record.id), record.ref.is_good
    if is_good is None or mark not in (Mark.OK, Mark.NG):
        return ""
    if is_good == (mark is Mark.OK):
        return "correct"
    return "false" if is_good else "miss"


def _test(term: str, results: ResultsState) -> Passes:
    score = _SCORE.match(term.casefold())
    if score is not None:
        return _score_test(_COMPARE[score[1]], float(score[2]), results)
    key, colon, value = term.partition(":")
    key, value = key.casefold(), value.strip('"').casefold()
    if not colon or not value or key not in KEYS:
        return _word_test(term.strip('"').casefold())
    if key in ("name", "type", "split"):
        return _text_test(key, value)
    return _state_test(key, value, results)


def _score_test(holds: Callable[[float, float], bool], value: float, results: ResultsState) -> Passes:
    def test(record: SampleRecord) -> bool:
        score = results.score(record.id)
        return score is not None and not math.isnan(score) and holds(score, value)

    return test


def _word_test(word: str) -> Passes:
    return lambda record: word in f"{record.ref.split} {record.ref.label} {record.ref.id}".casefold()


def _text_test(key: str, value: str) -> Passes:
    """A pattern with * and ?; without them the whole of a type or split, a piece of a name."""
    attribute = {"name": "id", "type": "label", "split": "split"}[key]
    pattern = value if key != "name" or any(sign in value for sign in "*?") else f"*{value}*"
    return lambda record: fnmatchcase(str(getattr(record.ref, attribute)).casefold(), pattern)


def _state_test(key: str, value: str, results: ResultsState) -> Passes:
    """A value that nobody knows lets nothing pass, so that a slip of the pen is seen."""
    if key == "verdict" and value in _VERDICTS:
        mark = _VERDICTS[value]
        return lambda record: results.mark(record.id) is mark
    if key == "truth" and value in _TRUTHS:
        truth = _TRUTHS[value]
        return lambda record: record.ref.is_good is truth
    if key == "machine":
        return _machine_test(value, results)
    if key == "outcome" and value in _OUTCOMES:
        wanted = _OUTCOMES[value]
        return lambda record: outcome(record, results) == wanted
    if key == "reviewed" and value in (*_YES, *_NO):
        return lambda record: results.is_human(record.id) == (value in _YES)
    if key == "sensor" and value in _SENSORS:
        sensors = _SENSORS[value]
        return lambda record: sensors <= record.ref.sensors
    return lambda record: False


def _machine_test(value: str, results: ResultsState) -> Passes:
    """What the machine says, whatever a human has said since; right or wrong where the truth is known."""
    if value in _MACHINE:
        mark = _MACHINE[value]
        return lambda record: results.machine_mark(record.id) is mark
    if value not in _RIGHT:
        return lambda record: False
    is_right = _RIGHT[value]

    def test(record: SampleRecord) -> bool:
        said, truth = results.machine_mark(record.id), record.ref.is_good
        if truth is None or said not in (Mark.OK, Mark.NG):
            return False
        return (truth == (said is Mark.OK)) == is_right

    return test
