"""Putting reminders off, why they come, and stopping them."""

from dataclasses import replace

import pytest

from bot.callback_data import (
    ExplainReminder,
    SetPreference,
    ShowScreen,
    Snooze,
    ToggleSetting,
    pack,
)
from course.model import LearnerId
from tests.conversations.people import Careful, wishes
from tests.support.running import NOON, Stage

AMINA = LearnerId(1001)
HOUR = 3_600_000


@pytest.mark.parametrize(
    ("label", "when", "hours"),
    [
        ("This evening, 18:00", "Monday 16 November, 18:0", 3),
        ("Tomorrow", "Tuesday 17 November, 10:0", 19),
        ("Next week", "Monday 23 November, 10:0", 163),
    ],
)
async def test_a_reminder_can_be_put_off(
    in_nairobi: Careful, on_small: Stage, label: str, when: str, hours: int
) -> None:
    await in_nairobi.says("later")
    assert in_nairobi.sees.startswith("When shall I write?")

    await in_nairobi.taps(label)

    assert f"Next: {when}" in in_nairobi.sees
    assert "because you asked for it." in in_nairobi.sees
    until = (await wishes(on_small)).snoozed_until
    assert until == int(NOON * 1000) + hours * HOUR


async def test_a_day_can_be_chosen_or_typed(in_nairobi: Careful) -> None:
    await in_nairobi.says("/later")
    await in_nairobi.taps("On a day I choose")
    await in_nairobi.taps("Monday 30 November")
    assert "Next: Monday 30 November, 10:0" in in_nairobi.sees

    await in_nairobi.says("12 March")
    await in_nairobi.taps("Friday 12 March")

    assert "Next: Friday 12 March, 10:0" in in_nairobi.sees


async def test_a_day_in_numbers_that_may_be_two_is_asked_about(in_nairobi: Careful) -> None:
    await in_nairobi.says("/reminders 3/4")

    assert in_nairobi.labels == ["Thursday 4 March", "Saturday 3 April", "Continue"]


async def test_a_day_that_is_over_is_not_taken(in_nairobi: Careful, on_small: Stage) -> None:
    before = await wishes(on_small)
    await in_nairobi.says("2026-01-01")
    assert in_nairobi.sees.startswith("I need a day to come")

    await in_nairobi.presses(in_nairobi.newest.id, pack(Snooze("2026-11-16")))
    await in_nairobi.presses(in_nairobi.newest.id, pack(Snooze("2026-11-31")))

    assert in_nairobi.sees.startswith("On which day shall I write?")
    assert await wishes(on_small) == before


async def test_without_a_time_zone_hours_and_days_are_counted_from_now(
    amina: Careful, on_small: Stage
) -> None:
    await amina.says("snooze")
    assert "I do not know your time zone, so I count from now." in amina.sees
    assert amina.labels[:2] == ["In four hours", "Tomorrow"]

    await amina.taps("Tomorrow")

    kept = (await wishes(on_small)).snoozed_until
    assert kept is not None
    assert 24 * HOUR <= kept - int(NOON * 1000) < 25 * HOUR


async def test_nothing_can_be_put_off_while_reminders_are_off_or_all_is_done(
    in_nairobi: Careful, on_small: Stage
) -> None:
    await in_nairobi.says("/stop")
    await in_nairobi.presses(in_nairobi.newest.id, pack(Snooze("tomorrow")))
    assert in_nairobi.sees.startswith("Reminders are off")
    assert (await wishes(on_small)).snoozed_until is None
    assert (await wishes(on_small)).stopped

    await in_nairobi.says("/start")
    await in_nairobi.says("/continue")
    while not in_nairobi.sees.startswith("You have done everything"):
        await in_nairobi.goes_on()
    await in_nairobi.says("later")

    assert in_nairobi.sees.startswith("None will come: you have done everything")


async def test_why_says_that_none_came_and_what_will(in_nairobi: Careful) -> None:
    await in_nairobi.says("why")

    assert in_nairobi.sees.startswith("Why reminders come\n\nI have not reminded you so far.")
    assert "Next: Thursday 19 November" in in_nairobi.sees
    await in_nairobi.taps("Change reminders")
    assert in_nairobi.sees.startswith("Reminders")


async def test_an_older_reminders_why_explains_that_one(in_nairobi: Careful) -> None:
    await in_nairobi.presses(in_nairobi.newest.id, pack(ExplainReminder("first")))

    assert "This one came because you had not been here for some days." in in_nairobi.sees
    await in_nairobi.presses(in_nairobi.newest.id, pack(ExplainReminder("nonsense")))
    assert in_nairobi.sees.startswith("Why reminders come\n\nI have not reminded")


async def test_the_button_under_the_last_reminder_stops_all_messages(
    in_nairobi: Careful, on_small: Stage
) -> None:
    await in_nairobi.presses(in_nairobi.newest.id, pack(ToggleSetting("unasked", on=False)))

    assert in_nairobi.sees.startswith("I will not write to you any more unless you write to me.")
    assert (await wishes(on_small)).stopped


@pytest.mark.parametrize(
    "press",
    [
        SetPreference("zone", "Mars/Base"),
        SetPreference("hour", "1440"),
        SetPreference("hour", "-1"),
        SetPreference("pace", "often"),
        SetPreference("quiet", "1-2-3"),
        SetPreference("quiet", "5"),
        SetPreference("rest", "77"),
        SetPreference("rest", "9"),
    ],
    ids=pack,
)
async def test_wishes_that_are_none_change_nothing(
    in_nairobi: Careful, on_small: Stage, press: SetPreference
) -> None:
    before = await wishes(on_small)

    await in_nairobi.presses(in_nairobi.newest.id, pack(press))

    assert await wishes(on_small) == before


async def test_the_figures_are_for_admins_only(amina: Careful, on_small: Stage) -> None:
    await amina.says("/nudges")
    assert amina.sees.startswith("I did not find that, or it is not yours to use.")
    await amina.presses(amina.newest.id, pack(ShowScreen("nudges-first")))
    assert amina.sees.startswith("I did not find that, or it is not yours to use.")

    on_small.tutor.context.services = replace(
        on_small.tutor.context.services, admins=frozenset({AMINA})
    )
    await amina.says("/nudges")

    assert amina.sees.startswith("Reminders, and what came of them")
    assert "None has been sent or held out so far." in amina.sees
    await amina.presses(amina.newest.id, pack(ShowScreen("nudges-open-question")))
    assert amina.sees.startswith("A question left open")
    await amina.taps("All kinds")
    assert amina.sees.startswith("Reminders, and what came of them")
