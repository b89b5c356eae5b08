"""What becomes of a broadcast: stopped, tried again, deleted again."""

import pytest

from storage.broadcasts import BroadcastState as Stage
from storage.outbox import DeliveryState
from tests.conversations.broadcasts.steps import (
    found,
    heard,
    lives,
    number,
    sends_now,
    state_of,
    writes,
)
from tests.conversations.leading import AMINA, BARAKA
from tests.conversations.people import DAY, Careful
from tests.support.running import Stage as Running


async def test_old_buttons_show_what_became_of_it(
    on_small: Running, farid: Careful, amina: Careful
) -> None:
    await farid.says("/broadcast Nairobi: Gone out")
    await farid.says("/broadcast Nairobi: Gone out")
    message, data = farid.newest.id, f"b:change:{number(farid)}:"
    await sends_now(farid)

    farid.waits(20)
    await farid.presses(message, data)

    assert farid.toast == "This was sent already. Here is what became of it."
    assert heard(amina, "Gone out") == 1
    await farid.presses(message, data.replace("change", "send"))
    await on_small.sent()
    assert heard(amina, "Gone out") == 1


@pytest.mark.journey
async def test_stopped_in_the_middle_the_rest_gets_nothing(
    on_small: Running, farid: Careful, amina: Careful, baraka: Careful
) -> None:
    await lives(amina, "Africa/Nairobi")
    await lives(baraka, "Asia/Tokyo")  # where it is nine in the evening
    sent = await writes(farid, "Nairobi: Hello")
    await sends_now(farid)
    assert farid.sees.endswith("Sent 1 of 2 · 1 will be sent later")
    assert farid.labels == ["Stop"]

    await farid.taps("Stop")
    await on_small.sent()
    farid.waits(DAY)
    await on_small.ticks()

    assert (heard(amina, "Hello"), heard(baraka, "Hello")) == (1, 0)
    assert "Stopped. 1 arrived." in farid.sees
    assert "1 not sent: taken back" in farid.sees
    assert (await found(on_small, sent)).state is Stage.STOPPED


@pytest.mark.journey
async def test_what_failed_for_a_reason_that_has_passed_is_tried_again(
    on_small: Running, farid: Careful, amina: Careful, baraka: Careful
) -> None:
    world = on_small.simulator.world
    sent = await writes(farid, "Nairobi: Hello")
    forbidden = "Forbidden: bot was blocked by the user"
    world.faults.add("sendMessage", "status", code=403, description=forbidden)
    await sends_now(farid)
    assert "Done. 1 arrived." in farid.sees
    assert "1 cannot get messages now" in farid.sees
    await farid.taps("Who")
    assert farid.sees.splitlines()[2].endswith(": cannot get messages now")
    await farid.taps("Back")

    missed = next(one for one in (amina, baraka) if not heard(one, "Hello"))
    await missed.says("/start")  # which Telegram lets nobody do who blocks a bot
    await farid.taps("Try again: 1 person")
    await on_small.sent()

    assert heard(amina, "Hello") == heard(baraka, "Hello") == 1
    assert "Done. 2 arrived." in farid.sees
    assert not any(one.startswith("Try again") for one in farid.labels)
    assert await state_of(on_small, sent, missed.id) is DeliveryState.SENT


@pytest.mark.usefixtures("baraka")
@pytest.mark.parametrize("finds_out", ["before", "at sending"])
async def test_nobody_is_told_whether_somebody_stopped_messages_or_blocked_the_bot(
    on_small: Running, farid: Careful, amina: Careful, finds_out: str
) -> None:
    blocks = on_small.simulator.world.block
    await amina.says("/stop")
    if finds_out == "before":
        blocks(BARAKA)
        await on_small.settled()
    await writes(farid, "Nairobi: Hello")
    if finds_out == "at sending":
        forbidden = "Forbidden: bot was blocked by the user"
        on_small.simulator.world.faults.add(
            "sendMessage", "status", code=403, description=forbidden
        )
    await farid.taps("Send now" if "Send now" in farid.labels else "Later")
    if "At once" in farid.labels:
        await farid.presses(farid.newest.id, f"b:hour:{number(farid)}:9")
        await farid.taps("Schedule it")
        farid.waits(DAY)
    await on_small.ticks()
    await farid.says("/deliveries")
    await farid.taps("1")
    assert "2 cannot get messages now" in farid.sees

    await farid.taps("Who")

    told = [line.partition(": ")[2] for line in farid.sees.splitlines()[2:]]
    assert told == ["cannot get messages now", "cannot get messages now"]


async def test_it_is_asked_before_it_goes_again_to_those_who_may_have_it(
    on_small: Running, farid: Careful, amina: Careful, baraka: Careful
) -> None:
    sent = await writes(farid, "Nairobi: Hello")
    on_small.simulator.world.faults.add("sendMessage", "drop_after")
    await sends_now(farid)
    assert "1 not known whether it arrived" in farid.sees
    assert heard(amina, "Hello") == heard(baraka, "Hello") == 1

    await farid.taps("Unknown ones")
    assert "The connection broke while it was sent to 1 person." in farid.sees
    assert heard(amina, "Hello") == heard(baraka, "Hello") == 1
    await farid.taps("Send again")
    await on_small.sent()

    assert heard(amina, "Hello") + heard(baraka, "Hello") == 3
    assert "Done. 2 arrived." in farid.sees
    assert {await state_of(on_small, sent, one) for one in (AMINA, BARAKA)} == {DeliveryState.SENT}


@pytest.mark.journey
async def test_what_was_sent_is_deleted_again_within_two_days(
    on_small: Running, farid: Careful, amina: Careful, baraka: Careful
) -> None:
    sent = await writes(farid, "Nairobi: A slip")
    await sends_now(farid)
    await farid.taps("Delete it everywhere")
    assert "Who has read it has read it." in farid.sees
    await farid.taps("Leave it")
    await farid.taps("Delete it everywhere")

    await farid.taps("Delete it")
    await on_small.sent()

    assert heard(amina, "A slip") == heard(baraka, "A slip") == 0
    assert (await found(on_small, sent)).state is Stage.DELETED
    assert "Deleted again, where Telegram allowed it." in farid.sees
    assert "2 deleted again" in farid.sees


async def test_after_two_days_nothing_can_be_deleted(
    on_small: Running, farid: Careful, amina: Careful
) -> None:
    sent = await writes(farid, "Nairobi: A slip")
    await sends_now(farid)

    farid.waits(2 * DAY + 60)
    await farid.says("/deliveries")
    await farid.taps("1")

    assert "Delete it everywhere" not in farid.labels
    await farid.presses(farid.newest.id, f"b:undo-now:{sent}:")
    await on_small.sent()
    assert heard(amina, "A slip") == 1
    assert await state_of(on_small, sent, AMINA) is DeliveryState.SENT


@pytest.mark.usefixtures("amina")
async def test_what_is_planned_is_no_figure(farid: Careful) -> None:
    await writes(farid, "Nairobi: Later on")
    await farid.taps("Later")
    await farid.says("17 November 12:00")
    await farid.taps("Schedule it")
    await farid.says("/stats")
    await farid.taps("Broadcasts")
    assert "None has been sent so far." in farid.sees

    await writes(farid, "Nairobi: Today")
    await sends_now(farid)

    await farid.says("/stats")
    await farid.taps("Broadcasts")
    assert farid.sees.count("for fewer than 5") == 1


async def test_a_page_of_forty_digits_is_the_first_and_fails_nobody_elses_press(
    on_small: Running, farid: Careful, amina: Careful, baraka: Careful
) -> None:
    sent = await writes(farid, "Nairobi: Hello")
    await sends_now(farid)
    await farid.taps("Who")
    first, world = farid.sees, on_small.simulator.world
    await amina.says("/continue")
    await baraka.says("/continue")

    queries = [
        world.press(farid.id, farid.newest.id, f"b:who:{sent}:{'9' * 40}").query_id,
        *(world.press(one.id, *one.button("Next")).query_id for one in (amina, baraka)),
    ]
    await on_small.settled()

    assert farid.sees == first
    assert all("Card 2 of 2" in one.sees for one in (amina, baraka))
    assert all(world.query(query).answered for query in queries)


@pytest.mark.usefixtures("amina")
async def test_a_long_message_is_shown_whole_and_a_planned_one_is_changed(
    on_small: Running, farid: Careful, amina: Careful
) -> None:
    text = "Please bring the forms on Friday, and the list of everybody who comes."
    sent = await writes(farid, f"Nairobi: {text}")
    await farid.taps("Later")
    await farid.says("17 November 12:00")
    await farid.taps("Schedule it")
    await farid.says("/deliveries")
    await farid.taps("1")
    assert text in farid.sees

    await farid.taps("Change")
    assert (await found(on_small, sent)).state is Stage.DRAFT
    await farid.taps("Change")
    await farid.taps("Text")
    await farid.says("Please bring nothing.")
    await farid.taps("Schedule it")
    farid.waits(2 * DAY)
    await on_small.ticks()

    assert heard(amina, "Please bring nothing.") == 1
    assert heard(amina, text) == 0
