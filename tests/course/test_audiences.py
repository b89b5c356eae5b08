"""Who a broadcast is for, who is left out, and when it may reach whom."""

from dataclasses import replace

import pytest

from course.cohorts import learner_status
from course.cohorts.audiences import (
    Audience,
    AudienceFilter,
    ExclusionReason,
    Person,
    exclusion_reason,
    matches_audience,
    next_time_at_local_hour,
    next_time_outside_quiet_hours,
)
from course.learning.next_step import AnswerQuestion, Finished
from course.learning.progress import Progress
from course.model import LearnerId
from course.reminders.preferences import Preferences
from tests.course.examples import SMALL, Walker
from tests.course.reminded import DAY, HOUR, moment, shown

NAIROBI = "Africa/Nairobi"
NOON = moment("2026-11-10 12:00", NAIROBI)
AMINA = Person(LearnerId(7), Preferences(zone=NAIROBI), "sw-KE", active_at=NOON - HOUR)


def fits(narrowing: AudienceFilter, progress: Progress, person: Person = AMINA) -> bool:
    return matches_audience(Audience(None, frozenset({narrowing})), person, SMALL, progress, NOON)


def middle() -> Walker:
    walker = Walker()
    for _ in range(3):
        walker.goes_on()
    return walker


def end() -> Walker:
    walker = Walker()
    while not isinstance(walker.step, Finished):
        walker.goes_on()
    return walker


def test_where_somebody_is_in_the_course_says_to_whom_they_belong() -> None:
    new, half, done = Walker().progress, middle().progress, end().progress

    assert [fits(AudienceFilter.NOT_STARTED, each) for each in (new, half, done)] == [
        True,
        False,
        False,
    ]
    assert [fits(AudienceFilter.NOT_FINISHED, each) for each in (new, half, done)] == [
        True,
        True,
        False,
    ]
    assert [fits(AudienceFilter.FINISHED, each) for each in (new, half, done)] == [
        False,
        False,
        True,
    ]


def test_stuck_is_a_question_missed_four_times_and_not_passed() -> None:
    walker = Walker()
    walker.goes_to(AnswerQuestion)
    asked = walker.step
    assert isinstance(asked, AnswerQuestion)
    misses = 0
    while misses < learner_status.STUCK_AFTER_MISSES:
        assert not fits(AudienceFilter.STUCK, walker.progress)
        step = walker.step
        wrong = isinstance(step, AnswerQuestion) and step.question == asked.question
        walker.goes_on(right=not wrong)
        misses += wrong

    assert fits(AudienceFilter.STUCK, walker.progress)
    walker.goes_to(Finished)
    assert not fits(AudienceFilter.STUCK, walker.progress)


@pytest.mark.parametrize(("days", "silent"), [(6, False), (7, True), (40, True)])
def test_silent_is_only_who_is_in_the_middle(days: int, silent: bool) -> None:
    away = replace(AMINA, active_at=NOON - days * DAY)

    assert fits(AudienceFilter.SILENT, middle().progress, away) is silent
    assert not fits(AudienceFilter.SILENT, Walker().progress, away)
    assert not fits(AudienceFilter.SILENT, end().progress, away)


@pytest.mark.parametrize(
    ("began", "deadline", "behind"),
    [(10, 10, True), (10, 1000, False), (1, 1, False), (10, None, False), (10, -1, True)],
    ids=["half the time gone", "all the time there is", "first days", "no deadline", "over"],
)
def test_behind_is_who_cannot_meet_the_deadline_at_their_pace(
    began: int, deadline: int | None, behind: bool
) -> None:
    until = None if deadline is None else NOON + deadline * DAY
    person = replace(AMINA, started_at=NOON - began * DAY, deadline=until)
    walker = Walker()
    walker.goes_on()

    assert fits(AudienceFilter.BEHIND, walker.progress, person) is behind
    assert not fits(AudienceFilter.BEHIND, end().progress, person)


@pytest.mark.parametrize(
    ("told", "wanted", "spoken"),
    [("sw-KE", "sw", True), ("SW", "sw", True), ("en", "sw", False), (None, "sw", False)],
)
def test_a_language_is_known_by_its_first_two_letters(
    told: str | None, wanted: str, spoken: bool
) -> None:
    asked = Audience(None, language=wanted)

    assert matches_audience(
        asked, replace(AMINA, language=told), SMALL, Progress(AMINA.learner), NOON
    ) is (spoken)


def test_all_that_an_audience_asks_for_must_hold() -> None:
    asked = Audience(
        None, frozenset({AudienceFilter.NOT_FINISHED, AudienceFilter.SILENT}), silent_days=3
    )

    away = replace(AMINA, active_at=NOON - 4 * DAY)
    assert matches_audience(asked, away, SMALL, middle().progress, NOON)
    assert not matches_audience(asked, away, SMALL, Walker().progress, NOON)
    assert not matches_audience(asked, AMINA, SMALL, middle().progress, NOON)


def test_whoever_stopped_or_blocked_is_left_out_even_of_what_is_urgent() -> None:
    for wishes, reason in (
        (Preferences(stopped=True), ExclusionReason.STOPPED),
        (Preferences(unreachable=True), ExclusionReason.UNREACHABLE),
    ):
        assert exclusion_reason(replace(AMINA, preferences=wishes), NOON) is reason
        assert exclusion_reason(replace(AMINA, preferences=wishes), NOON, urgent=True) is reason


@pytest.mark.parametrize(
    ("ago", "zone", "reason"),
    [
        (2, NAIROBI, ExclusionReason.CONTACTED_TODAY),
        (11, NAIROBI, ExclusionReason.CONTACTED_TODAY),
        (13, NAIROBI, None),
        (24, None, ExclusionReason.CONTACTED_TODAY),
        (26, None, None),
    ],
)
def test_nobody_hears_twice_on_a_day_unless_it_is_urgent(
    ago: int, zone: str | None, reason: ExclusionReason | None
) -> None:
    told = replace(AMINA, preferences=Preferences(zone=zone), proactive_at=NOON - ago * HOUR)

    assert exclusion_reason(told, NOON) is reason
    assert exclusion_reason(told, NOON, urgent=True) is None
    resting = replace(
        told, preferences=replace(told.preferences, rest_days=frozenset({0, 1, 2, 3, 4, 5}))
    )
    assert exclusion_reason(resting, NOON) is reason


def test_what_comes_at_night_waits_for_the_morning_unless_it_is_urgent() -> None:
    night = moment("2026-11-10 23:30", NAIROBI)

    assert shown(next_time_outside_quiet_hours(AMINA, night), NAIROBI) == "Wed 2026-11-11 08:00"
    assert next_time_outside_quiet_hours(AMINA, night, urgent=True) == night
    assert next_time_outside_quiet_hours(AMINA, NOON) == NOON
    assert next_time_outside_quiet_hours(replace(AMINA, preferences=Preferences()), night) == night
    of_cohort = replace(AMINA, preferences=Preferences(), cohort_zone=NAIROBI)
    assert shown(next_time_outside_quiet_hours(of_cohort, night), NAIROBI) == "Wed 2026-11-11 08:00"


def test_their_own_hour_is_by_their_own_clock() -> None:
    at_nine = moment("2026-11-11 09:00", NAIROBI)

    assert next_time_at_local_hour(AMINA, 9, NOON) == at_nine
    assert next_time_at_local_hour(AMINA, 9, at_nine) == at_nine
    lima = replace(AMINA, preferences=Preferences(zone="America/Lima"))
    assert shown(next_time_at_local_hour(lima, 9, NOON), "America/Lima") == "Tue 2026-11-10 09:00"
    nowhere = replace(AMINA, preferences=Preferences(zone="Mars/Base"))
    assert next_time_at_local_hour(nowhere, 9, NOON) == NOON
