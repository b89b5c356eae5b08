"""The sender of the outbox, with the real lanes and the simulator: once, with the last word."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from telegram.ext import ExtBot

from bot.bot_api.rate_limiter import BulkSend, RateLimiter
from bot.bot_api.rate_limits import Lane, Rates
from bot.bot_api.sending import deliver_reply
from bot.bot_api.transport import AiohttpRequest
from bot.messages import Reply
from bot.outbox import lease
from bot.outbox.kinds import OutboxKind, Prepared, Withheld
from bot.outbox.lease import LEASE_DURATION, Lease
from bot.outbox.outbox import MAX_IN_PROGRESS, Outbox
from course.model import LearnerId
from course.reminders.experiment import ExperimentArm
from course.reminders.rhythm import ReminderKind
from simulator.clock import Clock
from simulator.server import Simulator
from storage import learners, outbox, reminders
from storage.outbox import REMINDER, Delivery, DeliveryState
from storage.reminders import DueReminder, NextReminderState
from storage.store import Store
from tests.support.patience import STUCK
from tests.support.running import FAST, NOON

NEVER = NextReminderState(used=1, deadline_used=None, snoozed_until=None, next_nudge_at=None)
AMINA, BOB = LearnerId(10_001), LearnerId(10_002)
MINUTE = 60_000


@dataclass
class Post:
    """An outbox with its lanes, before a simulated Telegram; more than one may share a store.

    Attributes:
        prepare: makes the message of a delivery, or refuses it.
        check: asked at the turn.
    """

    simulator: Simulator
    store: Store
    bot: ExtBot[Any]
    holder: str
    check: Callable[[int], Withheld | None] = lambda _: None
    prepare: Callable[[Delivery], Awaitable[Prepared | Withheld]] | None = None
    prepared: list[LearnerId] = field(default_factory=list)
    lease: Lease = field(init=False)
    outbox: Outbox = field(init=False)

    def __post_init__(self) -> None:
        errand = OutboxKind(Lane.NUDGE, self._prepare)
        self.lease = Lease(self.store, self.now, self.holder)
        self.outbox = Outbox(self.store, self.now, self._send, {REMINDER: errand}, self.lease)

    def now(self) -> int:
        return round(self.simulator.world.clock.now() * 1000)

    async def settled(self) -> None:
        """Have it look, and wait until nothing is in hand."""
        self.outbox.wake()
        while self.outbox.is_busy:  # noqa: ASYNC110 - two parties, no common event
            await asyncio.sleep(0.001)

    async def _prepare(self, delivery: Delivery, now: int) -> Prepared | Withheld:
        assert now == self.now()
        self.prepared.append(delivery.recipient)
        if self.prepare is not None:
            return await self.prepare(delivery)
        return Prepared(Reply("Your place is kept."), self.check)

    async def _send(self, learner: LearnerId, reply: Reply, bulk: BulkSend) -> int:
        return await deliver_reply(self.bot, learner, reply, bulk)


@pytest.fixture
async def simulator() -> AsyncIterator[Simulator]:
    async with Simulator(clock=Clock(NOON)) as simulator:
        yield simulator


@asynccontextmanager
async def opened(
    simulator: Simulator, url: str, holder: str = "run-one", rates: Rates = FAST
) -> AsyncIterator[Post]:
    store = await Store.open(url, 0)
    bot: ExtBot[Any] = ExtBot(
        simulator.token,
        base_url=f"{simulator.url}/bot",
        request=AiohttpRequest(),
        get_updates_request=AiohttpRequest(),
        rate_limiter=RateLimiter(rates),
    )
    async with bot:
        post = Post(simulator, store, bot, holder)
        yield post
        await post.outbox.close(within=1)
    await store.close()


@pytest.fixture
async def post(simulator: Simulator, store_url: str) -> AsyncIterator[Post]:
    """A sender that has begun."""
    async with opened(simulator, store_url) as one:
        one.outbox.start()
        yield one


async def put(post: Post, *people: LearnerId, wait: int = 0) -> None:
    """A message for each of `people`, who have started the bot, due after `wait` milliseconds."""
    at = post.now() + wait
    for person in people:
        post.simulator.world.person(person)
        post.simulator.world.say(person, "/start")
        await post.store.write(
            learners.add_learner(person, 0, "en"), learners.schedule_reminder_check(person, at)
        )
        taken = DueReminder(f"{at}:first", ReminderKind.FIRST, 0, ExperimentArm.SEND, at)
        await post.store.write(*reminders.take_due_reminder(person, at, taken, NEVER))


async def fate(post: Post, person: LearnerId = AMINA) -> tuple[DeliveryState | None, str | None]:
    last = await post.store.fetch_last_reminder(person)
    assert last is not None
    return last.state, last.reason


def got(post: Post, person: LearnerId = AMINA) -> int:
    """How many messages somebody got."""
    return sum(message.from_bot for message in post.simulator.world.chat(person))


async def test_what_is_due_is_sent_once_and_noted(post: Post) -> None:
    await put(post, AMINA)
    await put(post, BOB, wait=MINUTE)

    await post.settled()
    await post.settled()

    assert (got(post), got(post, BOB)) == (1, 0)
    assert await fate(post) == (DeliveryState.SENT, None)
    assert (await post.store.fetch_history(AMINA)).learner.proactive_at == post.now()  # type: ignore[union-attr]
    assert [one.sent for one in await post.store.fetch_reminder_counts()] == [1]


async def test_more_than_fit_in_its_hands_all_go_out_once(post: Post) -> None:
    people = [LearnerId(20_000 + number) for number in range(3 * MAX_IN_PROGRESS + 1)]
    await put(post, *people)

    await post.settled()

    assert [got(post, person) for person in people] == [1] * len(people)
    assert await post.store.count_deliveries() == ((REMINDER, "sent", len(people)),)


async def test_what_was_due_first_goes_first_whoever_it_is(post: Post) -> None:
    now = post.now()
    lateness = {AMINA: 5, BOB: 70, LearnerId(10_003): 60}
    for person, minutes in lateness.items():  # all are found in one tick, which may have slept
        due = now - minutes * MINUTE
        await post.store.write(
            learners.add_learner(person, 0, "en"), learners.schedule_reminder_check(person, due)
        )
        taken = DueReminder(f"{due}:first", ReminderKind.FIRST, 0, ExperimentArm.SEND, now)
        await post.store.write(*reminders.take_due_reminder(person, due, taken, NEVER))

    await post.store.write(outbox.claim_deliveries(REMINDER, "run-one", now, 2))

    claimed = await post.store.fetch_claimed_deliveries("run-one")
    assert [delivery.recipient for delivery in claimed] == [BOB, 10_003]


FATES = {
    "blocked": (None, DeliveryState.FAILED, "blocked"),
    "400": (
        ("status", {"code": 400, "description": "Bad Request: not enough rights to send"}),
        DeliveryState.FAILED,
        "ot enough rights",
    ),
    "gone": (
        ("status", {"code": 400, "description": "Bad Request: chat not found"}),
        DeliveryState.FAILED,
        "Chat not found",
    ),
    "cut after": (("drop_after", {}), DeliveryState.UNKNOWN, "NetworkError"),
    "cut before": (("drop_before", {}), DeliveryState.UNKNOWN, "NetworkError"),
    "gateway": (("html_502", {}), DeliveryState.UNKNOWN, "NetworkError"),
    "a proxy's JSON": (("foreign", {}), DeliveryState.UNKNOWN, "TelegramError"),
    "no message": (
        ("foreign", {"body": '{"ok":true,"result":{}}'}),
        DeliveryState.UNKNOWN,
        "fault",
    ),
}


@pytest.mark.parametrize("trouble", FATES)
async def test_what_may_have_arrived_or_was_refused_is_not_sent_again(
    post: Post, trouble: str
) -> None:
    fault, state, why = FATES[trouble]
    await put(post, AMINA)
    if fault is None:
        post.simulator.world.block(AMINA)
    else:
        post.simulator.world.faults.add("sendMessage", fault[0], **fault[1])

    for _ in range(3):
        await post.settled()
        post.simulator.world.clock.advance(3600)

    found, reason = await fate(post)
    assert found is state
    assert why in str(reason)
    assert got(post) <= 1
    assert (await post.store.fetch_history(AMINA)).learner.unreachable == (  # type: ignore[union-attr]
        trouble in ("blocked", "gone")
    )


async def test_after_a_429_it_is_sent_when_telegram_said(post: Post) -> None:
    await put(post, AMINA)
    post.simulator.world.faults.add("sendMessage", "retry_after", seconds=1)

    await post.settled()
    assert await fate(post) == (DeliveryState.QUEUED, "too many")
    assert (await post.store.fetch_history(AMINA)).learner.proactive_at is None  # type: ignore[union-attr]
    post.simulator.world.clock.advance(1)
    await post.settled()

    assert got(post) == 1
    assert await fate(post) == (DeliveryState.SENT, None)


async def test_without_a_connection_it_is_sent_later(post: Post) -> None:
    await put(post, AMINA)
    address = post.bot.base_url
    post.bot._base_url = "http://127.0.0.1:9/bot1"  # nobody listens there

    await post.settled()
    assert await fate(post) == (DeliveryState.QUEUED, "no connection")
    post.bot._base_url = address
    post.simulator.world.clock.advance(60)
    await post.settled()

    assert got(post) == 1


async def test_what_is_taken_back_before_its_turn_is_not_sent(post: Post) -> None:
    await put(post, AMINA)

    async def taken_back(delivery: Delivery) -> Prepared:
        await post.store.write(outbox.cancel_reminders(delivery.recipient, "wishes"))
        return Prepared(Reply("Too late."), lambda _: None)

    post.prepare = taken_back
    await post.settled()

    assert got(post) == 0
    assert await fate(post) == (DeliveryState.CANCELLED, "wishes")
    assert (await post.store.fetch_history(AMINA)).learner.proactive_at is None  # type: ignore[union-attr]


async def test_what_is_refused_when_it_is_made_is_skipped_or_waits(post: Post) -> None:
    await put(post, AMINA, BOB)
    later = post.now() + MINUTE

    async def refused(delivery: Delivery) -> Withheld:
        return Withheld("quiet", later if delivery.recipient == BOB else None)

    post.prepare = refused
    await post.settled()

    assert await fate(post) == (DeliveryState.SKIPPED, "quiet")
    assert await fate(post, BOB) == (DeliveryState.QUEUED, "quiet")
    post.prepare = None
    post.simulator.world.clock.advance(60)
    await post.settled()
    assert (got(post), got(post, BOB)) == (0, 1)


async def test_what_is_refused_at_its_turn_leaves_no_hole(
    simulator: Simulator, store_url: str
) -> None:
    async with opened(simulator, store_url, rates=Rates(per_second=1)) as post:
        count = int(2 * STUCK)  # one a second would take as many seconds
        await put(post, *(LearnerId(30_000 + number) for number in range(count)))
        post.check = lambda _: Withheld("quiet")

        post.outbox.start()
        async with asyncio.timeout(STUCK):
            await post.settled()

        assert await post.store.count_deliveries() == ((REMINDER, "skipped", count),)


async def test_a_fault_of_ours_fails_one_message_and_no_other(post: Post) -> None:
    await put(post, AMINA, BOB)

    async def fails(delivery: Delivery) -> Prepared:
        if delivery.recipient == AMINA:
            message = "a fault"
            raise RuntimeError(message)
        return Prepared(Reply("Hello."), lambda _: None)

    post.prepare = fails
    await post.settled()

    assert await fate(post) == (DeliveryState.FAILED, "fault: RuntimeError")
    assert got(post, BOB) == 1


async def test_one_of_two_senders_sends(simulator: Simulator, store_url: str) -> None:
    people = [LearnerId(40_000 + number) for number in range(50)]
    async with opened(simulator, store_url) as one, opened(simulator, store_url, "run-two") as two:
        await put(one, *people)
        one.outbox.start()
        two.outbox.start()

        await asyncio.gather(one.settled(), two.settled())
        await one.settled()

        assert [got(one, person) for person in people] == [1] * 50
        assert not (one.prepared and two.prepared)


async def test_the_next_sender_waits_until_the_dead_one_s_time_is_over(
    simulator: Simulator, store_url: str
) -> None:
    async with opened(simulator, store_url) as dead, opened(simulator, store_url, "run-two") as two:
        await put(dead, AMINA, BOB)
        now = dead.now()
        await dead.store.write(outbox.acquire_lease("run-one", now, now + LEASE_DURATION))
        await dead.store.write(outbox.claim_deliveries(REMINDER, "run-one", now, 2))
        first, second = await dead.store.fetch_claimed_deliveries("run-one")
        await dead.store.write(*outbox.begin_delivery(first, "run-one", now))

        two.outbox.start()
        await two.settled()
        assert (got(two, first.recipient), got(two, second.recipient)) == (0, 0)
        simulator.world.clock.advance(LEASE_DURATION / 1000)
        await two.settled()

        assert (got(two, first.recipient), got(two, second.recipient)) == (0, 1)
        assert await fate(two, first.recipient) == (DeliveryState.UNKNOWN, "interrupted")


async def test_a_sender_takes_over_from_one_who_came_and_died_while_it_had_nothing_to_do(
    post: Post,
) -> None:
    await put(post, AMINA)
    await post.settled()
    post.simulator.world.clock.advance(LEASE_DURATION / 1000)
    await put(post, BOB)
    now = post.now()
    await post.store.write(outbox.acquire_lease("run-two", now, now + LEASE_DURATION))
    await post.store.write(outbox.claim_deliveries(REMINDER, "run-two", now, 1))

    post.simulator.world.clock.advance(LEASE_DURATION / 1000)
    await post.settled()

    assert (got(post), got(post, BOB)) == (1, 1)


async def test_a_stop_does_not_wait_for_a_lease_that_cannot_be_given_back(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    await put(post, AMINA)
    await post.settled()

    async def hangs(*_: object) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr(lease, "_RELEASE_TIME_LIMIT", 0.01)
    monkeypatch.setattr(post.store, "write", hangs)
    async with asyncio.timeout(STUCK):
        await post.lease.release()

    assert await post.store.fetch_lease_holder() is not None, (
        "it was not given back, and ends by itself"
    )


async def test_a_stop_leaves_what_was_not_begun_and_sends_what_was(
    simulator: Simulator, store_url: str
) -> None:
    slow = Rates(per_second=1)
    people = [LearnerId(50_000 + number) for number in range(20)]
    async with opened(simulator, store_url, rates=slow) as post:
        await put(post, *people)
        post.outbox.start()
        post.outbox.wake()
        while not any(got(post, person) for person in people):  # noqa: ASYNC110 - as above
            await asyncio.sleep(0.001)

    async with opened(simulator, store_url, "run-two") as two:
        counts = {state: count for _, state, count in await two.store.count_deliveries()}
        assert set(counts) <= {"sent", "queued"}
        two.outbox.start()
        await two.settled()

        assert [got(two, person) for person in people] == [1] * 20
