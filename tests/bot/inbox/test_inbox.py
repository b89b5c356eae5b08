"""The durable inbox: on disk first, each person's updates in order, nothing twice."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from bot.inbox.errors import MaybeSentError, TemporaryError, UnansweredError
from bot.inbox.flood_control import FloodControl, FloodLimits, FloodVerdict
from bot.inbox.inbox import Inbox
from bot.inbox.outage_notices import OutageNotices
from bot.inbox.retries import MAX_CONCURRENT, MAX_TRIES, RetryWaits
from bot.metrics import METRICS
from storage.inbox import ReceivedUpdate, finish_update, receive_update
from storage.store import Store
from tests.support.patience import STUCK, until

NOW = 1_794_830_400_000
AT_ONCE_AGAIN = 0.001


def update(number: int, person: int | None = 1001, text: str = "hello") -> dict[str, Any]:
    sender = {} if person is None else {"from": {"id": person}}
    return {"update_id": number, "message": {"text": text, **sender}}


class Hands:
    """What the inbox hands to: notes everything, and fails as it is told."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.now = NOW
        self.done: list[int] = []
        self.given_up: list[int] = []
        self.news = asyncio.Event()
        self.under_way = 0
        self.most = 0
        self.fails: Callable[[ReceivedUpdate], Awaitable[None]] | None = None
        self.gives_up: Callable[[], None] = lambda: None

    async def handle(self, received: ReceivedUpdate) -> None:
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        try:
            if self.fails is not None:
                await self.fails(received)
            self.done.append(received.update)
            self.news.set()
        finally:
            self.under_way -= 1

    async def has_done(self, count: int) -> None:
        while len(self.done) < count:
            self.news.clear()
            await self.news.wait()

    async def give_up(self, received: ReceivedUpdate, error: Exception) -> None:
        assert error is not None
        self.given_up.append(received.update)
        self.gives_up()

    async def ask_patience(self, person: int, language: str | None) -> None:
        raise AssertionError((person, language))

    def bytes_on_disk(self) -> bytes:
        return Path(self.store.location).read_bytes()

    def inbox(self, allowance: FloodLimits | None = None, **more: Any) -> Inbox:
        plenty = allowance or FloodLimits(burst=1e9, per_second=1e9)
        patience, now = OutageNotices(self.ask_patience), lambda: self.now
        return Inbox(self.store, now, self.handle, self.give_up, plenty, patience, **more)


@pytest.fixture
async def hands(tmp_path: Path) -> AsyncIterator[Hands]:
    store = await Store.open(f"sqlite:///{tmp_path / 'tutor.db'}", NOW)
    yield Hands(store)
    await store.close()


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


async def test_an_error_is_tried_again_then_set_aside_and_the_next_one_is_served(
    hands: Hands,
) -> None:
    async def breaks(received: ReceivedUpdate) -> None:
        if received.update == 1:
            message = "broken"
            raise ValueError(message)

    hands.fails = breaks
    inbox = hands.inbox()

    await inbox.receive([update(1), update(2)])
    await inbox.wait_until_idle()

    assert hands.done == [2]
    assert hands.given_up == [1]
    (aside,) = await hands.store.fetch_set_aside_updates(MAX_TRIES)
    assert (aside.update, aside.tries, aside.error) == (1, MAX_TRIES, "ValueError")
    assert await hands.inbox().open() == 0, "it is not tried again by itself"


async def test_an_apology_that_fails_too_does_not_make_the_bot_deaf_to_the_person(
    hands: Hands,
) -> None:
    async def breaks(received: ReceivedUpdate) -> None:
        if received.update == 1:
            message = "broken"
            raise ValueError(message)

    def breaks_again() -> None:
        message = "the apology is broken too"
        raise RuntimeError(message)

    hands.fails, hands.gives_up = breaks, breaks_again
    inbox = hands.inbox()

    await inbox.receive([update(1), update(2)])
    await inbox.wait_until_idle()
    await inbox.receive([update(3)])
    await inbox.wait_until_idle()

    assert hands.done == [2, 3]


async def test_a_trouble_that_passes_is_not_counted(hands: Hands) -> None:
    troubles = iter(range(3 * MAX_TRIES))

    async def passes(_: ReceivedUpdate) -> None:
        if next(troubles, None) is not None:
            reason = "no network"
            raise TemporaryError(reason, AT_ONCE_AGAIN)

    hands.fails = passes
    inbox = hands.inbox()

    await inbox.receive([update(1)])
    await inbox.wait_until_idle()

    assert hands.done == [1]
    assert hands.given_up == []


async def test_who_waits_for_a_trouble_to_pass_keeps_nobody_else_from_a_place(hands: Hands) -> None:
    passed = asyncio.Event()

    async def waits(received: ReceivedUpdate) -> None:
        if received.learner != MAX_CONCURRENT + 1 and not passed.is_set():
            reason = "their chat is closed"
            raise TemporaryError(reason, 3600)

    hands.fails = waits
    inbox = hands.inbox()
    await inbox.receive(update(number, person=number) for number in range(1, MAX_CONCURRENT + 1))
    await inbox.receive([update(1000, person=MAX_CONCURRENT + 1), update(1001, person=1)])

    async with asyncio.timeout(STUCK):
        await hands.has_done(1)

    assert hands.done == [1000]
    await inbox.close(within=5)
    assert len(await hands.store.fetch_pending_updates(MAX_TRIES)) == MAX_CONCURRENT + 1


async def test_the_order_of_one_person_holds_while_their_first_update_waits(hands: Hands) -> None:
    troubles = iter(range(3))

    async def passes(received: ReceivedUpdate) -> None:
        if received.update == 1 and next(troubles, None) is not None:
            reason = "no network"
            raise TemporaryError(reason, AT_ONCE_AGAIN)

    hands.fails = passes
    inbox = hands.inbox()

    await inbox.receive([update(1), update(2)])
    await inbox.receive([update(3)])
    await inbox.wait_until_idle()

    assert hands.done == [1, 2, 3]


async def test_what_gets_no_good_answer_for_hours_is_set_aside_if_others_are_served(
    hands: Hands,
) -> None:
    async def never(received: ReceivedUpdate) -> None:
        if received.learner == 1001:
            reason = "502"
            raise UnansweredError(reason, AT_ONCE_AGAIN)

    hands.fails = never
    inbox = hands.inbox(waits=RetryWaits(give_up=0.05))
    await inbox.receive([update(1)])
    await asyncio.sleep(0.1)
    assert hands.given_up == [], "nobody else was served: it may be for all"

    await inbox.receive([update(2, 1002)])
    await inbox.wait_until_idle()

    assert hands.given_up == [1]
    assert [one.update for one in await hands.store.fetch_set_aside_updates(MAX_TRIES)] == [1]


async def test_what_may_have_arrived_is_sent_again_twice_and_no_more_not_even_after_a_restart(
    hands: Hands,
) -> None:
    sent: list[int] = []

    async def comes_late(received: ReceivedUpdate) -> None:
        sent.append(received.update)
        reason = "timed out"
        raise MaybeSentError(reason)

    hands.fails = comes_late
    before = hands.inbox(waits=RetryWaits(first=AT_ONCE_AGAIN, longest=3600.0))
    await before.receive([update(1)])
    async with asyncio.timeout(STUCK):
        while not (owed := await hands.store.fetch_pending_updates(MAX_TRIES)) or owed[0].tries < 2:
            pass
    await before.close(within=5)
    assert sent == [1, 1], "the last time comes after long"

    after = hands.inbox()
    assert await after.open() == 1
    await after.wait_until_idle()

    assert sent == [1, 1, 1]
    assert hands.given_up == [1]
    assert [one.update for one in await hands.store.fetch_set_aside_updates(MAX_TRIES)] == [1]


async def test_stopping_does_not_wait_for_a_trouble_to_pass(hands: Hands) -> None:
    async def lasts(_: ReceivedUpdate) -> None:
        reason = "no network"
        raise TemporaryError(reason, 3600)

    hands.fails = lasts
    inbox = hands.inbox()
    await inbox.receive([update(1), update(2)])

    await inbox.close(within=5)

    assert [one.update for one in await hands.store.fetch_pending_updates(MAX_TRIES)] == [1, 2]
    assert await hands.inbox().open() == 2


async def test_stopping_lets_go_at_once_of_those_who_wait_for_a_place(hands: Hands) -> None:
    blocked = asyncio.Event()

    async def waits(_: ReceivedUpdate) -> None:
        await blocked.wait()

    hands.fails = waits
    inbox = hands.inbox()
    await inbox.receive(
        update(number, person=number) for number in range(1, 3 * MAX_CONCURRENT + 1)
    )
    await until(lambda: hands.under_way == MAX_CONCURRENT)

    closing = asyncio.create_task(inbox.close(within=2 * STUCK))
    await until(lambda: inbox.pending.count == MAX_CONCURRENT)

    blocked.set()
    await closing
    assert len(hands.done) == MAX_CONCURRENT
    assert len(await hands.store.fetch_pending_updates(MAX_TRIES)) == 2 * MAX_CONCURRENT


async def test_updates_of_nobody_are_handled_too(hands: Hands) -> None:
    inbox = hands.inbox()

    await inbox.receive([update(1, None), {"update_id": 2, "poll": {"id": "7"}}, {"update_id": 3}])
    await inbox.wait_until_idle()

    assert hands.done == [1, 2, 3]


async def test_a_flood_is_cut_off_and_noted_once(hands: Hands) -> None:
    inbox = hands.inbox(FloodLimits(burst=3, per_second=0))
    flooded = {}

    async def notes(received: ReceivedUpdate) -> None:
        flooded[received.update] = received.is_flood

    hands.fails = notes

    await inbox.receive(update(number) for number in range(1, 20))
    await inbox.receive([update(20, 1002)])
    await inbox.wait_until_idle()

    assert flooded == {1: False, 2: False, 3: False, 4: True, 20: False}


def sent(number: int, at: int, person: int = 1001) -> dict[str, Any]:
    """A message with Telegram's date."""
    message = {"text": "hello", "date": at, "from": {"id": person}}
    return {"update_id": number, "message": message}


async def test_what_was_sent_over_a_night_and_comes_at_once_is_no_flood(hands: Hands) -> None:
    inbox = hands.inbox(FloodLimits(burst=3, per_second=0.5))

    await inbox.receive(sent(number, at=600 * number) for number in range(1, 31))
    await inbox.wait_until_idle()

    assert hands.done == list(range(1, 31))


async def test_what_was_sent_at_once_is_a_flood_whenever_it_comes(hands: Hands) -> None:
    inbox = hands.inbox(FloodLimits(burst=3, per_second=0.5))

    await inbox.receive(sent(number, at=1000 + number % 2) for number in range(1, 31))
    await inbox.wait_until_idle()

    assert hands.done == [1, 2, 3, 4], "the fourth is told"


async def test_dates_that_go_back_and_forth_fill_nothing(hands: Hands) -> None:
    inbox = hands.inbox(FloodLimits(burst=3, per_second=1))

    await inbox.receive(sent(number, at=1000 if number % 2 else 5000) for number in range(1, 31))
    await inbox.wait_until_idle()

    assert len(hands.done) <= 3 + 3 + 1


def test_presses_between_messages_count_no_time_twice() -> None:
    flood = FloodControl(FloodLimits(burst=1, per_second=1))

    verdicts = [
        flood.record_update(1, 10, 1000),
        flood.record_update(1, 11),
        flood.record_update(1, 11, 1001),
    ]

    assert verdicts == [FloodVerdict.ACCEPT, FloodVerdict.ACCEPT, FloodVerdict.WARN]


async def test_that_somebody_blocks_the_bot_is_heard_in_any_flood(hands: Hands) -> None:
    inbox = hands.inbox(FloodLimits(burst=1, per_second=0))
    blocked = {"update_id": 30, "my_chat_member": {"from": {"id": 1001}, "date": 1000}}

    await inbox.receive([*(update(number) for number in range(1, 20)), blocked])
    await inbox.wait_until_idle()

    assert hands.done == [1, 2, 30]
