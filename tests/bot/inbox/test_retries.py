"""Retries: what is tried again, how often, and what is set aside."""

import asyncio

from bot.inbox.errors import MaybeSentError, TemporaryError, UnansweredError
from bot.inbox.retries import MAX_CONCURRENT, MAX_TRIES, RetryWaits
from storage.inbox import ReceivedUpdate
from tests.bot.inbox.hands import AT_ONCE_AGAIN, Hands, update
from tests.support.patience import STUCK, until


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
