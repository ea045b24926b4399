"""The presets by which a line between good and bad is chosen."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.errors import WrongUse
from core.metrics.best_threshold import best_candidate
from core.metrics.candidates import Candidates, candidates
from core.metrics.confusion import Confusion, confusion_at
from core.phrase import Phrase, say

Preset = Literal["max_f1", "false_alarms", "recall_100", "equal_error", "good_only", "manual"]


@dataclass(frozen=True)
class ThresholdRule:
    """A preset with its settings.

    `false_alarm_rate` belongs to "false_alarms", `quantile` and `margin` (in quartile ranges) to "good_only",
    `value` to "manual".
    """

    preset: Preset = "max_f1"
    false_alarm_rate: float = 0.01
    quantile: float = 0.995
    margin: float = 0.0
    value: float | None = None

    def __post_init__(self) -> None:
        if not (0 <= self.false_alarm_rate <= 1 and 0 <= self.quantile <= 1):
            raise WrongUse(
                say("A rate or quantile lies outside 0 to 1."),
                remedy=say("Give a share, such as 0.01 for 1 %."),
            )
        if not math.isfinite(self.margin):
            raise WrongUse(say("The margin is not a number."), remedy=say("Give a margin such as 0 or 1.5."))
        if self.preset == "manual" and (self.value is None or math.isnan(self.value)):
            raise WrongUse(say("A manual threshold needs a number."), remedy=say("Type the threshold."))


@dataclass(frozen=True)
class ThresholdChoice:
    """A threshold and why it is that one.

    `value` is None where the data cannot tell; `sentence` then says what is missing. `preset` is the one
    that was used in the end. `counts` says what the threshold does to the given parts; `left_out` counts
    those without a score.
    """

    value: float | None
    preset: Preset
    sentence: Phrase
    counts: Confusion | None
    left_out: int = 0


def choose_threshold(
    scores: ArrayLike, is_bad: ArrayLike, rule: ThresholdRule = ThresholdRule()
) -> ThresholdChoice:
    """Apply a preset; every input has a defined result, said in the choice's sentence.

    Parts are NG when their score is above the threshold. NaN scores are left out and counted. Without
    defective parts, the presets that need them fall back to "good_only".
    """
    values, bad = np.asarray(scores, np.float64), np.asarray(is_bad, bool)
    known = ~np.isnan(values)
    choice = _choose(values[known], bad[known], rule)
    left_out = int(values.size - np.count_nonzero(known))
    sentence = choice.sentence
    if left_out:
        sentence = say(
            "{reason} {count} parts without a score were left out.", reason=sentence, count=left_out
        )
    counts = None if choice.value is None else confusion_at(choice.value, values, bad)
    return replace(choice, sentence=sentence, counts=counts, left_out=left_out)


def _choose(scores: NDArray[np.float64], bad: NDArray[np.bool_], rule: ThresholdRule) -> ThresholdChoice:
    if rule.preset == "manual":
        return _choice(rule.value, "manual", say("Set by hand."))
    if not scores.size:
        return _choice(None, rule.preset, say("There are no scores, so no threshold can be chosen."))
    if rule.preset == "good_only":
        return _good_only(scores[~bad], rule)
    among = candidates(scores, bad)
    if rule.preset != "false_alarms" and not among.bad:
        fallen = _good_only(scores, rule)
        return replace(fallen, sentence=say("{missing} {reason}", missing=_no_bad(), reason=fallen.sentence))
    return choose_among(among, rule)


def choose_among(among: Candidates, rule: ThresholdRule) -> ThresholdChoice:
    """Apply a preset that needs counts alone: neither "manual" nor "good_only"; there must be a part."""
    if rule.preset == "false_alarms":
        return _false_alarms(among, rule.false_alarm_rate)
    if not among.bad:
        return _choice(None, rule.preset, _no_bad())
    if rule.preset == "recall_100":
        return _recall_100(among)
    if rule.preset == "equal_error":
        return _equal_error(among)
    best = best_candidate(among)
    return _chosen(among, best, "max_f1", say("Greatest F1, {f1:.1%}.", f1=float(among.f1[best])))


def _false_alarms(among: Candidates, rate: float) -> ThresholdChoice:
    if not among.good:
        return _choice(None, "false_alarms", _no_good())
    first = int(np.argmax(among.false_alarms / among.good <= rate))
    reason = say("Lowest threshold with at most {rate:.3g} % false alarms.", rate=100 * rate)
    return _chosen(among, first, "false_alarms", reason)


def _recall_100(among: Candidates) -> ThresholdChoice:
    finding_all = np.flatnonzero(among.caught == among.bad)
    if not finding_all.size:
        return _choice(
            None, "recall_100", say("A defective part scores minus infinity, so no threshold finds it.")
        )
    last = int(finding_all[-1])
    return _chosen(among, last, "recall_100", say("Highest threshold that misses no defective part."))


def _equal_error(among: Candidates) -> ThresholdChoice:
    """Least difference between the two error rates; on ties the lower sum, then fewer false alarms."""
    if not among.good:
        return _choice(None, "equal_error", _no_good())
    wrong_good = among.false_alarms * among.bad
    wrong_bad = (among.bad - among.caught) * among.good
    order = np.lexsort((wrong_good, wrong_good + wrong_bad, np.abs(wrong_good - wrong_bad)))
    reason = say("False alarms and missed defects are equally frequent, as nearly as these parts allow.")
    return _chosen(among, int(order[0]), "equal_error", reason)


def _good_only(good: NDArray[np.float64], rule: ThresholdRule) -> ThresholdChoice:
    if not good.size:
        return _choice(None, "good_only", say("There are no good parts to take the threshold from."))
    ranked = np.sort(good)
    reason = say("The {share:.4g} % quantile of the good parts.", share=100 * rule.quantile)
    value = _quantile(ranked, rule.quantile)
    if rule.margin:
        quartile_range = _quantile(ranked, 0.75) - _quantile(ranked, 0.25)
        value += rule.margin * quartile_range if math.isfinite(quartile_range) else 0.0
        reason = say("{reason} Plus {margin:.3g} quartile ranges.", reason=reason, margin=rule.margin)
    if good.size == 1:
        reason = say("{reason} There is only one good part, so its spread is unknown.", reason=reason)
    return _choice(value, "good_only", reason)


def _quantile(ranked: NDArray[np.float64], share: float) -> float:
    """Linear interpolation between ranks; between infinities the upper one counts."""
    place = share * (ranked.size - 1)
    below = int(place)
    low, high = float(ranked[below]), float(ranked[min(below + 1, ranked.size - 1)])
    part = place - below
    if part == 0 or low == high:
        return low
    return high if math.isinf(low) else low * (1 - part) + high * part


def _chosen(among: Candidates, index: int, preset: Preset, reason: Phrase) -> ThresholdChoice:
    """Candidate `index`, with a word on the label that is missing."""
    if not among.bad:
        reason = say("{reason} {missing}", reason=reason, missing=_no_bad())
    if not among.good:
        reason = say("{reason} {missing}", reason=reason, missing=_no_good())
    if among.values.size == 2:
        reason = say("{reason} All scores are equal, so they cannot be told apart.", reason=reason)
    return _choice(float(among.values[index]), preset, reason)


def _no_bad() -> Phrase:
    return say("There are no defective parts, so missed defects cannot be estimated.")


def _no_good() -> Phrase:
    return say("There are no good parts, so false alarms cannot be estimated.")


def _choice(value: float | None, preset: Preset, reason: Phrase) -> ThresholdChoice:
    return ThresholdChoice(value, preset, reason, None)
