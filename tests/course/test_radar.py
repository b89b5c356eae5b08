"""Who is on the radar, why, and since when."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.cohorts import learner_status
from course.cohorts.audiences import (
    Audience,
    AudienceFilter,
    Person,
    matches_audience,
)
from course.cohorts.radar import (
    Concern,
    MemberSituation,
    RadarAlert,
    radar_alerts,
    unhandled_alerts,
)
from course.learning.next_step import AnswerQuestion, Finished
from course.learning.progress import WELCOME, Progress, Reading
from course.model import LearnerId, QuestionId
from course.reminders.preferences import Preferences
from tests.course.examples import AMINA, SMALL, Walker
from tests.course.reminded import DAY, HOUR, moment

BEGAN = moment("2026-11-02 09:00")
NEW = MemberSituation(Progress(AMINA), BEGAN, BEGAN)


def concerns(standing: MemberSituation, now: int) -> list[Concern]:
    return [one.concern for one in radar_alerts(SMALL, standing, now)]


def walked(steps: int, at: int = BEGAN) -> Walker:
    walker = Walker(at=at)
    for _ in range(steps):
        walker.goes_on()
    return walker


def standing(walker: Walker, deadline: int | None = None) -> MemberSituation:
    return MemberSituation(walker.progress, walker.at, BEGAN, deadline)


def stuck_walker(misses: int) -> Walker:
    """Misses one question so often and answers every other one right."""
    walker = Walker(at=BEGAN)
    walker.goes_to(AnswerQuestion)
    asked = walker.step
    assert isinstance(asked, AnswerQuestion)
    while walker.progress.times_answered(asked.question.id) < misses:
        step = walker.step
        wrong = isinstance(step, AnswerQuestion) and step.question == asked.question
        walker.goes_on(right=not wrong)
    return walker


def test_somebody_who_just_joined_is_left_in_peace() -> None:
    assert concerns(NEW, BEGAN) == []
    assert concerns(NEW, BEGAN + 2 * DAY - 1) == []


def test_who_has_not_started_is_shown_after_two_days() -> None:
    assert radar_alerts(SMALL, NEW, BEGAN + 30 * DAY) == (
        RadarAlert(Concern.NOT_STARTED, BEGAN + 2 * DAY),
    )


def test_to_press_start_is_not_to_have_started() -> None:
    welcomed = NEW.progress.after_reading(Reading(WELCOME, BEGAN, 1))

    assert concerns(replace(NEW, progress=welcomed), BEGAN + 30 * DAY) == [Concern.NOT_STARTED]


def test_before_a_cohort_starts_nobody_is_late_or_silent() -> None:
    early = replace(NEW, active_at=BEGAN - 20 * DAY)
    began = replace(standing(walked(2, at=BEGAN - 20 * DAY)), active_at=BEGAN - 20 * DAY)

    assert concerns(early, BEGAN + DAY) == []
    assert concerns(began, BEGAN + 6 * DAY) == []
    assert concerns(began, BEGAN + 7 * DAY) == [Concern.SILENT]


def test_silent_is_who_did_nothing_for_seven_days_in_the_middle() -> None:
    walker = walked(3)

    assert concerns(standing(walker), walker.at + 7 * DAY - 1) == []
    assert radar_alerts(SMALL, standing(walker), walker.at + 40 * DAY) == (
        RadarAlert(Concern.SILENT, walker.at + 7 * DAY),
    )


@pytest.mark.parametrize(("misses", "stuck"), [(3, False), (4, True), (6, True)])
def test_stuck_is_who_missed_one_question_four_times(misses: int, stuck: bool) -> None:
    walker = stuck_walker(misses)

    found = radar_alerts(SMALL, standing(walker), walker.at)

    assert [one.concern for one in found] == [Concern.STUCK] * stuck
    if stuck:
        asked = QuestionId("m1q1")
        fourth = walker.progress.attempts[asked][3].at
        assert found == (RadarAlert(Concern.STUCK, fourth, asked, misses),)


def test_to_pass_the_question_takes_somebody_off_the_radar() -> None:
    walker = stuck_walker(5)
    walker.goes_to(AnswerQuestion)
    walker.goes_on()

    assert concerns(standing(walker), walker.at) == []


def test_behind_is_who_cannot_meet_the_deadline_at_their_pace() -> None:
    walker = walked(4)
    late = standing(walker, deadline=BEGAN + 20 * DAY)
    since = next(
        one.since
        for one in radar_alerts(SMALL, late, BEGAN + 40 * DAY)
        if one.concern is Concern.BEHIND
    )

    assert BEGAN + 2 * DAY < since < BEGAN + 20 * DAY
    assert Concern.BEHIND not in concerns(late, since - 1)
    assert Concern.BEHIND in concerns(late, since)
    assert Concern.BEHIND not in concerns(standing(walker), since)


def test_whoever_has_finished_is_on_no_radar() -> None:
    walker = walked(1)
    walker.goes_to(Finished)
    gone = replace(standing(walker, deadline=BEGAN + DAY), unreachable_at=walker.at)

    assert radar_alerts(SMALL, gone, BEGAN + 90 * DAY) == ()


def test_who_blocked_the_bot_is_shown_at_once_the_newest_reason_first() -> None:
    walker = walked(3)
    blocked_at = walker.at + 8 * DAY
    gone = replace(standing(walker), unreachable_at=blocked_at)

    assert radar_alerts(SMALL, gone, blocked_at) == (
        RadarAlert(Concern.UNREACHABLE, blocked_at),
        RadarAlert(Concern.SILENT, walker.at + 7 * DAY),
    )


def test_what_was_dealt_with_comes_back_only_when_it_happens_anew() -> None:
    walker = walked(3)
    silent_since = walker.at + 7 * DAY
    seen = {Concern.SILENT: silent_since + HOUR}

    before = radar_alerts(SMALL, standing(walker), silent_since + 30 * DAY)
    assert unhandled_alerts(before, {}) == before
    assert unhandled_alerts(before, {Concern.STUCK: silent_since + HOUR}) == before
    assert unhandled_alerts(before, seen) == ()

    walker.at = silent_since + 2 * HOUR
    walker.goes_on()
    again = radar_alerts(SMALL, standing(walker), walker.at + 7 * DAY)
    assert unhandled_alerts(again, seen) == again != ()


@given(
    steps=st.integers(0, 30),
    right=st.booleans(),
    away=st.integers(0, 60 * DAY),
    deadline=st.none() | st.integers(-5 * DAY, 60 * DAY),
)
def test_the_radar_shows_whom_a_broadcast_of_the_same_name_reaches(
    steps: int, right: bool, away: int, deadline: int | None
) -> None:
    walker = Walker(at=BEGAN)
    for _ in range(steps):
        if not isinstance(walker.step, Finished):
            walker.goes_on(right=right)
    ends_at = None if deadline is None else BEGAN + deadline
    now = walker.at + away
    person = Person(LearnerId(7), Preferences(), None, walker.at, None, BEGAN, ends_at)
    found = radar_alerts(SMALL, standing(walker, ends_at), now)

    def reached(narrowing: AudienceFilter) -> bool:
        return matches_audience(
            Audience(None, frozenset({narrowing})), person, SMALL, walker.progress, now
        )

    shown = {one.concern for one in found}
    assert (Concern.STUCK in shown) == reached(AudienceFilter.STUCK)
    assert (Concern.BEHIND in shown) == reached(AudienceFilter.BEHIND)
    assert (Concern.SILENT in shown) == reached(AudienceFilter.SILENT)
    assert all(one.since <= now for one in found)
    assert list(found) == sorted(found, key=lambda one: -one.since)
    assert learner_status.has_started(walker.progress) or steps == 0
