"""When what a facilitator writes may reach a learner, and why not."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course import local_time
from course.cohorts.digests import is_digest_due
from course.cohorts.notes import (
    NoteRecipient,
    Postponed,
    Rejected,
    check_answer,
    check_note,
)
from course.cohorts.radar import Concern, MemberSituation
from course.reminders.preferences import Pace, Preferences
from course.reminders.reasons import ReminderReason
from tests.course.examples import SMALL
from tests.course.reminded import DAY, HOUR, moment
from tests.course.test_radar import standing, walked

NAIROBI = "Africa/Nairobi"
NOON = moment("2026-11-20 09:00")  # 12:00 in Nairobi
NIGHT = moment("2026-11-20 20:00")  # 23:00 in Nairobi
REACHED = NoteRecipient(Preferences(), NAIROBI, NOON - 10 * DAY)
SILENT = replace(standing(walked(3)), active_at=NOON - 10 * DAY)


def about_silence(
    reached: NoteRecipient, now: int, stands: MemberSituation = SILENT
) -> Postponed | Rejected | None:
    return check_note(SMALL, Concern.SILENT, stands, reached, now)


def test_at_noon_nothing_keeps_a_note_back() -> None:
    assert about_silence(REACHED, NOON) is None


@pytest.mark.parametrize(
    ("wishes", "why"),
    [
        (Preferences(stopped=True), ReminderReason.STOPPED),
        (Preferences(unreachable=True), ReminderReason.UNREACHABLE),
        (Preferences(paused=True), ReminderReason.PAUSED),
        (Preferences(pace=Pace.NONE), ReminderReason.PACE_NONE),
    ],
)
def test_who_wants_nothing_unasked_gets_no_note(wishes: Preferences, why: ReminderReason) -> None:
    assert about_silence(replace(REACHED, preferences=wishes), NOON) == Rejected(why)


def test_what_is_no_longer_so_is_not_written_about() -> None:
    back = replace(SILENT, active_at=NOON - HOUR)

    assert about_silence(REACHED, NOON, back) == Rejected(ReminderReason.ACTIVE)


@pytest.mark.parametrize(
    ("reached", "now", "why", "until"),
    [
        (REACHED, NIGHT, ReminderReason.QUIET, "2026-11-21 05:00"),
        (
            replace(REACHED, preferences=Preferences(snoozed_until=NOON + 2 * DAY)),
            NOON,
            ReminderReason.SNOOZED,
            "2026-11-22 09:00",
        ),
        (
            replace(REACHED, proactive_at=NOON - HOUR),
            NOON,
            ReminderReason.ONE_A_DAY,
            "2026-11-21 05:00",
        ),
        (
            replace(REACHED, preferences=Preferences(rest_days=frozenset({4, 5}))),
            NOON,
            ReminderReason.REST_DAY,
            "2026-11-22 05:00",
        ),
    ],
    ids=["night", "snoozed", "told today", "rest days"],
)
def test_it_waits_for_a_moment_that_is_allowed(
    reached: NoteRecipient, now: int, why: ReminderReason, until: str
) -> None:
    assert about_silence(reached, now) == Postponed(why, moment(until))


@given(
    now=st.integers(NOON, NOON + 20 * DAY),
    quiet_from=st.integers(0, 1439),
    quiet_to=st.integers(0, 1439),
    told=st.none() | st.integers(NOON - 3 * DAY, NOON),
    rest=st.frozensets(st.integers(0, 6), max_size=6),
)
def test_when_it_has_waited_it_may_go(
    now: int, quiet_from: int, quiet_to: int, told: int | None, rest: frozenset[int]
) -> None:
    wishes = Preferences(quiet_from=quiet_from, quiet_to=quiet_to, rest_days=rest)
    reached = replace(REACHED, preferences=wishes, proactive_at=told)

    found = about_silence(reached, now)

    if isinstance(found, Postponed):
        assert found.until > now
        assert about_silence(reached, found.until) is None
    elif found is None:
        minute = local_time.clock_minute(local_time.to_local(NAIROBI, now))
        assert not wishes.is_quiet(minute)


def test_an_answer_goes_to_who_stopped_and_not_to_who_blocked() -> None:
    assert check_answer(replace(REACHED, preferences=Preferences(stopped=True)), NOON) is None
    blocked = check_answer(replace(REACHED, preferences=Preferences(unreachable=True)), NOON)
    assert blocked == Rejected(ReminderReason.UNREACHABLE)


def test_an_answer_waits_for_the_morning_unless_its_learner_is_awake() -> None:
    assert check_answer(REACHED, NIGHT) == Postponed(
        ReminderReason.QUIET, moment("2026-11-21 05:00")
    )
    assert check_answer(replace(REACHED, active_at=NIGHT - HOUR // 4), NIGHT) is None
    assert check_answer(replace(REACHED, proactive_at=NOON - 1), NOON) is None


@pytest.mark.parametrize(
    ("made", "now", "due"),
    [
        (None, "2026-11-20 05:59", False),
        (None, "2026-11-20 06:00", True),
        (None, "2026-11-20 09:59", True),
        (None, "2026-11-20 10:00", False),
        ("2026-11-20 06:00", "2026-11-20 06:01", False),
        ("2026-11-20 06:00", "2026-11-21 06:00", True),
        ("2026-11-19 09:00", "2026-11-20 06:00", True),
    ],
)
def test_a_digest_is_due_once_a_day_and_not_late(made: str | None, now: str, due: bool) -> None:
    made_at = None if made is None else moment(made)

    assert is_digest_due(NAIROBI, 9, made_at, moment(now)) is due
