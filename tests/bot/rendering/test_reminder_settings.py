"""What learners read of their reminders: it must be so."""

from dataclasses import replace

import pytest

from bot.actions.reminders import Standing
from bot.i18n import Voices
from bot.messages import Reply
from bot.rendering import reminder_settings, snoozing
from course.learning.progress import Progress
from course.reminders.experiment import Arm
from course.reminders.preferences import Wishes
from course.reminders.rhythm import Kind
from simulator.entities import read
from storage.learners import Learner
from storage.outbox import State
from storage.reminders import LastNudge, Opportunity, named
from tests.bot.rendering.reminder_screens import HOUR, NOON, stands
from tests.course.examples import AMINA, SMALL

ENGLISH = Voices.load().of("en")
NAIROBI = Wishes(zone="Africa/Nairobi")
"""Noon is 15:00 there."""


def at_noon(wishes: Wishes = NAIROBI) -> Standing:
    return stands(SMALL, Progress(AMINA), wishes)


def labels(reply: Reply) -> list[str]:
    return [button.text for row in reply.rows for button in row]


def why(last: LastNudge, asked: Kind | None = None) -> str:
    return read(reminder_settings.why(ENGLISH, SMALL, at_noon(), last, asked).text, "HTML").text


def one(arm: Arm, state: State | None, reason: str | None = None) -> LastNudge:
    """A first reminder that was due a day ago."""
    name = named(NOON - 96 * HOUR, Kind.FIRST)
    return LastNudge(Opportunity(name, Kind.FIRST, 0, arm, NOON - 24 * HOUR), state, reason, None)


@pytest.mark.parametrize(
    ("state", "reason", "said"),
    [
        (State.CANCELLED, "active", "you came first"),
        (State.CANCELLED, "superseded", "the next one was due before it could go out"),
        (State.CANCELLED, "wishes", "you changed what you wish about reminders, or put them off"),
        (State.CANCELLED, "blocked", "you had blocked me"),
        (State.SKIPPED, "paused", "you had turned reminders off"),
        (State.SKIPPED, "finished", "you had done everything"),
        (State.SKIPPED, "deadline-over", "the last day of your group was over or had changed"),
        (State.SKIPPED, "gone", "it was no longer needed"),
    ],
)
def test_why_names_what_kept_one_from_being_sent(state: State, reason: str, said: str) -> None:
    assert f"15:00 your time and was not sent: {said}." in why(one(Arm.SEND, state, reason))


@pytest.mark.parametrize(
    "last", [one(Arm.HOLD, None), one(Arm.SEND, State.CANCELLED, "active")], ids=["held", "back"]
)
def test_the_why_of_an_older_one_explains_it_where_a_newer_one_did_not_come(
    last: LastNudge,
) -> None:
    explained = "This one came because you had not been here for some days."

    assert explained in why(last, Kind.FIRST)
    assert explained not in why(one(Arm.SEND, State.SENT), Kind.FIRST)


@pytest.mark.parametrize(
    ("hours", "wishes", "first"),
    [
        pytest.param(0, NAIROBI, "This evening, 18:00", id="15:00"),
        pytest.param(3, NAIROBI, "Tomorrow", id="18:00, and 22:00 is quiet"),
        pytest.param(20, NAIROBI, "In four hours", id="11:00 with a late evening"),
        pytest.param(0, replace(NAIROBI, rest_days=frozenset({0})), "Tomorrow", id="a rest day"),
        pytest.param(3, Wishes(), "In four hours", id="no zone: it comes when it is asked for"),
    ],
)
def test_hours_are_offered_where_the_reminder_comes_then(
    hours: int, wishes: Wishes, first: str
) -> None:
    if hours == 20:
        wishes = replace(wishes, quiet_from=1079, quiet_to=1081)
    standing = at_noon(wishes)
    turn = replace(standing.visit.turn, at=NOON + hours * HOUR)
    standing = replace(standing, visit=replace(standing.visit, turn=turn))

    assert labels(snoozing.later(ENGLISH, SMALL, standing))[0] == first


def settings(wishes: Wishes) -> str:
    return read(reminder_settings.overview(ENGLISH, SMALL, at_noon(wishes)).text, "HTML").text


def test_quiet_hours_are_not_shown_where_they_do_not_hold() -> None:
    assert "Quiet hours: 20:00 to 08:00." in settings(NAIROBI)
    assert "Quiet hours: none before I know your time zone." in settings(Wishes())
    assert "20:00" not in settings(Wishes())


def test_an_hour_in_the_quiet_hours_is_said_to_give_way() -> None:
    said = settings(replace(NAIROBI, hour=21 * 60))

    assert "08:00, when your quiet hours end. 21:00, as you chose, lies in them." in said
    assert "Time of day: 08:00, when" in settings(replace(NAIROBI, quiet_from=540, quiet_to=480))


@pytest.mark.parametrize("groups", [True, False], ids=["in a group", "alone"])
def test_urgent_messages_of_a_group_are_named_where_quiet_hours_are_set(groups: bool) -> None:
    standing = at_noon()
    member = Learner(AMINA, NOON, "en", wishes=NAIROBI, has_cohort=groups)
    standing = replace(standing, visit=replace(standing.visit, learner=member))

    said = reminder_settings.quiet(ENGLISH, standing).text

    assert ("or when your group has something urgent" in said) is groups


def test_why_says_once_that_some_are_left_out_by_chance() -> None:
    percent = "10 in 100 are left out"

    assert f"About {percent} by chance" in why(one(Arm.SEND, State.SENT))
    assert why(one(Arm.HOLD, None)).count(percent) == 1


def test_how_often_names_the_one_before_the_last_day_of_a_group() -> None:
    standing = at_noon()
    member = Learner(AMINA, NOON, "en", wishes=NAIROBI, deadlines=(NOON + 90 * HOUR,))
    led = replace(standing, visit=replace(standing.visit, learner=member))
    besides = "There is also one before the last day of your group."

    assert besides in reminder_settings.pace(ENGLISH, led).text
    assert besides not in reminder_settings.pace(ENGLISH, standing).text
