"""The durable inbox: on disk first, each person's updates in order, nothing twice."""

import asyncio

from bot.inbox.flood_control import FloodLimits
from bot.inbox.inbox import Inbox
from bot.inbox.outage_notices import OutageNotices
from bot.inbox.retries import MAX_CONCURRENT, MAX_TRIES
from bot.metrics import METRICS
from storage.inbox import ReceivedUpdate, finish_update, receive_update
from tests.bot.inbox.hands import NOW, Hands, update


async def test_an_update_is_on_disk_before_it_may_be_confirmed(hands: Hands) -> None:
    blocked = asyncio.Event()

    async def waits(_: ReceivedUpdate) -> None:
        await blocked.wait()

    hands.fails = waits
    inbox = hands.inbox()

    await inbox.receive([update(1), update(2, 1002)])

    owed = await hands.store.fetch_pending_updates(MAX_TRIES)
    assert [(one.update, one.learner, one.at) for one in owed] == [(1, 1001, NOW), (2, 1002, NOW)]
    blocked.set()
    await inbox.wait_until_idle()
    assert await hands.store.fetch_pending_updates(MAX_TRIES) == ()


async def test_what_is_done_leaves_only_its_number_behind(hands: Hands) -> None:
    inbox = hands.inbox()
    await inbox.receive([update(7, text="my secret case")])
    await inbox.wait_until_idle()

    assert await hands.store.fetch_recently_finished(10) == (7,)
    await hands.store.run_maintenance(before=0, tries=MAX_TRIES)
    assert b"my secret case" not in hands.bytes_on_disk()


async def test_a_clock_that_goes_back_takes_nothing_off_the_time_to_reply(hands: Hands) -> None:
    times = iter((NOW, NOW - 3_600_000, NOW - 3_600_000))
    plenty, patience = FloodLimits(burst=1e9, per_second=1e9), OutageNotices(hands.ask_patience)
    inbox = Inbox(hands.store, lambda: next(times), hands.handle, hands.give_up, plenty, patience)
    before = METRICS.registry.get_sample_value("tutorbot_reply_seconds_sum")

    await inbox.receive([update(1)])
    await inbox.wait_until_idle()

    assert METRICS.registry.get_sample_value("tutorbot_reply_seconds_sum") == before


async def test_one_person_is_served_in_order(hands: Hands) -> None:
    inbox = hands.inbox()

    await inbox.receive(update(number) for number in range(1, 51))
    await inbox.receive([update(51)])
    await inbox.wait_until_idle()

    assert hands.done == list(range(1, 52))
    assert hands.most == 1


async def test_many_people_are_served_at_the_same_time_but_not_all(hands: Hands) -> None:
    async def breathes(_: ReceivedUpdate) -> None:
        for _turn in range(5):
            await asyncio.sleep(0)

    hands.fails = breathes
    inbox = hands.inbox()

    await inbox.receive(update(number, person=number) for number in range(1, 3 * MAX_CONCURRENT))
    await inbox.wait_until_idle()

    assert sorted(hands.done) == list(range(1, 3 * MAX_CONCURRENT))
    assert hands.most == MAX_CONCURRENT


async def test_one_slow_person_keeps_nobody_waiting(hands: Hands) -> None:
    slow = asyncio.Event()

    async def waits(received: ReceivedUpdate) -> None:
        if received.learner == 1001:
            await slow.wait()

    hands.fails = waits
    inbox = hands.inbox()
    await inbox.receive([update(1), update(2, 1002), update(3), update(4, 1003)])

    await hands.has_done(2)
    assert set(hands.done) == {2, 4}
    slow.set()
    await inbox.wait_until_idle()


async def test_the_same_update_twice_is_handled_once(hands: Hands) -> None:
    inbox = hands.inbox()

    await inbox.receive([update(1), update(1)])
    await inbox.receive([update(1)])
    await inbox.wait_until_idle()
    await inbox.receive([update(1)])
    await inbox.wait_until_idle()

    assert hands.done == [1]


async def test_after_a_restart_what_was_done_stays_done_and_what_was_not_is_taken_up_in_order(
    hands: Hands,
) -> None:
    async def never(received: ReceivedUpdate) -> None:
        if received.update > 1:
            await asyncio.Event().wait()

    hands.fails = never
    before = hands.inbox()
    await before.receive([update(1), update(2), update(3), update(4, 1002)])
    while not await hands.store.fetch_recently_finished(1):
        pass
    await before.close(within=0)

    hands.fails = None
    after = hands.inbox()
    owed = await after.open()
    await after.receive([update(number) for number in range(1, 5)])
    await after.wait_until_idle()

    assert owed == 3
    assert [number for number in hands.done if number != 4] == [1, 2, 3]
    assert hands.done.count(4) == 1


async def test_the_order_of_one_person_outlives_a_restart_although_the_clock_is_set_back(
    hands: Hands,
) -> None:
    async def never(_: ReceivedUpdate) -> None:
        await asyncio.Event().wait()

    hands.fails = never
    before = hands.inbox()
    for number in (1, 2, 3):
        await before.receive([update(number)])
        hands.now -= 5000
    await before.close(within=0)

    hands.fails = None
    after = hands.inbox()
    await after.open()
    await after.wait_until_idle()

    assert hands.done == [1, 2, 3]


async def test_what_was_done_stays_done_also_when_more_is_owed_than_is_remembered(
    hands: Hands,
) -> None:
    owed = [ReceivedUpdate(number, number, "{}", number) for number in range(1, 31)]
    await hands.store.write(*map(receive_update, owed), finish_update(29, NOW))
    after = hands.inbox(max_remembered=10)

    await after.open()
    await after.receive([update(number, number) for number in (28, 29, 30)])
    await after.wait_until_idle()

    assert sorted(hands.done) == [number for number in range(1, 31) if number != 29]


async def test_updates_of_nobody_are_handled_too(hands: Hands) -> None:
    inbox = hands.inbox()

    await inbox.receive([update(1, None), {"update_id": 2, "poll": {"id": "7"}}, {"update_id": 3}])
    await inbox.wait_until_idle()

    assert hands.done == [1, 2, 3]
