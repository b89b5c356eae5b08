"""When the next reminder comes, of what, and why."""

from dataclasses import replace

import pytest

from course.learning.next_step import AnswerQuestion, Finished, SeeFeedback
from course.local_time import MINUTE
from course.reminders.next_reminder import (
    NoReminder,
    Reminder,
    plan_next_reminder,
    reason_not_to_send,
)
from course.reminders.preferences import Pace, Preferences
from course.reminders.reasons import ReminderReason
from course.reminders.rhythm import ReminderKind, Rhythm
from tests.course.reminded import DAY, HOUR, PROMPT, Person, moment, shown

NAIROBI = "Africa/Nairobi"
MONDAY = moment("2026-11-02 18:30", NAIROBI)


def person(**wishes: object) -> Person:
    """Somebody in Nairobi who learned on a Monday evening."""
    return Person(MONDAY, Preferences(zone=NAIROBI, **wishes))  # type: ignore[arg-type]


def nudge(found: Reminder | NoReminder) -> Reminder:
    assert isinstance(found, Reminder), found
    return found


def test_three_come_after_3_10_and_20_days_at_ten_and_then_silence() -> None:
    amina = person()

    assert amina.coming() == [
        (ReminderKind.FIRST, "Thu 2026-11-05 10:00"),
        (ReminderKind.SECOND, "Thu 2026-11-12 10:00"),
        (ReminderKind.LAST, "Sun 2026-11-22 10:00"),
    ]
    assert amina.next(MONDAY + 400 * DAY) == NoReminder(ReminderReason.ALL_USED)


@pytest.mark.parametrize("hour", [0, 9, 11, 23])
@pytest.mark.parametrize("open_hours", [0, 2])
def test_it_is_never_due_before_the_first_check(hour: int, open_hours: int) -> None:
    rhythm = replace(PROMPT, open_question_hours=open_hours)
    amina = Person(moment(f"2026-11-02 {hour:02}:59", NAIROBI), rhythm=rhythm)
    amina.walker.goes_to(AnswerQuestion)
    amina.does_something(amina.active)

    assert rhythm.first_check_at(amina.active) <= nudge(amina.next()).at


def test_whatever_the_learner_does_starts_the_count_anew() -> None:
    amina = person()
    amina.takes(nudge(amina.next()))

    amina.learns(moment("2026-11-06 09:00", NAIROBI))

    assert amina.coming()[0] == (ReminderKind.FIRST, "Mon 2026-11-09 10:00")


def test_a_held_out_due_reminder_is_used_up_and_takes_no_day() -> None:
    amina = person()
    first = nudge(amina.next())
    amina.takes(first, sent=False)

    assert amina.situation.proactive_at is None
    assert [kind for kind, _ in amina.coming(first.at)] == [ReminderKind.SECOND, ReminderKind.LAST]


def test_gentle_doubles_the_days() -> None:
    assert [at for _, at in person(pace=Pace.GENTLE).coming()] == [
        "Sun 2026-11-08 10:00",
        "Sun 2026-11-22 10:00",
        "Sat 2026-12-12 10:00",
    ]


@pytest.mark.parametrize(
    ("days", "kinds"),
    [((5,), ["last"]), ((2, 5), ["first", "last"]), ((1, 2, 3), ["first", "second", "last"])],
)
def test_a_course_may_have_fewer_and_the_last_is_always_last(
    days: tuple[int, ...], kinds: list[str]
) -> None:
    amina = person()
    amina.rhythm = replace(PROMPT, after_days=days)

    assert [kind for kind, _ in amina.coming()] == kinds


@pytest.mark.parametrize(
    ("wishes", "reason"),
    [
        pytest.param({"stopped": True}, ReminderReason.STOPPED, id="stopped"),
        pytest.param({"unreachable": True}, ReminderReason.UNREACHABLE, id="has blocked us"),
        pytest.param({"paused": True}, ReminderReason.PAUSED, id="paused"),
        pytest.param({"pace": Pace.NONE}, ReminderReason.PACE_NONE, id="wants none"),
        pytest.param(
            {"rest_days": frozenset(range(7))}, ReminderReason.NO_MOMENT, id="rests always"
        ),
    ],
)
def test_none_comes_and_it_is_said_why(wishes: dict[str, object], reason: ReminderReason) -> None:
    amina = person(**wishes, snoozed_until=MONDAY + 2 * DAY)
    amina.situation = replace(amina.situation, deadline=MONDAY + 5 * DAY)

    assert amina.next() == NoReminder(reason)


def test_none_comes_to_somebody_who_has_finished_even_if_one_was_waiting() -> None:
    amina = person()
    waiting = nudge(amina.next())

    amina.walker.goes_to(Finished)
    amina.does_something(MONDAY + DAY)

    assert amina.next() == NoReminder(ReminderReason.FINISHED)
    assert check(amina, waiting.kind, waiting.at) is ReminderReason.FINISHED


def test_none_comes_to_somebody_who_only_has_not_pressed_next_at_the_very_end() -> None:
    amina = person()
    (*_, last) = amina.course.questions()

    while not amina.walker.progress.has_passed(last.id):
        amina.walker.goes_to(AnswerQuestion)
        amina.walker.answers()
    amina.does_something(MONDAY + DAY)

    assert isinstance(amina.walker.step, SeeFeedback)
    assert amina.next() == NoReminder(ReminderReason.FINISHED)


def check(amina: Person, kind: ReminderKind, at: int) -> ReminderReason | None:
    return reason_not_to_send(amina.course, amina.rhythm, amina.situation, kind, at)


def test_a_rest_day_moves_it_to_the_learners_hour_on_the_next_day() -> None:
    found = nudge(person(rest_days=frozenset({3, 4})).next())

    assert shown(found.at, NAIROBI) == "Sat 2026-11-07 10:00"
    assert found.delay_reason is ReminderReason.REST_DAY


def test_an_hour_that_is_quiet_gives_way_to_the_end_of_the_quiet_hours() -> None:
    assert person(reminder_minute=21 * 60 + 15).coming()[0][1] == "Thu 2026-11-05 08:00"
    assert (
        person(reminder_minute=7 * 60, quiet_from=0, quiet_to=0).coming()[0][1]
        == "Thu 2026-11-05 07:00"
    )
    asleep_by_day = person(quiet_from=9 * 60, quiet_to=17 * 60)
    assert asleep_by_day.coming()[0][1] == "Thu 2026-11-05 17:00"


def test_what_was_due_while_nobody_looked_comes_at_once_when_that_is_allowed() -> None:
    amina = person()

    afternoon = moment("2026-11-05 15:20", NAIROBI)
    assert nudge(amina.next(afternoon)).at == afternoon
    night = moment("2026-11-05 23:00", NAIROBI)
    assert shown(nudge(amina.next(night)).at, NAIROBI) == "Fri 2026-11-06 10:00"


def test_after_a_failure_of_months_they_do_not_all_come_on_the_following_days() -> None:
    amina = person()

    assert amina.coming(moment("2027-02-01 12:00", NAIROBI)) == [
        (ReminderKind.FIRST, "Mon 2027-02-01 12:00"),
        (ReminderKind.SECOND, "Mon 2027-02-08 10:00"),
        (ReminderKind.LAST, "Thu 2027-02-18 10:00"),
    ]


def test_a_day_on_which_something_else_was_sent_has_no_reminder() -> None:
    amina = person()
    broadcast = moment("2026-11-05 08:30", NAIROBI)
    amina.situation = replace(amina.situation, proactive_at=broadcast)

    found = nudge(amina.next(broadcast))

    assert shown(found.at, NAIROBI) == "Fri 2026-11-06 10:00"
    assert found.delay_reason is ReminderReason.ONE_A_DAY


def test_what_was_sent_hours_before_moves_one_to_the_next_own_hour_never_to_an_earlier_time() -> (
    None
):
    """Twelve hours after an evening's broadcast is a time at which nobody wants reminders."""
    amina = person(quiet_from=23 * 60)
    here = moment("2026-11-11 18:00", NAIROBI)
    amina.learns(here)
    amina.situation = replace(amina.situation, deadline=moment("2026-11-13 20:45", NAIROBI))
    planned = nudge(amina.next(here))

    amina.situation = replace(amina.situation, proactive_at=moment("2026-11-11 20:56", NAIROBI))
    assert nudge(amina.next(here)).at == planned.at == moment("2026-11-12 10:00", NAIROBI)

    amina.situation = replace(amina.situation, proactive_at=moment("2026-11-11 22:30", NAIROBI))
    assert shown(nudge(amina.next(here)).at, NAIROBI) == "Fri 2026-11-13 10:00"


def test_nobody_is_reminded_while_they_learn() -> None:
    amina = person(snoozed_until=MONDAY + 10 * 60_000)

    assert nudge(amina.next()).at == MONDAY + 30 * 60_000
    assert check(amina, ReminderKind.SNOOZED, MONDAY + 12 * 60_000) is ReminderReason.ACTIVE


def test_a_snooze_ends_with_the_reminder_that_was_asked_for() -> None:
    amina = person()
    first = nudge(amina.next())
    amina.takes(first)
    evening = moment("2026-11-05 19:00", NAIROBI)
    amina.does_something(first.at + HOUR)
    amina.wants(snoozed_until=evening)

    found = nudge(amina.next())

    assert found == Reminder(ReminderKind.SNOOZED, evening, ReminderReason.ASKED)
    assert check(amina, ReminderKind.FIRST, evening - HOUR) is ReminderReason.SNOOZED
    amina.takes(found)
    assert amina.situation.preferences.snoozed_until is None
    assert amina.coming(evening)[0] == (ReminderKind.FIRST, "Sun 2026-11-08 10:00")


def test_a_snooze_that_is_over_is_never_told_twice_even_where_it_was_not_taken_back() -> None:
    amina = person(snoozed_until=MONDAY + 2 * DAY)
    amina.takes(nudge(amina.next()))
    amina.wants(snoozed_until=MONDAY + 2 * DAY)

    assert nudge(amina.next(MONDAY + 2 * DAY)).kind is ReminderKind.FIRST


def test_the_second_counts_from_the_last_activity_where_the_first_is_not_known() -> None:
    amina = person()
    amina.situation = replace(amina.situation, reminders_used=1)

    assert amina.coming()[0] == (ReminderKind.SECOND, "Thu 2026-11-12 10:00")


def test_a_snooze_of_weeks_is_followed_by_one_reminder_a_rhythm_not_by_a_burst() -> None:
    amina = person(snoozed_until=moment("2026-12-01 09:00", NAIROBI))

    assert amina.coming() == [
        (ReminderKind.SNOOZED, "Tue 2026-12-01 09:00"),
        (ReminderKind.FIRST, "Fri 2026-12-04 10:00"),
        (ReminderKind.SECOND, "Fri 2026-12-11 10:00"),
        (ReminderKind.LAST, "Mon 2026-12-21 10:00"),
    ]


def test_a_snooze_keeps_the_deadline_quiet_too_and_ends_when_the_learner_comes_back() -> None:
    amina = person(snoozed_until=MONDAY + 9 * DAY)
    amina.situation = replace(amina.situation, deadline=MONDAY + 5 * DAY)

    assert nudge(amina.next()).kind is ReminderKind.SNOOZED

    amina.does_something(MONDAY + 10 * DAY)
    assert nudge(amina.next()).kind is ReminderKind.FIRST


def test_a_deadline_is_named_once_two_days_before_and_never_after() -> None:
    amina = person()
    friday = moment("2026-11-13 23:59", NAIROBI)
    amina.situation = replace(amina.situation, deadline=friday)

    assert amina.coming()[:3] == [
        (ReminderKind.FIRST, "Thu 2026-11-05 10:00"),
        (ReminderKind.DEADLINE, "Wed 2026-11-11 10:00"),
        (ReminderKind.SECOND, "Wed 2026-11-18 10:00"),
    ]
    late = replace(amina.situation, reminders_used=1, deadline_used=None, proactive_at=None)
    found = plan_next_reminder(amina.course, PROMPT, late, friday)
    assert nudge(found).kind is ReminderKind.SECOND
    assert check(amina, ReminderKind.DEADLINE, friday) is ReminderReason.DEADLINE_OVER


def test_a_new_deadline_is_named_again_and_goes_first_on_a_day_with_another() -> None:
    amina = person()
    day_of_first = moment("2026-11-07 11:00", NAIROBI)
    old = day_of_first - 9 * DAY
    amina.situation = replace(amina.situation, deadline=day_of_first, deadline_used=old)

    assert amina.coming()[:2] == [
        (ReminderKind.DEADLINE, "Thu 2026-11-05 10:00"),
        (ReminderKind.FIRST, "Sun 2026-11-08 10:00"),
    ]


def test_after_the_last_one_no_deadline_is_named_until_the_learner_comes_back() -> None:
    amina = person()
    assert amina.coming()[-1] == (ReminderKind.LAST, "Sun 2026-11-22 10:00")
    december = moment("2026-12-11 18:00", NAIROBI)
    amina.situation = replace(amina.situation, deadline=december)

    assert amina.next(MONDAY + 22 * DAY) == NoReminder(ReminderReason.ALL_USED)

    amina.does_something(moment("2026-12-07 12:00", NAIROBI))
    assert amina.coming()[0] == (ReminderKind.DEADLINE, "Wed 2026-12-09 10:00")


@pytest.mark.parametrize(
    ("wishes", "active", "deadline", "expected"),
    [
        pytest.param(
            Preferences(zone=NAIROBI),
            "2026-11-03 06:00",
            "2026-11-04 18:00",
            "Wed 2026-11-04 07:00",
            id="it comes on the next day, at ten there",
        ),
        pytest.param(
            Preferences(zone=NAIROBI),
            "2026-11-03 06:00",
            "2026-11-03 18:00",
            None,
            id="too late then",
        ),
        pytest.param(
            Preferences(zone=NAIROBI), "2026-11-03 06:00", "2026-11-04 07:00", None, id="at ten"
        ),
        pytest.param(
            Preferences(),
            "2026-11-03 06:00",
            "2026-11-04 18:00",
            "Wed 2026-11-04 07:00",
            id="no zone",
        ),
        pytest.param(
            Preferences(), "2026-11-03 06:00", "2026-11-04 06:30", None, id="no zone, late"
        ),
    ],
)
def test_on_a_day_on_which_a_learner_was_here_no_deadline_is_named(
    wishes: Preferences, active: str, deadline: str, expected: str | None
) -> None:
    amina = Person(moment(active), wishes)
    amina.situation = replace(amina.situation, deadline=moment(deadline))

    found = nudge(amina.next())

    assert (shown(found.at) if found.kind is ReminderKind.DEADLINE else None) == expected
    half_an_hour_later = moment(active) + HOUR // 2
    assert check(amina, ReminderKind.DEADLINE, half_an_hour_later) is ReminderReason.ACTIVE


def test_where_no_moment_is_left_before_a_deadline_the_next_one_is_named() -> None:
    amina = Person(MONDAY)
    night = moment("2026-11-02 22:00", NAIROBI)
    amina.situation = replace(amina.situation, active_at=night, deadline=night + 8 * HOUR)
    amina.rhythm = replace(PROMPT, after_days=(30,))
    assert nudge(amina.next(night)).kind is ReminderKind.LAST

    later = moment("2026-11-20 12:00", NAIROBI)
    amina.situation = replace(amina.situation, later_deadlines=(later,))

    found = amina.next(night)
    assert isinstance(found, Reminder)
    assert (found.kind, shown(found.at, NAIROBI)) == (ReminderKind.DEADLINE, "Wed 2026-11-18 10:00")


def test_a_deadline_that_rest_days_push_aside_is_not_named() -> None:
    amina = person(rest_days=frozenset({2, 3, 4, 5, 6}))
    amina.situation = replace(amina.situation, deadline=moment("2026-11-08 12:00", NAIROBI))

    assert nudge(amina.next()).kind is ReminderKind.FIRST


def test_an_open_question_is_named_once_after_two_hours_where_the_course_wants_it() -> None:
    morning = moment("2026-11-02 09:00", NAIROBI)
    amina = Person(morning, rhythm=replace(PROMPT, open_question_hours=2))
    amina.walker.goes_to(AnswerQuestion)
    amina.does_something(morning)

    assert amina.coming()[:2] == [
        (ReminderKind.OPEN_QUESTION, "Mon 2026-11-02 11:00"),
        (ReminderKind.FIRST, "Thu 2026-11-05 10:00"),
    ]
    amina.rhythm = PROMPT
    amina.does_something(morning)
    assert nudge(amina.next()).kind is ReminderKind.FIRST


def test_a_card_that_was_left_is_no_open_question() -> None:
    amina = Person(MONDAY - 9 * HOUR, rhythm=replace(PROMPT, open_question_hours=2))

    assert nudge(amina.next()).kind is ReminderKind.FIRST


def test_the_usual_hour_is_the_one_of_most_days_and_a_long_evening_is_one_day() -> None:
    amina = person(at_usual_time=True, reminder_minute=600)
    for day in range(1, 4):
        amina.learns(moment(f"2026-11-0{2 + day} 07:4{day}", NAIROBI))
    amina.wants(quiet_from=0, quiet_to=0)

    assert amina.coming()[0][1] == "Sun 2026-11-08 07:42"


def test_without_a_zone_one_comes_only_near_the_hour_at_which_the_learner_was_active() -> None:
    amina = Person(moment("2026-11-02 15:30"), Preferences(reminder_minute=600))

    assert amina.coming()[0] == (ReminderKind.FIRST, "Thu 2026-11-05 15:30")
    assert check(amina, ReminderKind.LAST, moment("2027-01-01 16:30")) is None
    assert (
        check(amina, ReminderKind.LAST, moment("2027-01-01 16:31")) is ReminderReason.HOUR_UNKNOWN
    )


def test_without_a_zone_the_hours_of_midnight_are_one_evening() -> None:
    amina = Person(moment("2026-11-02 23:50"), Preferences())

    assert check(amina, ReminderKind.FIRST, moment("2027-01-02 00:40")) is None


def test_without_a_zone_every_day_that_it_may_be_there_is_kept() -> None:
    amina = Person(moment("2026-11-02 15:30"), Preferences(rest_days=frozenset({5, 6})))

    assert (
        check(amina, ReminderKind.FIRST, moment("2026-11-27 15:30")) is ReminderReason.REST_DAY
    )  # a Friday

    amina.situation = replace(amina.situation, proactive_at=moment("2026-12-01 14:50"))
    assert check(amina, ReminderKind.FIRST, moment("2026-12-02 15:30")) is ReminderReason.ONE_A_DAY
    assert check(amina, ReminderKind.FIRST, moment("2026-12-03 15:30")) is None


def test_without_a_zone_rest_days_that_leave_no_day_for_sure_do_not_silence_for_ever() -> None:
    amina = Person(moment("2026-11-02 15:30"), Preferences(rest_days=frozenset({0, 2, 4, 6})))

    found = nudge(amina.next())

    assert shown(found.at) == "Thu 2026-11-05 15:30"
    assert check(amina, ReminderKind.FIRST, moment("2026-11-06 15:30")) is ReminderReason.REST_DAY


def test_without_a_zone_one_that_was_asked_for_comes_when_it_was_asked_for() -> None:
    rests = frozenset({0, 1, 2, 3})
    amina = Person(moment("2026-11-02 15:30"), Preferences(rest_days=rests))
    amina.wants(snoozed_until=moment("2026-11-02 19:30"))

    found = nudge(amina.next())

    assert (shown(found.at), found.delay_reason) == ("Mon 2026-11-02 19:30", None)
    assert check(amina, ReminderKind.SNOOZED, found.at) is None
    slept = nudge(amina.next(moment("2026-11-03 02:00")))
    assert shown(slept.at) == "Tue 2026-11-03 19:30"


def test_a_zone_that_the_database_has_lost_counts_as_never_told() -> None:
    amina = Person(moment("2026-11-02 15:30"), Preferences(zone="Atlantis/Capital"))

    assert shown(nudge(amina.next()).at) == "Thu 2026-11-05 15:30"


def test_the_jitter_stays_within_ten_minutes_and_outside_the_quiet_hours() -> None:
    amina = person(reminder_minute=10 * 60)
    amina.rhythm = Rhythm()
    base = moment("2026-11-05 10:00", NAIROBI)

    at = nudge(amina.next()).at
    assert base <= at < base + 10 * 60_000
    assert at == nudge(amina.next(at)).at

    amina.wants(quiet_from=10 * 60 + 1, quiet_to=10 * 60)
    assert base <= nudge(amina.next()).at < base + 60_000


@pytest.mark.parametrize("hour", [19 * 60 + minute for minute in range(49, 60)])
def test_whoever_looks_once_a_minute_finds_it_before_quiet_hours_begin(hour: int) -> None:
    amina = person(reminder_minute=hour)
    amina.rhythm = Rhythm(jitter_minutes=10)

    at = nudge(amina.next()).at

    assert check(amina, ReminderKind.FIRST, at + MINUTE - 1) is None


@pytest.mark.parametrize(
    ("second", "comes"),
    [(0, "Wed 2026-11-04 19:59"), (1, "Thu 2026-11-05 10:00"), (59, "Thu 2026-11-05 10:00")],
)
def test_what_would_come_within_the_last_minute_before_quiet_hours_comes_at_the_own_hour(
    second: int, comes: str
) -> None:
    until = moment("2026-11-04 19:59", NAIROBI) + second * 1000
    amina = person(snoozed_until=until)

    found = nudge(amina.next())

    assert found.kind is ReminderKind.SNOOZED
    assert shown(found.at, NAIROBI) == comes
