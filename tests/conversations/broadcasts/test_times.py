"""When a broadcast goes: later, at each person's own hour, not at night, every week."""

from typing import Any

import pytest

from bot.actions import delivery_changes
from bot.actions.access import write_audited
from bot.actions.learner_state import Interaction
from storage import broadcast_transitions, broadcasts
from storage.broadcasts import BroadcastState as Stage
from tests.conversations.broadcasts.steps import (
    before_last,
    found,
    heard,
    lives,
    number,
    sends_now,
    writes,
)
from tests.conversations.leading import AMINA, joins
from tests.conversations.people import DAY, HOUR, Careful
from tests.support.running import Stage as Running


async def test_it_goes_at_the_moment_that_was_chosen(
    on_small: Running, farid: Careful, amina: Careful
) -> None:
    await farid.says("/broadcast Nairobi: Later")
    await farid.taps("Later")
    await farid.says("yesterday")
    assert farid.sees.startswith("I did not understand that.")
    await farid.says("18 November 18:30")
    assert "Goes on Wednesday 18 November 2026, 18:30 (Nairobi)." in farid.sees
    await farid.taps("Schedule it")
    sent = number(farid)
    assert "It goes on Wednesday 18 November, 18:30 (Nairobi)." in farid.sees
    assert farid.labels == ["Change", "Cancel", "All messages"]

    farid.waits(2 * DAY + 3 * HOUR)
    await on_small.ticks()
    assert amina.sees != "Later"
    assert (await found(on_small, sent)).state is Stage.SCHEDULED
    farid.waits(HOUR)
    await on_small.ticks()

    assert amina.sees == "Later"
    assert farid.sees.startswith("Later\n\nDone. 1 arrived.")


async def test_it_goes_at_each_persons_own_hour_and_not_at_night(
    on_small: Running, farid: Careful, amina: Careful, baraka: Careful
) -> None:
    await lives(amina, "Africa/Nairobi")
    await lives(baraka, "America/Lima")
    await farid.says("/broadcast Nairobi: Good morning")
    await farid.taps("Later")
    await farid.taps("18:00")
    assert "At 18:00 of each person's own day." in farid.sees
    await farid.taps("Schedule it")
    await on_small.sent()
    assert "2 will be sent later" in farid.sees

    farid.waits(3.1 * HOUR)  # 18:06 in Nairobi, 10:06 in Lima
    await on_small.ticks()
    assert amina.sees == "Good morning"
    assert baraka.sees != "Good morning"
    farid.waits(8 * HOUR)
    await on_small.ticks()

    assert baraka.sees == "Good morning"
    assert "Done. 2 arrived." in farid.sees


async def test_at_night_it_waits_for_the_morning(
    on_small: Running, farid: Careful, amina: Careful
) -> None:
    await lives(amina, "Africa/Nairobi")
    farid.waits(9 * HOUR)  # midnight there
    await farid.says("/broadcast Nairobi: Hello")
    assert "1 of them in the morning, as it is night there." in farid.sees
    await sends_now(farid)
    assert amina.sees != "Hello"

    farid.waits(8.5 * HOUR)
    await on_small.ticks()

    assert amina.sees == "Hello"


async def test_to_people_who_heard_today_one_may_write_for_tomorrow(
    on_small: Running, farid: Careful, amina: Careful
) -> None:
    await amina.presses(amina.newest.id, "w:pace:none")
    await farid.says("/broadcast Nairobi: one")
    await sends_now(farid)

    await farid.says("/broadcast Nairobi: two for {name}")
    assert before_last(farid).text == "two for learner"
    assert farid.labels == ["Later", "Change", "Cancel"]
    await farid.taps("Later")
    await farid.says("17 November 12:00")
    await farid.taps("Schedule it")
    farid.waits(DAY)
    await on_small.ticks()

    assert heard(amina, "two for learner") == 1


async def test_a_message_may_be_planned_before_anybody_has_joined(
    on_small: Running, farid: Careful, link: str
) -> None:
    await farid.says("/broadcast Nairobi: Welcome {name}, until {deadline}")
    assert before_last(farid).text == "Welcome learner, until Tuesday 1 December, 23:59 your time"
    assert farid.sees == "To: Nairobi\n0 people."
    await farid.taps("Later")
    await farid.says("17 November 12:00")
    await farid.taps("Schedule it")
    amina = await joins(on_small, AMINA, link, "Amina")
    await amina.presses(amina.newest.id, "w:pace:none")

    farid.waits(DAY)
    await on_small.ticks()

    assert amina.sees.startswith("Welcome learner")


async def writes_weekly(farid: Careful) -> int:
    """A broadcast that is repeated until the cohort's deadline, up to its preview; its number."""
    sent = await writes(farid, "Nairobi: Weekly")
    await farid.taps("Later")
    await farid.taps("Every week until the deadline")
    return sent


async def test_every_week_until_the_deadline(
    on_small: Running, farid: Careful, amina: Careful
) -> None:
    await amina.presses(amina.newest.id, "w:pace:none")  # a reminder would be what she heard
    first = await writes_weekly(farid)
    assert "Again every week until the deadline." in farid.sees
    await sends_now(farid)
    assert heard(amina, "Weekly") == 1
    assert (await found(on_small, first + 10**15)).state is Stage.SCHEDULED

    for week in (2, 3, 3):  # on 23 and 30 November; the deadline is 1 December
        farid.waits(7 * DAY)
        await on_small.ticks()
        assert heard(amina, "Weekly") == week

    assert await broadcasts.fetch_broadcast(on_small.store, first + 3 * 10**15) is None


async def test_once_it_is_deleted_again_it_is_not_repeated(
    on_small: Running, farid: Careful, amina: Careful
) -> None:
    await amina.presses(amina.newest.id, "w:pace:none")
    await writes_weekly(farid)
    await sends_now(farid)

    await farid.taps("Delete it everywhere")
    await farid.taps("Delete it")
    await on_small.sent()
    farid.waits(7 * DAY)
    await on_small.ticks()

    assert heard(amina, "Weekly") == 0


async def test_stopped_in_the_moment_in_which_it_begins_it_is_not_repeated(
    on_small: Running, farid: Careful, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = await writes_weekly(farid)
    known = await found(on_small, first)
    await on_small.store.write(
        broadcast_transitions.schedule_broadcast(known, known.made_at + HOUR * 1000, known.made_by)
    )
    services, turn = (
        on_small.tutor.context.services,
        Interaction(known.made_by, "en", 1, known.made_at),
    )

    async def begins_before(*args: Any) -> None:
        await on_small.store.write(
            *broadcast_transitions.start_sending_broadcast(known, known.made_at + 7 * DAY * 1000)
        )
        await write_audited(*args)

    monkeypatch.setattr(delivery_changes, "write_audited", begins_before)
    await delivery_changes.stop_broadcast(services, turn, first)

    assert (await found(on_small, first + 10**15)).state is Stage.CANCELLED
