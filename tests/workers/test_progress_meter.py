"""Rates, fractions and remaining time, measured with a clock that stands still between steps."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from core.monitor import Progress
from workers.progress_meter import JobProgress, ProgressMeter
from workers.remaining import say_elapsed, say_remaining


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def run(
    meter: ProgressMeter, clock: Clock, stage: int, total: int, seconds: float, stages: int = 1
) -> list[JobProgress]:
    shown = []
    for done in range(total + 1):
        report = meter.see(Progress(done, total, "", stage, stages))
        if report is not None:
            shown.append(report)
        clock.now += seconds
    return shown


def test_quick_steps_are_thinned_but_the_last_one_is_always_shown(clock: Clock) -> None:
    shown = run(ProgressMeter(clock=clock), clock, 1, 1000, 0.001)
    assert len(shown) < 25
    assert shown[-1].fraction == 1.0


def test_the_remaining_time_is_hidden_for_the_first_three_seconds(clock: Clock) -> None:
    shown = run(ProgressMeter(clock=clock), clock, 1, 10, 1.0)
    assert [report.remaining_s is None for report in shown[:4]] == [True, True, True, False]


def test_the_remaining_time_is_steps_left_at_the_median_pace(clock: Clock) -> None:
    shown = run(ProgressMeter(clock=clock), clock, 1, 10, 2.0)
    assert shown[4].remaining_s == pytest.approx(12.0)


def test_one_slow_step_does_not_upset_the_remaining_time(clock: Clock) -> None:
    meter = ProgressMeter(clock=clock)
    run(meter, clock, 1, 9, 1.0)
    clock.now += 60
    report = meter.see(Progress(5, 20, ""))
    clock.now += 1
    for done in range(6, 12):
        report = meter.see(Progress(done, 20, ""))
        clock.now += 50 if done == 8 else 1
    assert report is not None
    assert report.remaining_s == pytest.approx(9.0)


def test_later_stages_are_weighed_against_the_pace_so_far(clock: Clock) -> None:
    meter = ProgressMeter((1, 3), clock)
    report = run(meter, clock, 1, 10, 1.0, stages=2)[5]
    assert report.remaining_s == pytest.approx(5 + 30)
    assert report.fraction == pytest.approx(0.125)


def test_the_times_of_finished_stages_are_kept(clock: Clock) -> None:
    meter = ProgressMeter(clock=clock)
    run(meter, clock, 1, 4, 1.0, stages=2)
    report = meter.see(Progress(0, 4, "", 2, 2))
    assert report is not None
    assert report.stage_seconds == (5.0,)
    assert report.stage_elapsed_s == 0


@pytest.mark.parametrize("weights", [(), (1.0, 2.0, 3.0)])
def test_weights_that_do_not_fit_the_stages_are_left_aside(clock: Clock, weights: Sequence[float]) -> None:
    report = run(ProgressMeter(weights, clock), clock, 2, 2, 1.0, stages=2)[-1]
    assert report.fraction == 1.0


def test_work_without_a_count_has_no_fraction_but_elapsed_seconds(clock: Clock) -> None:
    meter = ProgressMeter(clock=clock)
    meter.see(Progress(0, 0, "thinking"))
    clock.now = 10
    report = meter.see(Progress(0, 0, "thinking"))
    assert report is not None
    assert (report.fraction, report.remaining_s, report.elapsed_s) == (None, None, 10)


def test_a_step_within_a_step_does_not_move_the_bar(clock: Clock) -> None:
    meter = ProgressMeter(clock=clock)
    meter.see(Progress(5, 10, "sample"))
    clock.now = 1
    report = meter.see(Progress(0, 1, "inner"))
    assert report is not None
    assert report.fraction == 0.5


def test_the_remaining_time_is_never_negative(clock: Clock) -> None:
    meter = ProgressMeter(clock=clock)
    run(meter, clock, 1, 5, 1.0)
    clock.now += 500
    report = meter.see(Progress(5, 5, "late"))
    assert report is not None
    assert report.remaining_s == 0


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (-3, "a few seconds"),
        (4, "a few seconds"),
        (8, "about 10 s"),
        (44, "about 40 s"),
        (58, "about 1 min"),
        (170, "about 3 min"),
        (7300, "about 2 h"),
        (47 * 3600, "about 47 h"),
        (848 * 3600, "about 35 days"),
    ],
)
def test_remaining_time_is_said_in_round_words(seconds: float, text: str) -> None:
    assert say_remaining(seconds) == text


@pytest.mark.parametrize(("seconds", "text"), [(41.7, "41 s"), (88, "1 min 28 s"), (3720, "1 h 2 min")])
def test_elapsed_time_is_said_to_the_second(seconds: float, text: str) -> None:
    assert say_elapsed(seconds) == text
