"""What learners read of their reminders: it must be so."""

from dataclasses import replace

import pytest

from bot.actions.reminders import ReminderStatus
from bot.i18n import Translators
from bot.messages import Reply
from bot.rendering import reminder_settings, snoozing
from course.learning.progress import Progress
from course.reminders.experiment import ExperimentArm
from course.reminders.preferences import Preferences
from course.reminders.rhythm import ReminderKind
from simulator.entities import read
from storage.learners import Learner
from storage.outbox import DeliveryState
from storage.reminders import DueReminder, LastReminder, due_reminder_name
from tests.bot.rendering.reminder_screens import HOUR, NOON, stands
from tests.course.examples import AMINA, SMALL

ENGLISH = Translators.load().for_language("en")
NAIROBI = Preferences(zone="Africa/Nairobi")
"""Noon is 15:00 there."""


def at_noon(wishes: Preferences = NAIROBI) -> ReminderStatus:
    return stands(SMALL, Progress(AMINA), wishes)


def labels(reply: Reply) -> list[str]:
    return [button.text for row in reply.rows for button in row]


def why(last: LastReminder, asked: ReminderKind | None = None) -> str:
    return read(
        reminder_settings.explanation(ENGLISH, SMALL, at_noon(), last, asked).text, "HTML"
    ).text


def one(arm: ExperimentArm, state: DeliveryState | None, reason: str | None = None) -> LastReminder:
    """A first reminder that was due a day ago."""
    name = due_reminder_name(NOON - 96 * HOUR, ReminderKind.FIRST)
    return LastReminder(
        DueReminder(name, ReminderKind.FIRST, 0, arm, NOON - 24 * HOUR), state, reason, None
    )


@pytest.mark.parametrize(
    ("state", "reason", "said"),
    [
        (DeliveryState.CANCELLED, "active", "you came first"),
        (DeliveryState.CANCELLED, "superseded", "the next one was due before it could go out"),
        (
            DeliveryState.CANCELLED,
            "wishes",
            "you changed what you wish about reminders, or put them off",
        ),
        (DeliveryState.CANCELLED, "blocked", "you had blocked me"),
        (DeliveryState.SKIPPED, "paused", "you had turned reminders off"),
        (DeliveryState.SKIPPED, "finished", "you had done everything"),
        (
            DeliveryState.SKIPPED,
            "deadline-over",
            "the last day of your group was over or had changed",
        ),
        (DeliveryState.SKIPPED, "gone", "it was no longer needed"),
    ],
)
def test_why_names_what_kept_one_from_being_sent(
    state: DeliveryState, reason: str, said: str
) -> None:
    assert f"15:00 your time and was not sent: {said}." in why(
        one(ExperimentArm.SEND, state, reason)
    )


@pytest.mark.parametrize(
    "last",
    [one(ExperimentArm.HOLD, None), one(ExperimentArm.SEND, DeliveryState.CANCELLED, "active")],
    ids=["held", "back"],
)
def test_the_why_of_an_older_one_explains_it_where_a_newer_one_did_not_come(
    last: LastReminder,
) -> None:
    explained = "This one came because you had not been here for some days."

    assert explained in why(last, ReminderKind.FIRST)
    assert explained not in why(one(ExperimentArm.SEND, DeliveryState.SENT), ReminderKind.FIRST)


@pytest.mark.parametrize(
    ("hours", "wishes", "first"),
    [
        pytest.param(0, NAIROBI, "This evening, 18:00", id="15:00"),
        pytest.param(3, NAIROBI, "Tomorrow", id="18:00, and 22:00 is quiet"),
        pytest.param(20, NAIROBI, "In four hours", id="11:00 with a late evening"),
        pytest.param(0, replace(NAIROBI, rest_days=frozenset({0})), "Tomorrow", id="a rest day"),
        pytest.param(
            3, Preferences(), "In four hours", id="no zone: it comes when it is asked for"
        ),
    ],
)
def test_hours_are_offered_where_the_reminder_comes_then(
    hours: int, wishes: Preferences, first: str
) -> None:
    if hours == 20:
        wishes = replace(wishes, quiet_from=1079, quiet_to=1081)
    standing = at_noon(wishes)
    turn = replace(standing.learner_state.interaction, at=NOON + hours * HOUR)
    standing = replace(standing, learner_state=replace(standing.learner_state, interaction=turn))

    assert labels(snoozing.snooze_choice(ENGLISH, SMALL, standing))[0] == first


def settings(wishes: Preferences) -> str:
    return read(reminder_settings.overview(ENGLISH, SMALL, at_noon(wishes)).text, "HTML").text


def test_quiet_hours_are_not_shown_where_they_do_not_hold() -> None:
    assert "Quiet hours: 20:00 to 08:00." in settings(NAIROBI)
    assert "Quiet hours: none before I know your time zone." in settings(Preferences())
    assert "20:00" not in settings(Preferences())


def test_an_hour_in_the_quiet_hours_is_said_to_give_way() -> None:
    said = settings(replace(NAIROBI, reminder_minute=21 * 60))

    assert "08:00, when your quiet hours end. 21:00, as you chose, lies in them." in said
    assert "Time of day: 08:00, when" in settings(replace(NAIROBI, quiet_from=540, quiet_to=480))


@pytest.mark.parametrize("groups", [True, False], ids=["in a group", "alone"])
def test_urgent_messages_of_a_group_are_named_where_quiet_hours_are_set(groups: bool) -> None:
    standing = at_noon()
    member = Learner(AMINA, NOON, "en", preferences=NAIROBI, has_cohort=groups)
    standing = replace(standing, learner_state=replace(standing.learner_state, learner=member))

    said = reminder_settings.quiet_hours_choice(ENGLISH, standing).text

    assert ("or when your group has something urgent" in said) is groups


def test_why_says_once_that_some_are_left_out_by_chance() -> None:
    percent = "10 in 100 are left out"

    assert f"About {percent} by chance" in why(one(ExperimentArm.SEND, DeliveryState.SENT))
    assert why(one(ExperimentArm.HOLD, None)).count(percent) == 1


def test_how_often_names_the_one_before_the_last_day_of_a_group() -> None:
    standing = at_noon()
    member = Learner(AMINA, NOON, "en", preferences=NAIROBI, deadlines=(NOON + 90 * HOUR,))
    led = replace(standing, learner_state=replace(standing.learner_state, learner=member))
    besides = "There is also one before the last day of your group."

    assert besides in reminder_settings.pace_choice(ENGLISH, led).text
    assert besides not in reminder_settings.pace_choice(ENGLISH, standing).text
