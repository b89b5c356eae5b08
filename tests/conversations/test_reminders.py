"""What a learner sees and sets about reminders: /reminders, /why, time zone, putting off."""

from dataclasses import replace

import pytest

from bot.actions.learner_state import Interaction, LearnerState
from bot.callback_data import (
    ListTimeZones,
    ShowScreen,
    pack,
)
from course.learning.next_step import next_step
from course.learning.progress import Progress
from course.model import LearnerId
from course.reminders.preferences import Pace
from tests.conversations.people import Careful, wishes
from tests.course.examples import SMALL
from tests.support.running import Stage

AMINA = LearnerId(1001)
HOUR = 3_600_000


async def test_reminders_says_what_will_come_and_when_and_why(in_nairobi: Careful) -> None:
    await in_nairobi.says("/reminders")

    assert in_nairobi.sees.startswith("Reminders\n\nNext: Thursday 19 November, 10:0")
    assert (
        "your time, if you have not been here for 3 days by then. It begins at Module 1, lesson 1"
        " of 2." in in_nairobi.sees
    )
    for said in (
        "How often: 3, 10 and 20 days after you were last here. Then no more until you come back.",
        "Time of day: 10:00.", "Quiet hours: 20:00 to 08:00.",
        "Rest days: Saturday and Sunday.", "Your time zone: Nairobi, where it is 15:00 now.",
    ):  # fmt: skip
        assert said in in_nairobi.sees


async def test_the_time_zone_is_told_in_two_taps_and_rest_days_are_asked(
    amina: Careful, on_small: Stage
) -> None:
    await amina.says("/reminders")
    assert "Your time zone: not known yet." in amina.sees
    await amina.taps("Time zone")
    assert amina.sees.startswith("What time is it where you are?")

    await amina.taps("15:00")
    assert amina.sees.startswith("It is 15:00 where you are.")
    await amina.taps("Nairobi")

    assert amina.sees.startswith("Your time zone: Nairobi, where it is 15:00 now.")
    assert "On which days do you rest?" in amina.sees
    assert amina.labels[0] == "Saturday and Sunday"
    assert (await wishes(on_small)).zone == "Africa/Nairobi"
    await amina.taps("Friday and Saturday")
    assert amina.sees.startswith("Rest days: Friday and Saturday.")
    assert (await wishes(on_small)).rest_days == {4, 5}


async def test_whoever_pauses_is_asked_for_their_time_once(amina: Careful, on_small: Stage) -> None:
    await amina.says("/pause")
    assert "what time is it where you are?" in amina.sees
    assert amina.labels[3:] == ["Other times", "Continue", "When shall I write?"]
    asking = amina.newest.id

    await amina.says("/reminders")
    assert "Your time zone: not known yet." in amina.sees
    await amina.taps("How often")
    await amina.taps("Gentle: twice as many days")
    for pause in ("/pause", "pause", "/pause"):
        await amina.says(pause)
        assert amina.labels == ["Continue", "When shall I write?"]
        assert "what time" not in amina.sees
    assert (await wishes(on_small)).zone is None

    first = pack(ListTimeZones(180))
    await amina.presses(asking, first)
    await amina.taps("Nairobi")
    assert (await wishes(on_small)).zone == "Africa/Nairobi", "the question can still be answered"
    await amina.says("/pause")
    assert amina.labels == ["Continue", "When shall I write?"]


async def test_a_pause_that_is_answered_a_second_time_asks_again(
    amina: Careful, on_small: Stage
) -> None:
    """Its process may have died between keeping that it asked and asking."""
    await amina.says("/pause")
    known = (await on_small.store.fetch_history(LearnerId(1001))).learner
    assert known is not None
    assert known.active_at is not None
    progress = Progress.from_facts(known.id, (), ())
    turn = Interaction(known.id, "en", 7, known.active_at)

    assert LearnerState(turn, known, progress, next_step(SMALL, progress)).should_ask_zone
    later = replace(turn, at=turn.at + 1)
    assert not LearnerState(later, known, progress, next_step(SMALL, progress)).should_ask_zone


async def test_whoever_stopped_messages_is_not_asked_for_their_time(amina: Careful) -> None:
    await amina.says("/stop")

    await amina.says("/pause")

    assert amina.labels == ["Continue", "When shall I write?"]


async def test_times_that_few_clocks_show_can_be_pressed_too(amina: Careful) -> None:
    await amina.says("/reminders")
    await amina.taps("Time zone")
    while "17:45" not in amina.labels:
        await amina.taps("Other times")

    await amina.taps("17:45")

    assert amina.labels == ["Kathmandu", "Another time"]


async def test_a_city_can_be_typed_and_is_kept_once_confirmed(
    amina: Careful, on_small: Stage
) -> None:
    await amina.says("kathmandu")
    assert amina.sees.startswith("Kathmandu: it is 17:45 there now.")

    await amina.taps("Yes, Kathmandu")

    assert (await wishes(on_small)).zone == "Asia/Kathmandu"


async def test_the_days_of_rest_proposed_are_those_of_the_region(
    amina: Careful, on_small: Stage
) -> None:
    await amina.says("/reminders Cairo")
    await amina.taps("Yes, Cairo")

    assert amina.labels[:2] == ["Friday and Saturday", "Saturday and Sunday"]
    assert (await wishes(on_small)).rest_days == {4, 5}, "they hold until others are chosen"
    await amina.taps("No rest days")
    await amina.says("Nairobi")
    await amina.taps("Yes, Nairobi")
    assert (await wishes(on_small)).rest_days == frozenset(), "what was chosen stays"


async def test_a_time_that_is_typed_may_be_the_time_now_or_the_hour_wanted(
    amina: Careful, on_small: Stage
) -> None:
    await amina.says("17:47")
    assert amina.labels == ["It is 17:47 here now", "Remind me at 17:47", "Continue"]
    await amina.taps("It is 17:47 here now")
    await amina.taps("Kathmandu")
    await amina.says("18:30")

    await amina.taps("Remind me at 18:30")

    assert "Time of day: 18:30." in amina.sees
    assert (await wishes(on_small)).reminder_minute == 1110


async def test_an_hour_can_be_typed_behind_the_command(
    in_nairobi: Careful, on_small: Stage
) -> None:
    await in_nairobi.says("/reminders 9:15")

    assert "Time of day: 09:15." in in_nairobi.sees
    assert (await wishes(on_small)).reminder_minute == 555


async def test_what_is_not_understood_behind_the_command_is_not_taken_for_saved(
    in_nairobi: Careful, on_small: Stage
) -> None:
    before = await wishes(on_small)
    await in_nairobi.says("/reminders 22:00-07:00")

    assert in_nairobi.sees.startswith("I did not understand that, so nothing has changed.")
    assert await wishes(on_small) == before
    await in_nairobi.says("/reminders 6:30 pm")
    assert "Time of day: 18:30." in in_nairobi.sees


async def test_the_hour_is_kept_and_the_zone_asked_for_where_it_is_not_known(
    amina: Careful, on_small: Stage
) -> None:
    await amina.says("/reminders 9:15")

    assert amina.sees.startswith("What time is it where you are?")
    assert (await wishes(on_small)).reminder_minute == 555
    for name in ("hour", "quiet"):
        await amina.presses(amina.newest.id, pack(ShowScreen(name)))
        assert amina.sees.startswith("What time is it where you are?")


async def test_each_setting_changes_in_place(in_nairobi: Careful, on_small: Stage) -> None:
    await in_nairobi.says("/reminders")
    heard = in_nairobi.heard

    await in_nairobi.taps("Time of day")
    assert "20:00" not in in_nairobi.labels, "it lies in the quiet hours"
    await in_nairobi.taps("When I usually learn")
    assert "Time of day: when you usually learn, about 15:00." in in_nairobi.sees
    await in_nairobi.taps("Quiet hours")
    await in_nairobi.taps("Begin at 21:00")
    await in_nairobi.taps("End at 07:00")
    assert in_nairobi.sees.startswith("Quiet hours: 21:00 to 07:00.")
    await in_nairobi.taps("Back to reminders")
    await in_nairobi.taps("Rest days")
    await in_nairobi.taps("✓ Sat")
    await in_nairobi.taps("Mon")
    await in_nairobi.taps("Back to reminders")
    await in_nairobi.taps("How often")
    await in_nairobi.taps("Gentle: twice as many days")

    assert "How often: 6, 20 and 40 days after you were last here." in in_nairobi.sees
    assert in_nairobi.heard == heard
    assert in_nairobi.toast == "Saved."
    kept = await wishes(on_small)
    assert (kept.at_usual_time, kept.quiet_from, kept.quiet_to) == (True, 1260, 420)
    assert (kept.rest_days, kept.pace) == ({0, 6}, Pace.GENTLE)


async def test_quiet_hours_can_be_given_up_and_taken_again(
    in_nairobi: Careful, on_small: Stage
) -> None:
    await in_nairobi.says("/reminders")
    await in_nairobi.taps("Quiet hours")
    await in_nairobi.taps("No quiet hours")
    assert in_nairobi.sees.startswith("Quiet hours: none.")

    await in_nairobi.taps("22:00 to 07:00")

    assert (await wishes(on_small)).quiet_from == 1320


async def test_seven_rest_days_are_not_taken(in_nairobi: Careful, on_small: Stage) -> None:
    await in_nairobi.says("/reminders")
    await in_nairobi.taps("Rest days")
    for day in ("Mon", "Tue", "Wed", "Thu"):
        await in_nairobi.taps(day)

    await in_nairobi.taps("Fri")

    assert in_nairobi.toast.startswith("One day of the week has to stay.")
    assert len((await wishes(on_small)).rest_days) == 6


async def test_off_and_on_keeps_everything_else(in_nairobi: Careful, on_small: Stage) -> None:
    await in_nairobi.says("/reminders 9:15")
    before = await wishes(on_small)

    await in_nairobi.taps("Turn reminders off")
    assert in_nairobi.sees == "Reminders\n\nReminders are off until you turn them on again."
    await in_nairobi.taps("Turn reminders on")

    assert "Next: Thursday" in in_nairobi.sees
    assert await wishes(on_small) == before


@pytest.mark.parametrize("off", ["/stop", "No reminders"])
async def test_turning_on_undoes_whatever_had_turned_them_off(
    in_nairobi: Careful, on_small: Stage, off: str
) -> None:
    if off == "/stop":
        await in_nairobi.says(off)
    else:
        await in_nairobi.says("/reminders")
        await in_nairobi.taps("How often")
        await in_nairobi.taps(off)
    await in_nairobi.says("/reminders")
    assert "Reminders are off" in in_nairobi.sees

    await in_nairobi.taps("Turn reminders on")

    assert "Next: Thursday" in in_nairobi.sees
    kept = await wishes(on_small)
    assert (kept.stopped, kept.pace) == (False, Pace.NORMAL)
